import type LineBreaker from 'linebreak';
import { type Face, facesOf, mainFace, type Weight } from './faces.ts';

/** Piece of a line in one face. */
export interface Run {
  readonly face: Face;
  readonly text: string;
}

export interface TextLine {
  readonly runs: readonly Run[];
  /** Width in points, without blanks at the end. */
  readonly width: number;
}

/** Ruler of texts in a face, in points. */
type Measure = (run: Run) => number;

const signs = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/**
 * A text in runs of one face each. What no face has is written as its code, `[U+D55C]`: a reader sees that a sign is
 * missing and which, where a box would look like a fault of the paper.
 */
export function runsOf(text: string, weight: Weight): Run[] {
  const runs: Run[] = [];
  const add = (face: Face, piece: string) => {
    const last = runs.at(-1);
    if (last?.face === face) runs[runs.length - 1] = { face, text: last.text + piece };
    else runs.push({ face, text: piece });
  };
  let missing: string[] = [];
  const mark = () => {
    if (missing.length > 0) add(mainFace(weight), `[${missing.join(' ')}]`);
    missing = [];
  };
  const put = (sign: string, face: Face | null) => {
    if (face) {
      mark();
      add(face, sign);
    } else if ([...sign].length > 1) for (const one of sign) put(one, facesOf([one], weight)[0]!);
    else missing.push(`U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  };
  for (const word of wordsOf(text)) {
    const faces = facesOf(word, weight);
    for (const [index, sign] of word.entries()) put(sign, faces[index]!);
  }
  mark();
  return runs;
}

/** Signs of a text, those of a Latin word together: letters of one word look alike. */
function wordsOf(text: string): string[][] {
  const words: string[][] = [];
  let isWithin = false;
  for (const { segment } of signs.segment(text)) {
    const isLatin = /^\p{Script=Latin}/u.test(segment);
    if (isLatin && isWithin) words.at(-1)!.push(segment);
    else words.push([segment]);
    isWithin = isLatin;
  }
  return words;
}

/** A text as it is drawn: letters and their accents in one, as file names of some systems are not, and no signs that show nothing. */
export function drawable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ');
}

/** Breaks a text into lines of a width, where its language lets a line end; what has no such place is broken anywhere. */
export function linesOf(
  text: string,
  width: number,
  weight: Weight,
  measure: Measure,
  Breaker: typeof LineBreaker,
): TextLine[] {
  const lines: TextLine[] = [];
  let line = '';
  /** Width of the line with and without the blanks at its end. */
  let reached = { whole: 0, shown: 0 };
  const widthOf = (piece: string) => runsOf(piece, weight).reduce((sum, run) => sum + measure(run), 0);
  const end = () => {
    lines.push({ runs: runsOf(line.trimEnd(), weight), width: reached.shown });
    line = '';
    reached = { whole: 0, shown: 0 };
  };
  const put = (piece: string) => {
    const shown = widthOf(piece.trimEnd());
    if (line !== '' && reached.whole + shown > width) end();
    const whole = piece === piece.trimEnd() ? shown : widthOf(piece);
    reached = { whole: reached.whole + whole, shown: reached.whole + shown };
    line += piece;
  };
  const whole = drawable(text);
  const breaker = new Breaker(whole);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = whole.slice(from, next.position).replace(/\n$/, '');
    from = next.position;
    if (piece.length === 1 || widthOf(piece.trimEnd()) <= width) put(piece);
    else for (const { segment } of signs.segment(piece)) put(segment);
    if (next.required && whole[from - 1] === '\n') end();
  }
  if (line !== '' || lines.length === 0) end();
  return lines;
}
