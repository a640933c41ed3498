const ascii = /^[\x20-\x7e]*$/;
const raised = /(\p{No})/u;

/**
 * A text with its digits, letters and marks as ASCII writes them, of whatever script and width the digits are: `１２`, `۱۲` and `१२`
 * as `12`. Digits that are raised, circled or a fraction stay as they are: `5²` is not 52, and `1½` not 11/2.
 */
export function inPlainDigits(text: string): string {
  if (ascii.test(text)) return text;
  const plain = text
    .split(raised)
    .map((piece, index) => (index % 2 === 0 ? piece.normalize('NFKC') : piece))
    .join('');
  return plain.replace(/(?=[^\d])\p{Nd}/gu, digitOf);
}

/** Digits of a script stand in the order of their values, ten together. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** A number with the marks that Arabic writes between digits as the file writes its own: they say by themselves what they are. */
export function withoutArabicMarks(text: string, decimal: '.' | ','): string {
  return text.replace(/٬(?=\d{3}(?!\d))/g, '').replace('٫', decimal);
}
