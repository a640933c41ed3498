import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { FedReconError } from '../../protocol/errors.ts';
import { DataFolder } from '../folder.ts';

const dataOption = { data: { type: 'string', default: 'fedrecon-data/aggregator' } } as const;

/**
 * Takes the words after a command apart.
 * @param positionals names of the words without a dash, all of them needed
 * @throws FedReconError `usage`
 */
export function parseWords<T extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: T,
  positionals: readonly string[] = [],
) {
  const parsed = parse(words, { ...dataOption, ...options });
  const missing = positionals[parsed.positionals.length];
  if (missing) throw usage(`${missing} is missing.`);
  const surplus = parsed.positionals[positionals.length];
  if (surplus !== undefined) throw usage(`"${surplus}" is one word too many.`);
  return { ...parsed, folder: new DataFolder((parsed.values as { data: string }).data) };
}

/** A whole number from an option. @throws FedReconError `usage` */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw usage(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

/** @returns a FedReconError `usage`: one sentence that says what is wrong with the words */
export function usage(problem: string): FedReconError {
  return new FedReconError('usage', { problem });
}

function parse<T extends ParseArgsOptionsConfig>(words: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (cause) {
    // Node's sentence, without the advice on "--" that follows it.
    throw usage(`${(cause as Error).message.split('. ')[0]}.`);
  }
}
