import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { FedReconError } from '../../protocol/errors.ts';
import type { Role } from '../../protocol/policy.ts';
import type { PinView } from '../api/views.ts';
import type { Store } from '../store/store.ts';
import { settingNames } from './context.ts';

/** What is kept of a person's PIN: nothing that it could be read from, short of trying all. */
interface KeptPin {
  readonly name: string;
  /** A PIN stands for a person in one role: nobody takes another by typing it. */
  readonly role: Role;
  readonly setAt: string;
  /** Hexadecimal. */
  readonly salt: string;
  readonly hash: string;
  /** Wrong PINs since the last right one, and the time (milliseconds) before which no other is looked at. */
  readonly failures: number;
  readonly waitUntil: number;
}
type KeptPins = Readonly<Record<string, KeptPin>>;
type Named = { readonly name: string; readonly role: Role };

/** Cost of one try: 32 MB and about a tenth of a second (scrypt, RFC 7914). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const hashBytes = 32;
const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** Wrong PINs that cost no wait; each one after doubles it, up to the longest. */
const freeFailures = 3;
const firstWaitMilliseconds = 10_000;
const longestWaitMilliseconds = 3_600_000;

/** A person's name as it is compared: another way to write it makes no other person. */
function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function keptPins(store: Pick<Store, 'settings'>): KeptPins {
  return store.settings.get<KeptPins>(settingNames.pins) ?? {};
}

function keep(store: Pick<Store, 'settings'>, key: string, pin: KeptPin | undefined): void {
  const { [key]: _, ...others } = keptPins(store);
  store.settings.set(settingNames.pins, pin ? { ...others, [key]: pin } : others);
}

/** People who have a PIN, by name. */
export function pinViews(store: Pick<Store, 'settings'>): PinView[] {
  return Object.values(keptPins(store))
    .map(({ name, role, setAt }) => ({ name, role, setAt }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function hasPin(store: Pick<Store, 'settings'>, name: string): boolean {
  return keptPins(store)[keyOf(name)] !== undefined;
}

/**
 * Confirms a person by their PIN. A wrong one is counted before it is looked at, so that killing the program takes no wait away.
 * @returns whether they have one, which is then right
 * @throws FedReconError `pin-needed`, `pin-wrong`, `pin-waits`, `pin-other-role`
 */
export async function confirmPin(
  store: Pick<Store, 'settings'>,
  { name, role }: Named,
  pin: string | undefined,
): Promise<boolean> {
  const key = keyOf(name);
  const kept = keptPins(store)[key];
  if (!kept) return false;
  if (kept.role !== role) throw new FedReconError('pin-other-role', { name: kept.name });
  if (pin === undefined) throw new FedReconError('pin-needed', { name: kept.name });
  const now = Date.now();
  // A clock that was set back makes nobody wait longer than the longest wait.
  const left = Math.min(kept.waitUntil - now, longestWaitMilliseconds);
  if (left > 0) throw waits(left);
  const failures = kept.failures + 1;
  const wait =
    failures < freeFailures
      ? 0
      : Math.min(firstWaitMilliseconds * 2 ** (failures - freeFailures), longestWaitMilliseconds);
  keep(store, key, { ...kept, failures, waitUntil: now + wait });
  const hash = await derive(pin, Buffer.from(kept.salt, 'hex'), hashBytes, cost);
  if (!timingSafeEqual(hash, Buffer.from(kept.hash, 'hex')))
    throw wait > 0 ? waits(wait) : new FedReconError('pin-wrong');
  // It may have been changed or removed meanwhile.
  if (keptPins(store)[key]?.hash === kept.hash) keep(store, key, { ...kept, failures: 0, waitUntil: 0 });
  return true;
}

function waits(milliseconds: number): FedReconError {
  return new FedReconError('pin-waits', { seconds: Math.ceil(milliseconds / 1000) });
}

/** Sets a person's PIN, in place of another. */
export async function setPin(
  store: Pick<Store, 'settings'>,
  { name, role }: Named,
  pin: string,
): Promise<void> {
  const salt = randomBytes(16);
  const hash = await derive(pin, salt, hashBytes, cost);
  keep(store, keyOf(name), {
    ...{ name, role, setAt: new Date().toISOString(), failures: 0, waitUntil: 0 },
    ...{ salt: salt.toString('hex'), hash: hash.toString('hex') },
  });
}

/** Removes a person's PIN. @returns of whom; undefined where they have none */
export function removePin(store: Pick<Store, 'settings'>, name: string): PinView | undefined {
  const { [keyOf(name)]: kept } = keptPins(store);
  keep(store, keyOf(name), undefined);
  return kept;
}

/** Whether two names are one person's. */
export function isSamePerson(a: string, b: string): boolean {
  return keyOf(a) === keyOf(b);
}
