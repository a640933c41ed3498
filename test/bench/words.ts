import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Words = NonNullable<ParseArgsConfig['options']>;

/** What every benchmark is told that shares its pieces out to processes in one kind of world. */
export interface RunOptions {
  readonly alpha: number;
  readonly seeds: readonly number[];
  readonly workers: number;
  readonly device: string;
  readonly rows: string;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

/** Its words. @param name also names the file of kept rows */
export function runWords(name: string, alpha: string) {
  return {
    quick: { type: 'boolean', default: false },
    alpha: { type: 'string', default: alpha },
    seeds: { type: 'string' },
    workers: { type: 'string' },
    device: { type: 'string', default: 'cpu' },
    rows: { type: 'string', default: join(import.meta.dirname, `../../build/out/bench/${name}.jsonl`) },
    json: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
}

type RunValues = ReturnType<typeof parseArgs<{ options: ReturnType<typeof runWords> }>>['values'];

/** What the words say; one seed where the run is quick. @throws Error naming a wrong one */
export function runOptions({
  quick,
  alpha,
  seeds,
  workers,
  device,
  rows,
  json,
  markdown,
}: RunValues): RunOptions {
  return {
    alpha: numbers('alpha', alpha, (value) => value > 0)[0]!,
    seeds: seedsOf(seeds ?? (quick ? '1' : '1,2')),
    workers: workersOf(workers),
    device,
    rows,
    json,
    markdown,
  };
}

/** The numbers of an option, each of which must be a right one. @throws Error naming a wrong one */
export function numbers(option: string, text: string, right: (value: number) => boolean): number[] {
  return text.split(',').map((word) => {
    const value = word.trim() === '' ? Number.NaN : Number(word);
    if (right(value)) return value;
    throw new Error(`--${option}: "${word}" is out of range`);
  });
}

/** The seeds of an option: whole numbers from 0. @throws Error naming a wrong one */
export function seedsOf(text: string): number[] {
  return numbers('seeds', text, (value) => Number.isInteger(value) && value >= 0);
}

/** How many processes; as many as there are cores where nothing is said. @throws Error */
export function workersOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  return numbers('workers', text, (value) => Number.isInteger(value) && value >= 1)[0]!;
}

/** The entries that an option names, in its order. @throws Error naming one that there is not, and those that there are */
export function namedOf<T extends { readonly name: string }>(
  option: string,
  text: string,
  known: readonly T[],
): T[] {
  return text.split(',').map((word) => {
    const found = known.find(({ name }) => name === word);
    if (found) return found;
    throw new Error(`--${option}: "${word}" is none of ${known.map(({ name }) => name).join(', ')}`);
  });
}

/** The command that gives the same figures: without where a reader's machine would write them, and with how many processes. */
export function commandOf(script: string, args: readonly string[], options: Words): string {
  const { tokens } = parseArgs({ args: [...args], options, tokens: true });
  const said = tokens.flatMap((token) =>
    token.kind === 'option' && !['json', 'markdown', 'report', 'workers'].includes(token.name)
      ? [`--${token.name}`, ...(token.value === undefined ? [] : [token.value])]
      : [],
  );
  return [`npm run ${script}`, ...(said.length > 0 ? ['--', ...said] : [])].join(' ');
}

/**
 * What a command line asks for. Asked for help, it says it and ends the process with 0; wrongly typed, it says what is
 * wrong and ends with 2.
 * @param read undefined for help
 */
export function orHelp<T>(read: (args: readonly string[]) => T | undefined, help: string): T {
  try {
    const options = read(process.argv.slice(2));
    if (options) return options;
    console.log(help);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    process.exit(2);
  }
}
