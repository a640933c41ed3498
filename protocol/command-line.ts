import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { describeError, FedReconError, type Language } from './errors.ts';

/** One command of a command line: `npm run aggregator -- NAME …`, `npm run fedrecon -- NAME …`. */
export interface Command {
  /** Usage line in the help: the words to type. */
  readonly usage: string;
  readonly summary: string;
  /** True if `--json` makes the command answer in JSON, refusals included. */
  readonly answersJson?: boolean;
  /**
   * Runs the command on the words after its name.
   * @returns its exit code where that is a number; else it is 0
   * @throws FedReconError `usage` for wrong words, others for what cannot be done
   */
  run(words: readonly string[]): Promise<unknown>;
}

/** Commands by their name, of one word or two, in the order of the help. */
export type Commands = ReadonlyMap<string, Command>;

/** What people type for `help`. */
const asksForHelp: ReadonlySet<string> = new Set(['--help', '-h']);

/**
 * Runs the command that the first word or the first two name. Results go to standard output, everything else to
 * standard error.
 * @returns the exit code: 0: done; 1: refused or failed; 2: wrongly typed
 */
export async function runCommands(
  commands: Commands,
  words: readonly string[],
  language: Language = 'en',
): Promise<number> {
  const [typed = 'help', second] = words;
  const first = asksForHelp.has(typed) ? 'help' : typed;
  const length = commands.has(`${first} ${second}`) ? 2 : 1;
  const command = commands.get(length === 2 ? `${first} ${second}` : first);
  const isJson = (command?.answersJson ?? true) && words.includes('--json');
  try {
    if (!command) throw usageError(`There is no command "${first}"; try help.`);
    if (first !== 'help' && words.some((word) => asksForHelp.has(word))) {
      console.log(`${command.usage}\n    ${command.summary}`);
      return 0;
    }
    const code = await command.run(words.slice(length));
    return typeof code === 'number' ? code : 0;
  } catch (error) {
    if (!(error instanceof FedReconError)) {
      console.error(error);
      if (isJson) answerRefusal(new FedReconError('internal'), language);
      return 1;
    }
    const { title, cure } = describeError(error.code, error.detail, language);
    if (isJson) answerRefusal(error, language);
    else console.error(error.code === 'usage' ? title : `${title}.\n${cure}`);
    return error.code === 'usage' ? 2 : 1;
  }
}

/** Prints a refusal as a program reads it. */
function answerRefusal({ code, detail }: FedReconError, language: Language): void {
  const { title, cure } = describeError(code, detail, language);
  console.log(JSON.stringify({ code, message: code === 'usage' ? title : `${title}. ${cure}` }));
}

/** Command `help`: prints `call`, then every command with its summary, then `notes`. */
export function helpCommand(call: string, notes: readonly string[], commands: () => Commands): Command {
  return {
    usage: 'help',
    summary: 'Shows this.',
    run: async () => {
      const lines = [...commands().values()].flatMap(({ usage, summary }) => [
        `  ${usage}`,
        `      ${summary}`,
      ]);
      console.log([`${call} COMMAND`, '', ...lines, '', ...notes].join('\n'));
    },
  };
}

/**
 * Parses the words after a command.
 * @param positionals names of the words without a dash, all of them needed
 * @param optional how many more there may be
 * @throws FedReconError `usage`
 */
export function parseWords<T extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: T,
  positionals: readonly string[] = [],
  optional = 0,
) {
  const parsed = parse(words, options);
  const missing = positionals[parsed.positionals.length];
  if (missing) throw usageError(`${missing} is missing.`);
  const surplus = parsed.positionals[positionals.length + optional];
  if (surplus !== undefined) throw usageError(`"${surplus}" is one word too many.`);
  return parsed;
}

/** A whole number from an option. @throws FedReconError `usage` */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw usageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

/** Error `usage` for wrong words. @param problem one sentence that says what is wrong with them */
export function usageError(problem: string): FedReconError {
  return new FedReconError('usage', { problem });
}

function parse<T extends ParseArgsOptionsConfig>(words: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (cause) {
    // Node's sentence, without the advice on "--" that follows it.
    throw usageError(`${(cause as Error).message.split('. ')[0]}.`);
  }
}
