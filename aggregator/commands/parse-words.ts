import type { ParseArgsOptionsConfig } from 'node:util';
import { parseWords as parse } from '../../protocol/command-line.ts';
import { DataFolder } from '../folder/data-folder.ts';

const dataOption = { data: { type: 'string', default: 'fedrecon-data/aggregator' } } as const;

/**
 * Parses the words after a command; every command takes `--data`.
 * @param positionals names of the words without a dash, all of them needed
 * @param optional how many more there may be
 * @throws FedReconError `usage`
 */
export function parseAggregatorWords<T extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: T,
  positionals: readonly string[] = [],
  optional = 0,
) {
  const parsed = parse(words, { ...dataOption, ...options }, positionals, optional);
  return { ...parsed, folder: new DataFolder((parsed.values as { data: string }).data) };
}
