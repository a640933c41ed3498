import { availableParallelism } from 'node:os';
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Words = NonNullable<ParseArgsConfig['options']>;

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
