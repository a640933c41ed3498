import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeError, FedReconError } from '../../protocol/errors.ts';
import { runDemo } from './run-demo.ts';

/**
 * Command line of the demonstration, `npm run demo`: three plants and an aggregator on this machine, from an empty
 * folder to judged results. Exit code 0: done; 1: failed; 2: wrongly typed; 130: stopped by Ctrl-C.
 */
const help = `npm run demo -- [options]

  --quick        a minute: a third of the parts and fewer rounds; pictures are coarser
  --json FILE    writes the figures as JSON
  --report FILE  where the page to look at goes (demo-output/report.html)
  --data DIR     works in this folder and keeps it; a temporary one is removed
  --help         this text
`;

const options = {
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
  report: { type: 'string', default: join('demo-output', 'report.html') },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

function readWords(): ReturnType<typeof parseArgs<{ options: typeof options }>>['values'] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    process.exit(2);
  }
}

const words = readWords();
if (words.help) {
  console.log(help);
  process.exit(0);
}

const folder = words.data ? resolve(words.data) : await mkdtemp(join(tmpdir(), 'fedrecon-demo-'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());

try {
  const { figures, text } = await runDemo(
    { folder, quick: words.quick, report: resolve(words.report) },
    stop.signal,
  );
  if (words.json) await writeFile(words.json, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(text);
} catch (error) {
  if (stop.signal.aborted) {
    console.error('Stopped; every process it started has ended.');
    process.exitCode = 130;
  } else {
    console.error(sentence(error));
    process.exitCode = 1;
  }
} finally {
  if (!words.data) await rm(folder, { recursive: true, force: true });
}

/** Message for a person: the table's words for a known error, the stack for a fault of ours. */
function sentence(error: unknown): string {
  if (error instanceof FedReconError) {
    const { title, cure } = describeError(error.code, error.detail, 'en');
    return `${title}.\n${cure}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
