import { FedReconError } from '../../protocol/errors.ts';

/** Decimal mark, between a number's digits and its fraction. */
export type DecimalMark = '.' | ',';

/** Words that instruments and people write where there is no measurement, in lower case. */
const missingWords: ReadonlySet<string> = new Set(
  ['', '-', '--', '?', 'nan', 'na', 'n/a', '#n/a', 'null', 'none', 'nil', 'bad', 'missing', 'error'].concat(
    ['欠測', '欠損', '不良', 'なし', '無し'], // not measured, lost, bad, none
  ),
);

/** True if a cell says that nothing was measured; a bad-quality reading counts as missing. */
export function isMissing(cell: string): boolean {
  return missingWords.has(cell.normalize('NFKC').trim().toLowerCase());
}

/**
 * Splits a cell with several numbers, separated by blanks, semicolons, bars or (where they do not mark decimals)
 * commas; square brackets around them are dropped. `several` is false where the plan asks for one number, so that `1,5`
 * stays whole.
 */
export function splitNumbers(cell: string, several: boolean): string[] {
  const text = cell.replace(/^\s*\[|\]\s*$/g, '').trim();
  if (/[\s;|]/.test(text)) return text.split(/\s*[;|]\s*|,?\s+/).filter((token) => token !== '');
  return several ? text.split(',') : [text];
}

/**
 * Reads one finite number with the file's decimal mark; full-width digits are read too.
 * @throws FedReconError `number-invalid`
 */
export function parseNumber(token: string, decimal: DecimalMark): number {
  const text = token.normalize('NFKC').trim().replace('−', '-');
  const point = decimal === ',' ? text.replace(',', '.') : text;
  const plain =
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(point) && !(decimal === ',' && text.includes('.'));
  const value = plain ? Number(point) : Number.NaN;
  if (!Number.isFinite(value))
    throw new FedReconError('number-invalid', { value: token.slice(0, 40), decimal });
  return value;
}
