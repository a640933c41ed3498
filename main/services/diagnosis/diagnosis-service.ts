import type { Api } from '../../api/contract.ts';
import type { CheckName, CheckView } from '../../api/views/diagnosis.ts';
import { JobStopped } from '../../jobs/stopped.ts';
import type { TrainingHost } from '../../jobs/training-connection.ts';
import type { Connection } from '../aggregator-connection.ts';
import type { Context } from '../context.ts';
import { checks, failedOutcome } from './checks.ts';
import { supportContent, writeSupportFile } from './support-file.ts';

/** Diagnosis of a workstation: numbered checks, one at a time, and a file for support. */
export function diagnosisService(
  { store, state, stops }: Pick<Context, 'store' | 'state' | 'stops'>,
  connection: Pick<Connection, 'client'>,
  { trainingHost, version }: { readonly trainingHost: TrainingHost; readonly version: string },
): Pick<Api, 'diagnosis.check' | 'diagnosis.stop' | 'diagnosis.save'> {
  /** The newest outcome of each check, for the file. */
  const outcomes = new Map<CheckName, CheckView>();
  let running = new AbortController();
  return {
    'diagnosis.check': async ({ check }) => {
      running.abort();
      const own = new AbortController();
      running = own;
      stops.add(own);
      try {
        const { client } = connection;
        const outcome = await checks[check]({
          store,
          client,
          trainingHost,
          version,
          abort: own.signal,
        }).catch((thrown: unknown) => {
          if (thrown instanceof JobStopped) return stopped;
          return failedOutcome(thrown);
        });
        const view: CheckView = { check, ...outcome };
        outcomes.set(check, view);
        return view;
      } finally {
        stops.delete(own);
      }
    },
    'diagnosis.stop': async () => {
      running.abort();
      return null;
    },
    'diagnosis.save': async ({ folder }) => {
      const now = new Date();
      const content = await supportContent(store, state(), [...outcomes.values()], now);
      return { file: await writeSupportFile(folder, content, now) };
    },
  };
}

const stopped: Omit<CheckView, 'check'> = {
  state: 'left-out',
  found: { en: 'Stopped before it came to an end.', ja: '終わる前に止めました。' },
  cure: null,
};
