import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { describeError, type ErrorCode, FedReconError, type Language } from './errors.ts';
import { nearestWord } from './nearest-word.ts';

/** One command of a command line: `npm run aggregator -- NAME …`, `npm run fedrecon -- NAME …`. */
export interface Command {
  /** Usage line in the help: the words to type. */
  readonly usage: string;
  readonly summary: string;
  /** True if `--json` makes the command answer in JSON, refusals included. */
  readonly answersJson?: boolean;
  /** Words after the name as somebody would type them, for its help. */
  readonly example?: string;
  /** What its exit codes mean beside those of all commands, for its help. */
  readonly exits?: Readonly<Record<number, string>>;
  /**
   * Runs the command on the words after its name.
   * @returns its exit code where that is a number; else it is 0
   * @throws FedReconError `usage` for wrong words, others for what cannot be done
   */
  run(words: readonly string[]): Promise<unknown>;
}

/** Commands by their name, of one word or two, in the order of the help. */
export type Commands = ReadonlyMap<string, Command>;

/** What the exit codes of all commands mean. */
const usualExits: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'refused or failed',
  2: 'wrongly typed',
};

/** Exit codes of refusals, where they are not 1. */
const otherExits: Readonly<Partial<Record<ErrorCode, number>>> = { usage: 2, 'command-stopped': 130 };

/** What people type for `help`. */
const asksForHelp: ReadonlySet<string> = new Set(['--help', '-h']);

/**
 * Runs the command that the first word or the first two name. Results go to standard output, everything else to
 * standard error.
 * @returns the exit code: 0: done; 1: refused or failed; 2: wrongly typed; 130: stopped before its answer
 */
export async function runCommands(
  commands: Commands,
  words: readonly string[],
  usualLanguage: Language = 'en',
): Promise<number> {
  const language = saidLanguage(words) ?? usualLanguage;
  const [typed = 'help', second] = words;
  const first = asksForHelp.has(typed) ? 'help' : typed;
  const length = commands.has(`${first} ${second}`) ? 2 : 1;
  const command = commands.get(length === 2 ? `${first} ${second}` : first);
  const isJson = (command?.answersJson ?? true) && words.includes('--json');
  try {
    if (!command) throw unknownCommand(commands, words);
    if (first !== 'help' && words.some((word) => asksForHelp.has(word))) {
      console.log(helpOf(commands, command));
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
    if (isJson) answerRefusal(error, language);
    else console.error(sentencesOf(error, language).join('\n'));
    return otherExits[error.code] ?? 1;
  }
}

/** Language that `--language` names; undefined where it names none. */
export function saidLanguage(words: readonly string[]): Language | undefined {
  const at = words.findLastIndex((word) => word === '--language' || word.startsWith('--language='));
  const said = words[at]?.split('=')[1] ?? (at < 0 ? undefined : words[at + 1]);
  return said === 'ja' || said === 'en' ? said : undefined;
}

function unknownCommand(commands: Commands, [first = '', second]: readonly string[]): FedReconError {
  const near = nearestWord(first, commands.keys()) ?? nearestWord(`${first} ${second}`, commands.keys());
  return usageError(`There is no command "${first}"; ${near ? `did you mean "${near}"?` : 'try help.'}`);
}

/** Help on one command: its words, what it does, what its exit codes mean, and an example. */
function helpOf(commands: Commands, command: Command): string {
  const { usage, summary, example, exits } = command;
  const name = [...commands].find(([, one]) => one === command)![0];
  const codes = Object.entries({ ...usualExits, ...exits }).map(([code, meaning]) => `${code} ${meaning}`);
  return [
    usage,
    `    ${summary}`,
    `    Exit codes: ${codes.join(', ')}.`,
    ...(example === undefined ? [] : [`    Example: ${name} ${example}`.trimEnd()]),
  ].join('\n');
}

/** Prints a refusal as a program reads it. */
export function answerRefusal(refusal: FedReconError, language: Language): void {
  const message = sentencesOf(refusal, language).join(language === 'ja' ? '' : ' ');
  console.log(JSON.stringify({ code: refusal.code, message }));
}

/** What happened and what to do, as sentences of the language; of wrong words the former alone. */
function sentencesOf({ code, detail }: FedReconError, language: Language): string[] {
  const { title, cure } = describeError(code, detail, language);
  return code === 'usage' ? [title] : [`${title}${language === 'ja' ? '。' : '.'}`, cure];
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

/** Error `usage` for wrong words. @param problem one sentence that says what is wrong with them; `problemJa`: in Japanese */
export function usageError(problem: string, problemJa?: string): FedReconError {
  return new FedReconError('usage', { problem, ...(problemJa !== undefined && { problemJa }) });
}

function parse<T extends ParseArgsOptionsConfig>(words: readonly string[], options: T) {
  try {
    const parsed = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    refuseTwice(parsed.tokens, options);
    return parsed;
  } catch (cause) {
    if (cause instanceof FedReconError) throw cause;
    // Node's sentence, without the advice on "--" that follows it.
    const [problem = ''] = (cause as Error).message.split('. ');
    const unknown = /^Unknown option '--?([^']+)'/.exec(problem)?.[1];
    const near = unknown === undefined ? undefined : nearestWord(unknown, Object.keys(options));
    throw usageError(`${problem}${near === undefined ? '.' : `; did you mean --${near}?`}`);
  }
}

/** Refuses an option that is said twice and holds one value: which of them is meant, nobody can tell. @throws FedReconError `usage` */
function refuseTwice(
  tokens: readonly { readonly kind: string; readonly name?: string }[],
  options: ParseArgsOptionsConfig,
): void {
  const seen = new Set<string>();
  for (const { kind, name } of tokens) {
    if (
      kind !== 'option' ||
      name === undefined ||
      options[name]?.type === 'boolean' ||
      options[name]?.multiple
    )
      continue;
    if (seen.has(name)) throw usageError(`--${name} is said twice, and takes one value.`);
    seen.add(name);
  }
}
