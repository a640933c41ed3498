import { readFile } from 'node:fs/promises';
import { usageError } from './command-line.ts';
import { FedReconError } from './errors.ts';
import { type Plan, parsePlan } from './plan.ts';
import { jsonWords } from './system-words.ts';

/**
 * Reads and checks a plan document from a file.
 * @throws FedReconError `usage` if it cannot be read, `plan-invalid` naming the wrong field
 */
export async function readPlan(file: string): Promise<Plan> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw usageError(`The plan file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new FedReconError('plan-invalid', { field: file, ...jsonWords(cause) }, { cause });
  }
  return parsePlan(document);
}
