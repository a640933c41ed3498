import { resolve } from 'node:path';
import { answerRefusal, usageError } from '../../protocol/command-line.ts';
import { FedReconError, type Language } from '../../protocol/errors.ts';
import { type Role, roles } from '../../protocol/policy.ts';
import type { CallInput, CallName, CallOutput } from '../api/contract.ts';
import type { ErrorView, JobView, WorkstationState } from '../api/views.ts';
import { forkTrainingHost } from '../jobs/fork-host.ts';
import { isErrorCode } from '../jobs/training-events.ts';
import { dispatch } from '../services/dispatch.ts';
import { ended, failureOf } from '../services/follow.ts';
import { createWorkstation, type Workstation } from '../services/workstation.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { appVersion } from '../window/version.ts';
import { answerTexts } from './answer-words.ts';
import { assertHoldsWorkstation } from './command-folders.ts';
import { languageOf } from './command-language.ts';
import { pinFrom } from './pin-from.ts';
import { progressLine } from './progress-line.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** Options of every command that works at a plant's data folder. */
export const plantOptions = {
  data: { type: 'string' },
  as: { type: 'string' },
  'pin-file': { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** The same in usage lines. */
export const plantUsage = '[--data DIR] [--as NAME:ROLE] [--pin-file FILE] [--language ja|en] [--json]';

/** What their exit codes mean beside the usual ones. */
export const plantExits: Readonly<Record<number, string>> = { 130: 'stopped by Ctrl-C' };

interface PlantValues {
  readonly data?: string | undefined;
  readonly as?: string | undefined;
  readonly 'pin-file'?: string | undefined;
  readonly language?: string | undefined;
  readonly json?: boolean;
}

interface AtPlantOptions {
  /** Name of the command, for whoever finds the folder in use. */
  readonly command: string;
  /** Whether the data folder may be new. */
  readonly isNew?: boolean;
  /** Whether the workstation goes on with what it was doing. */
  readonly goesOn?: boolean;
  /** CPU threads of the training process; absent: all cores. */
  readonly threads?: number | undefined;
}

/** The workstation of a data folder, as commands use it: by the calls that the window makes, and no other way. */
export interface PlantAtWork {
  readonly workstation: Workstation;
  /** Language of the answer. */
  readonly language: Language;
  /** Aborted by Ctrl-C. */
  readonly stopped: AbortSignal;
  /** Makes a call. @throws FedReconError the failure that a window would show */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Starts a job and waits until it and what follows from it have ended. @throws FedReconError what they failed with */
  finished(start: () => Promise<JobView>): Promise<WorkstationState>;
}

/**
 * Opens the workstation of a data folder, does `work` there in the name of whom `--as` names, and closes it. Progress goes to
 * standard error. Ctrl-C stops what runs; twice, at once.
 * @returns the exit code: 0, or 130 when it was stopped
 * @throws FedReconError `no-workstation`, `data-folder-in-use`, and what the work throws
 */
export async function atPlant(
  values: PlantValues,
  { command, isNew = false, goesOn = false, threads }: AtPlantOptions,
  work: (plant: PlantAtWork) => Promise<void>,
): Promise<number> {
  const dataFolder = resolve(values.data ?? defaultDataFolder());
  const language = languageOf(values.language);
  const person = values.as === undefined ? undefined : personIn(values.as);
  const pin = person && (await pinFrom(values['pin-file'], process.env, process.stdin));
  if (!isNew) assertHoldsWorkstation(dataFolder);
  const faults: string[] = [];
  const workstation = await createWorkstation({
    ...{ dataFolder, goesOn, trainingHost: forkTrainingHost(), version: appVersion() },
    program: `fedrecon ${command}`,
    ...(threads !== undefined && { threads }),
    log: (line) => faults.push(line),
  });
  const call: PlantAtWork['call'] = async (name, input) => {
    const answer = await dispatch(workstation.api, name, input, (line) => faults.push(line));
    if (!answer.ok) throw failureIn(answer.error);
    // The contract pairs each name with its own output, which a union of functions cannot express.
    return answer.value as never;
  };
  const show = progressLine();
  let rounds: number | undefined;
  const unsubscribe = workstation.subscribe((event) => {
    if (event.type === 'state') rounds = event.state.federation?.plan.scheduledRounds;
    else if (event.type === 'progress') show(...stepOf(event.job, rounds));
  });
  using stop = stopOnSignal(() => void workstation.api['job.stop']({}));
  try {
    // What was being deleted when the app was killed comes first.
    if (!goesOn) await workstation.idle();
    if (person)
      await call('people.enter', { person, ...(pin !== undefined && { pin }), isForOneCommand: true });
    await work({
      ...{ workstation, language, call, stopped: stop.signal },
      finished: async (start) => {
        await ended(workstation, start);
        await workstation.idle();
        const state = await call('workstation.state', {});
        if (state.job?.state === 'failed') throw failureOf(state.job);
        return state;
      },
    });
  } catch (thrown) {
    if (!stop.isAsked) {
      if (!(thrown instanceof FedReconError) || thrown.code === 'internal')
        for (const line of faults) console.error(line);
      throw thrown;
    }
    if (values.json) answerRefusal(new FedReconError('command-stopped'), language);
  } finally {
    // Whoever comes after must not act under this name.
    if (person) await call('people.enter', { person: null });
    unsubscribe();
    show.end();
    await workstation.close();
  }
  if (!stop.isAsked) return 0;
  console.error(answerTexts[language].stopped);
  return 130;
}

/** What a job is doing, in words, and how far it is. */
function stepOf(
  { kind, phase, round, stage, fraction, remainingSeconds }: JobView,
  rounds: number | undefined,
): [string, { fraction?: number; remainingSeconds?: number | undefined }] {
  const place =
    round !== undefined && rounds && round > rounds ? `extra round ${round}` : `round ${round} of ${rounds}`;
  const topic = round !== undefined && rounds ? `${place}, ${stage}` : kind;
  if (phase === 'waiting') return [`${topic}: waiting for the aggregator and the other plants`, {}];
  return [`${topic}: ${phase}`, { fraction, remainingSeconds }];
}

function failureIn({ code, detail }: ErrorView): FedReconError {
  return new FedReconError(isErrorCode(code) ? code : 'internal', detail);
}

/** Name and role of whoever works, from `NAME:ROLE`. @throws FedReconError `usage` */
function personIn(text: string): { name: string; role: Role } {
  const at = text.lastIndexOf(':');
  const role = roles.find((one) => one === text.slice(at + 1));
  if (at < 1 || !role)
    throw usageError(`--as takes NAME:ROLE with a role of ${roles.join(', ')}, not "${text}".`);
  return { name: text.slice(0, at), role };
}

/** Prints a command's answer: as JSON, or in words. */
export function printAnswer(json: boolean, answer: unknown, words: readonly string[]): void {
  console.log(json ? JSON.stringify(answer, null, 2) : words.join('\n'));
}
