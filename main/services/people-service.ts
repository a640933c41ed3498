import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import type { Api } from '../api/contract.ts';
import type { Person } from '../api/views.ts';
import type { Actor } from '../log/entries.ts';
import type { Store } from '../store/store.ts';
import { type Context, settingNames } from './context.ts';
import { confirmPin, hasPin, isSamePerson, pinViews, removePin, setPin } from './pins.ts';

/**
 * Length of a shift, for which a name holds: whoever comes after must not act under the name of who was here before.
 */
const shiftMilliseconds = 12 * 3_600_000;

/** Interval at which the clock is looked at: a timer stands still while a machine sleeps. */
const lookMilliseconds = 60_000;

/** This program: a name that was given for one command holds in it alone, however that ends. */
const thisProcess = randomUUID();

/** As it is kept; absent, the name holds in whatever program opens the folder. */
interface KeptPerson extends Person {
  readonly process?: string;
}

/**
 * Person who said to be working here, undefined when nobody did in this shift. A name is what was typed, and no proof.
 */
export function personAtWork(store: Store, now: number = Date.now()): Person | undefined {
  const kept = store.settings.get<KeptPerson | null>(settingNames.person);
  if (!kept) return undefined;
  const { process = thisProcess, ...person } = kept;
  const age = now - Date.parse(person.since);
  return process !== thisProcess || age < 0 || age >= shiftMilliseconds ? undefined : person;
}

const acting = new AsyncLocalStorage<Actor>();

/** Makes a call in the name of whoever was permitted to make it: it stays theirs, whoever enters their name before it ends. */
export function actingAs<Result>(person: Person | undefined, make: () => Result): Result {
  return acting.run(actorFor(person), make);
}

/** Actor that the log names for what is done: who made the call that is being answered, else who works here now. */
export function actorOf(store: Store): Actor {
  return acting.getStore() ?? actorFor(personAtWork(store));
}

function actorFor(person: Person | undefined): Actor {
  const { name = '', role = 'unnamed', pin } = person ?? {};
  return { name, role, ...(pin && { pin }) };
}

/**
 * Service of who is working at this workstation: a name and a role that go into the log. Windows are told when their
 * shift ends.
 */
export function peopleService({ store, changed }: Pick<Context, 'store' | 'changed'>): Pick<
  Api,
  'people.enter' | 'people.pins' | 'people.setPin'
> & {
  readonly close: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const watchShift = () => {
    clearTimeout(timer);
    const person = personAtWork(store);
    if (!person) return;
    const left = Date.parse(person.since) + shiftMilliseconds - Date.now();
    const look = () => (personAtWork(store) ? watchShift() : changed());
    timer = setTimeout(look, Math.min(left, lookMilliseconds)).unref();
  };
  watchShift();
  return {
    close: () => clearTimeout(timer),
    'people.enter': async ({ person, pin, isForOneCommand = false }) => {
      const confirmed = person !== null && (await confirmPin(store, person, pin));
      const entered: Person | null = person && {
        ...{ ...person, since: new Date().toISOString() },
        ...(confirmed && { pin: true }),
      };
      store.transaction(() => {
        const before = actorOf(store);
        const kept: KeptPerson | null = entered && {
          ...entered,
          ...(isForOneCommand && { process: thisProcess }),
        };
        store.settings.set(settingNames.person, kept);
        const now = actorFor(entered ?? undefined);
        const isOther = before.name !== now.name || before.role !== now.role || before.pin !== now.pin;
        if (entered && isOther) store.log.append({ action: 'person.entered', actor: now });
        else if (!entered && before.name !== '') store.log.append({ action: 'person.left', actor: before });
      });
      watchShift();
      changed();
      return entered;
    },
    'people.pins': async () => pinViews(store),
    'people.setPin': async ({ person: other, pin, current }) => {
      const here = personAtWork(store);
      if (!here) throw new FedReconError('person-unknown');
      const isOwn = other === undefined || isSamePerson(other.name, here.name);
      const whose = isOwn ? here : other;
      if (isOwn) await confirmPin(store, here, current);
      // Who typed "administrator" alone takes nobody's PIN away.
      else if (here.role !== 'administrator' || !here.pin)
        throw new FedReconError('pin-not-yours', { name: other.name });
      if (pin !== null) await setPin(store, whose, pin);
      else if (!hasPin(store, whose.name)) return pinViews(store);
      else removePin(store, whose.name);
      store.transaction(() => {
        const kept = store.settings.get<KeptPerson | null>(settingNames.person);
        if (isOwn && kept) {
          const { pin: _, ...bare } = kept;
          store.settings.set(settingNames.person, pin === null ? bare : { ...bare, pin: true });
        }
        const { name, role } = whose;
        store.log.append({
          ...{ action: pin === null ? 'pin.removed' : 'pin.set', actor: actorFor(here) },
          detail: { name, role },
        });
      });
      changed();
      return pinViews(store);
    },
  };
}
