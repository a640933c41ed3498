import { usageError } from '../../protocol/command-line.ts';
import type { FedReconError } from '../../protocol/errors.ts';
import { nearestWord } from '../../protocol/nearest-word.ts';

/**
 * Refusal of a value of `--set`, in both languages, with what was most likely meant.
 * @param takes what the key takes: its values, or what they are in both languages
 */
export function wrongValue(
  key: string,
  value: string,
  takes: readonly string[] | { readonly en: string; readonly ja: string },
): FedReconError {
  const near = 'en' in takes || value.length < 2 ? undefined : nearestWord(value, takes);
  const [en, ja] =
    'en' in takes
      ? [takes.en, takes.ja]
      : [`one of ${takes.map(seen).join(', ')}`, takes.map(seen).join('、')];
  return usageError(
    `--set ${key} takes ${en}, not "${value}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    `--set ${key} に「${value}」は指定できません。指定できるもの：${ja}。${near === undefined ? '' : `「${near}」ではありませんか。`}`,
  );
}

/** Refusal of a key that `--set` does not know. */
export function unknownKey(key: string, known: readonly string[]): FedReconError {
  const near = nearestWord(key, known);
  return usageError(
    `--set knows ${known.join(', ')}; not "${key}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    `--set に「${key}」という項目はありません。指定できる項目：${known.join('、')}。${near === undefined ? '' : `「${near}」ではありませんか。`}`,
  );
}

/** A value that would be lost among the others without quotation marks: a comma, a blank. */
function seen(value: string): string {
  return /^[^\p{L}\p{N}]$/u.test(value) ? `"${value}"` : value;
}
