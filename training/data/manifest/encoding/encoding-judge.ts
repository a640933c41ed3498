import type { Found, Reason } from '../reading-settings.ts';
import { decoderOf } from './decoders.ts';
import { type CharacterEncoding, encodings, encodingTable } from './encodings.ts';
import { type LanguageName, languages, writtenLanguage } from './languages.ts';
import { leastCost } from './text-cost.ts';

/** How some cells read in an encoding. */
export interface EncodingReading {
  readonly encoding: CharacterEncoding;
  readonly cells: readonly string[];
}

/** Encoding that was judged, with how cells read in it and in the nearest others: the judged one first, none where all read alike. */
export interface FoundEncoding extends Found<CharacterEncoding> {
  readonly readings: readonly EncodingReading[];
}

/** Less sure than this, a person is asked: letters of parts' notes and ids would be others. */
export const sureEncoding = 0.9;

/** Readings that a person is shown, and cells of each. */
const [readingsShown, cellsShown, longestCell] = [5, 3, 60];
/** Costs are of characters as if each stood for itself, which they do not: so much less do they say. */
const doubtOfCosts = 2;
/**
 * Share of characters that no text has where they stand, more than which is unsure: a damaged one of several bytes is met now and then,
 * one of a page of 256 is of another page. A text of many more is in no encoding that was tried.
 */
const [mostStrange, mostStrangeInPage, mostInText] = [0.15, 0.04, 0.6];
const ofSeveralBytes: ReadonlySet<CharacterEncoding> = new Set([
  ...(['UTF-8', 'Shift_JIS', 'EUC-JP', 'GB18030', 'Big5', 'EUC-KR'] as const),
]);
/** What one word of a language says for it, and all words together at most, in nats. */
const [wordSays, wordsSay] = [1.5, 8];

/** Cells from which it is seen which encodings are out of the question: by so many nats behind the best. */
const [cellsFirst, farBehind] = [24, 60];

/** Encodings that are judged by their letters. */
const written = encodings.filter((name) => encodingTable[name].languages !== undefined);

/** Reading of the cells in one encoding. */
interface Judged {
  readonly encoding: CharacterEncoding;
  readonly text: string;
  readonly nats: number;
  readonly strangeShare: number;
}

/**
 * Encoding in which cells read most like what people write, with how sure that is: encodings that read alike are one, the commonest
 * of them; a text that looks odd in all of them is unsure, and one that none of them reads is undefined.
 * @param cells distinct cells beyond ASCII, as bytes
 */
export function judgeEncoding(cells: readonly Uint8Array[]): FoundEncoding | undefined {
  const judge = (some: readonly CharacterEncoding[], of: readonly Uint8Array[]) => {
    const bytes = joined(of);
    const evidence = wordEvidence(bytes);
    return some.map((encoding) => judgedAs(encoding, bytes, evidence)).sort((a, b) => a.nats - b.nats);
  };
  const few = judge(written, spread(cells));
  const likely = few.filter(({ nats }) => nats - few[0]!.nats < farBehind);
  const isAll = cells.length <= cellsFirst;
  const judged = isAll
    ? few
    : judge(
        likely.map(({ encoding }) => encoding),
        cells,
      );
  const groups = [...Map.groupBy(judged, ({ text }) => text).values()]
    .map((own) => own.sort((a, b) => a.nats - b.nats)[0]!)
    .sort((a, b) => a.nats - b.nats);
  const [best] = groups as [Judged, ...Judged[]];
  if (best.strangeShare > mostInText) return undefined;
  const weights = groups.map(({ nats }) => Math.exp((best.nats - nats) / doubtOfCosts));
  const share = 1 / weights.reduce((sum, weight) => sum + weight, 0);
  const isStrange = best.strangeShare > (ofSeveralBytes.has(best.encoding) ? mostStrange : mostStrangeInPage);
  const confidence = isStrange ? Math.min(share, 0.5) : share;
  const reason: Reason =
    confidence < sureEncoding ? 'unclear' : best.encoding === 'UTF-8' ? 'few-bad-bytes' : 'letters';
  return {
    ...{ value: best.encoding, reason },
    confidence: Math.min(0.99, Math.floor(100 * confidence) / 100),
    readings: readingsOf(
      groups.slice(0, readingsShown).map(({ encoding }) => encoding),
      cells,
    ),
  };
}

function judgedAs(
  encoding: CharacterEncoding,
  bytes: Uint8Array,
  evidence: ReadonlyMap<LanguageName, number>,
): Judged {
  const { languages: own = [], rare = 0 } = encodingTable[encoding];
  const text = decoderOf(encoding).decode(bytes).normalize('NFC');
  const { nats, characters, strange } = leastCost(
    text.split('\n').slice(0, -1),
    own as readonly LanguageName[],
    evidence,
  );
  return { encoding, text, nats: nats + rare, strangeShare: strange / Math.max(1, characters) };
}

/** Cells as they read in each of some encodings: those that differ. */
export function readingsOf(
  some: readonly CharacterEncoding[],
  cells: readonly Uint8Array[],
): EncodingReading[] {
  const read = some.map((encoding) => {
    const decoder = decoderOf(encoding);
    return { encoding, all: cells.slice(0, 200).map((cell) => decoder.decode(cell).trim()) };
  });
  const places = [...cells.slice(0, 200).keys()].filter(
    (at) => new Set(read.map(({ all }) => all[at])).size > 1,
  );
  return read.map(({ encoding, all }) => ({
    encoding,
    cells: places.slice(0, cellsShown).map((at) => all[at]!.slice(0, longestCell)),
  }));
}

/** True if some language may be written so. */
export function isPlausible(text: string): boolean {
  const names = (Object.keys(languages) as LanguageName[]).filter((name) => name !== 'any');
  return leastCost(text.split('\n'), names, new Map()).strange === 0;
}

/** Some of the cells, from all over them. */
function spread(cells: readonly Uint8Array[]): Uint8Array[] {
  const step = Math.max(1, cells.length / cellsFirst);
  return Array.from({ length: Math.min(cells.length, cellsFirst) }, (_, at) => cells[Math.floor(at * step)]!);
}

function joined(cells: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(cells.flatMap((cell) => [cell, Buffer.of(0x0a)]));
}

/** How much the words of ASCII letters speak for each language, in nats. */
function wordEvidence(bytes: Uint8Array): ReadonlyMap<LanguageName, number> {
  const words = Buffer.from(bytes)
    .toString('latin1')
    .match(/(?<![a-z\x80-\xff])[a-z]+(?![a-z\x80-\xff])/gi);
  const distinct = new Set(words?.map((word) => word.toLowerCase()));
  const names = Object.keys(languages) as LanguageName[];
  return new Map(
    names.map((name) => {
      const known = [...distinct].filter((word) => writtenLanguage(name).words.has(word)).length;
      return [name, Math.min(wordsSay, wordSays * known)];
    }),
  );
}
