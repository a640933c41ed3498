import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { cpus, homedir, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import type { CheckView } from '../../api/views/diagnosis.ts';
import type { WorkstationState } from '../../api/views.ts';
import { unwritable } from '../../store/file-errors.ts';
import { inTurns } from '../../store/slices.ts';
import type { Store } from '../../store/store.ts';
import { proxyInUse } from '../context.ts';

/** Newest entries of the log that are told of, by action and time alone. */
const entriesTold = 200;

/**
 * Content of the file for support. It is put together from what is named here and nothing else, so that what the
 * workstation holds besides cannot get into it: no keys, names, notes, values or pictures. What texts of errors say of
 * addresses, folders and names is taken out after that.
 */
export async function supportContent(
  store: Store,
  state: WorkstationState,
  checks: readonly CheckView[],
  now: Date,
): Promise<string> {
  const { federation, data, adoption, engine, job, traffic } = state;
  const told = await inTurns(store.log.search({ limit: entriesTold, text: '', actions: [], unsearched: [] }));
  const content = {
    format: 'fedrecon-support-1',
    madeAt: now.toISOString(),
    program: {
      version: state.version,
      node: process.versions.node,
      electron: process.versions.electron ?? null,
    },
    machine: {
      ...{ platform: process.platform, arch: process.arch },
      ...{ cores: cpus().length, memoryBytes: totalmem() },
    },
    checks: checks.map(({ check, state, found, cure }) => ({
      check,
      state,
      found: found.en,
      cure: cure?.en ?? null,
    })),
    settings: { ...state.settings, proxy: proxyInUse(store) === undefined ? 'none' : 'set' },
    federation: federation && {
      ...{ round: federation.round, stage: federation.stage, roundState: federation.roundState },
      ...{ plants: federation.plants, contributedRounds: federation.contributedRounds },
      ...{ lastContact: federation.lastContact, status: federation.status.is },
      modalities: federation.plan.modalities.map(({ kind, name }) => ({
        kind,
        isMeasuredHere: federation.has.includes(name),
      })),
    },
    data: { parts: data.parts, problems: data.problems, present: data.counts.map(({ present }) => present) },
    model: { newest: state.model?.version ?? null, inUse: adoption.inUse, pending: adoption.pending },
    reconstructed: state.reconstructed,
    engine: engine.devices.map(({ engine, device, ok, milliseconds, chosen }) => ({
      ...{ engine, device, ok, milliseconds, chosen },
    })),
    job: job && { kind: job.kind, state: job.state, phase: job.phase, error: job.error?.code ?? null },
    traffic,
    log: told.entries.map((entry) => ({
      ...{ sequence: entry.sequence, at: entry.at, action: entry.action },
    })),
  };
  const names = namesHere(store);
  const kept = (_: string, value: unknown) =>
    typeof value === 'string' ? withoutNames(value, names) : value;
  return `${JSON.stringify(content, kept, 2)}\n`;
}

/** Names by which a plant, its machine and its people are known, the longest first. */
function namesHere(store: Store): string[] {
  const enrolment = store.enrolment.get();
  const proxy = proxyInUse(store);
  const addresses = [enrolment?.aggregator, proxy].flatMap((address) => {
    if (address === undefined) return [];
    const { host, hostname: name, username, password } = new URL(address);
    return [address, host, name, username, password].map(decodeURIComponent);
  });
  const plan = enrolment?.plan;
  const names = [
    ...[store.folder, homedir(), hostname(), process.env.USER, process.env.USERNAME],
    ...[enrolment?.plant, enrolment?.plantId, enrolment?.federation, plan?.name],
    ...(plan?.modalities.flatMap(({ name, label }) => [name, label.en, label.ja]) ?? []),
    ...addresses,
  ];
  return [...new Set(names)]
    .filter((name): name is string => name !== undefined && name.length >= shortestName)
    .toSorted((a, b) => b.length - a.length);
}

/** Shorter names say nothing, and would be found inside of words. */
const shortestName = 3;

/** A text with names left out wherever they stand as words, however they are capitalised. */
export function withoutNames(text: string, names: readonly string[]): string {
  return names.reduce((left, name) => {
    const written = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return left.replace(new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, 'giu'), '…');
  }, text);
}

/** Writes the file into a folder and gives its path. @throws FedReconError `export-unwritable` */
export async function writeSupportFile(folder: string, content: string, now: Date): Promise<string> {
  const name = `fedrecon-support-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z-${randomBytes(3).toString('hex')}.json`;
  const path = join(folder, name);
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (thrown) {
    throw unwritable(thrown, path);
  }
  return path;
}
