import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { errorRecord } from '../../../protocol/errors.ts';
import type { Finding } from '../../../training/pilot/pilot-facts.ts';
import type { FindingsResult } from '../../../training/process/messages.ts';
import type { Api } from '../../api/contract.ts';
import type { DataFinding, ErrorView, FindingsState } from '../../api/views.ts';
import { JobStopped } from '../../jobs/stopped.ts';
import { explainFindings } from '../../pilot/findings.ts';
import { type Context, settingNames } from '../context.ts';
import { dataInUse } from '../data-view.ts';
import { describe } from '../durable-jobs.ts';
import { errorView } from '../error-view.ts';

/** A finding without the ids of parts, which are looked up when it is shown. */
interface KeptFinding extends Omit<DataFinding, 'examples'> {
  readonly examples: readonly Omit<DataFinding['examples'][number], 'part'>[];
}

/** Findings as they are kept, of data as they were. */
interface KeptFindings {
  /** The data that they are of. */
  readonly of: string;
  readonly at: string;
  readonly findings: readonly KeptFinding[];
}

/** Findings that are kept; a person reads no more. */
const mostKept = 100;
/** Problems of one import that are judged. */
const mostProblems = 100_000;
/** Parts that are written down at once: short enough that the window does not notice. */
const partsAtOnce = 1000;

export interface FindingsService extends Pick<Api, 'data.findings' | 'data.check'> {
  /** Where the findings stand, for a snapshot. */
  state(): { readonly state: FindingsState; readonly at: string | null };
  /** Follows a change of parts: looks anew. */
  dataChanged(): void;
  /** Resolves when nothing is looked for. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What is odd in the data of this plant, found as the pilot check finds it in a folder, and found again in the training process
 * whenever data came or went. What was found of other data than these is shown as outdated; what a person deleted is in none.
 */
export function findingsService(context: Context): FindingsService {
  const { store, supervisor, log, changed } = context;
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  let failure: ErrorView | null = null;
  /** A person stopped it: it waits for other data, or for a person. */
  let isStopped = false;
  const kept = () => store.settings.get<KeptFindings | null>(settingNames.findings) ?? undefined;
  const isHere = () => store.enrolment.get() !== undefined && store.parts.counts().parts > 0;

  /** The data as they are; undefined where nobody has written them down since they changed. */
  function data(): string | undefined {
    const view = store.parts.viewFile();
    return view && `${store.enrolment.get()?.planHash}/${view}/${store.imports.problemCount()}`;
  }

  function state(): FindingsState {
    if (running) return 'looking';
    if (!isHere()) return 'none';
    const known = kept();
    if (known && known.of === data()) return 'current';
    if (failure) return 'failed';
    return known ? 'outdated' : 'none';
  }

  /** Everything that a findings job reads beside the values, written without holding the window up. */
  async function writeRecords(path: string, abort: AbortSignal): Promise<void> {
    const file = await open(path, 'w');
    try {
      await file.write('{"parts":[');
      for (let after = 0; ; ) {
        abort.throwIfAborted();
        const some = store.parts.records(after, partsAtOnce);
        const lines = some.map(
          ({ name, values }) => `{"id":${JSON.stringify(name)},"row":0,"values":${values}}`,
        );
        await file.write(`${after === 0 || some.length === 0 ? '' : ',\n'}${lines.join(',\n')}`);
        if (some.length < partsAtOnce) break;
        after = some.at(-1)!.id;
        await turn();
      }
      const imports = store.imports.list(Number.MAX_SAFE_INTEGER).map(({ id, manifest, rows }) => ({
        table: basename(manifest),
        parts: rows,
        problems: store.imports.problems(mostProblems, id),
      }));
      await file.write(`],\n"imports":${JSON.stringify(imports)}}`);
    } finally {
      await file.close();
    }
  }

  async function look(abort: AbortSignal): Promise<void> {
    const { plan } = store.enrolment.get()!;
    const { datasets } = await dataInUse(store);
    const of = data();
    const scratch = await store.files.scratch();
    const records = join(scratch, 'records.json');
    await writeRecords(records, abort);
    const result = (await supervisor.run(
      {
        ...{ kind: 'findings', id: randomUUID(), plan, engine: {}, datasets, records },
        output: join(scratch, 'findings.json'),
      },
      {},
      abort,
    )) as FindingsResult;
    const found = JSON.parse(await readFile(result.findings, 'utf8')) as Finding[];
    // Data that changed meanwhile are looked at again.
    if (of === undefined || of !== data()) return;
    const labelOf = (name: string) =>
      plan.modalities.find((modality) => modality.name === name)?.label ?? { en: name, ja: name };
    const findings = explainFindings(found, labelOf)
      .slice(0, mostKept)
      .map(({ finding, meaning, title }) => ({
        ...{ severity: meaning.severity, title, cure: meaning.cure },
        examples: finding.examples.map(({ id, row }) => ({ name: id, row })),
      }));
    store.settings.set(settingNames.findings, {
      ...{ of, at: new Date().toISOString(), findings },
    } satisfies KeptFindings);
  }

  async function end(): Promise<void> {
    const before = running;
    before?.stop.abort();
    await before?.ended;
  }

  function start(): void {
    if (running || context.closing() || !isHere()) return;
    failure = null;
    isStopped = false;
    const stop = new AbortController();
    const ended = look(stop.signal)
      .catch((thrown: unknown) => {
        if (thrown instanceof JobStopped || stop.signal.aborted) return;
        failure = errorView(errorRecord(thrown));
        log(`findings: ${describe(thrown)}`);
      })
      .finally(() => {
        running = undefined;
        if (!context.closing()) changed();
      });
    running = { stop, ended };
    changed();
  }

  return {
    state: () => ({ state: state(), at: kept()?.at ?? null }),
    'data.findings': async () => {
      // What was kept may be of data from before a restart, or of none.
      const now = state();
      if (!isStopped && (now === 'outdated' || now === 'none')) start();
      return {
        ...{ state: state(), at: kept()?.at ?? null, failure },
        findings: (kept()?.findings ?? []).map(({ examples, ...finding }) => ({
          ...finding,
          examples: examples.map((one) => ({ ...one, part: store.parts.find(one.name)?.id ?? null })),
        })),
      };
    },
    'data.check': async ({ run }) => {
      if (run) start();
      else {
        isStopped = true;
        await end();
      }
      return { state: state() };
    },
    dataChanged: () => {
      const again = end().then(start);
      again.catch((thrown: unknown) => log(`findings: ${describe(thrown)}`));
    },
    idle: async () => running?.ended,
    close: end,
  };
}
