import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OpenedFont } from 'fontkit';
import { openTypeOf } from './woff.ts';

/** Face of a family, as a file that the PDF library takes. */
export interface Face {
  readonly name: string;
  readonly file: Buffer;
  readonly font: OpenedFont;
}

export type Weight = 400 | 700;

/** Family of faces in files by what they hold, in a package (all SIL Open Font License 1.1). */
interface Family {
  readonly packaged: string;
  /** File that is looked into first, whatever the package's table says. */
  readonly first?: string;
  readonly weights: readonly Weight[];
  /** Signs that it has and draws as wide as kanji, which others draw as they are read. */
  readonly wide?: RegExp;
}

/**
 * Families in the order in which they are asked for a sign. BIZ UDPGothic is made for documents that everyone must be
 * able to read, and holds Japanese and Latin; Noto Sans has Vietnamese, Greek, all of Cyrillic and Devanagari besides.
 */
const families: readonly Family[] = [
  {
    packaged: 'biz-udpgothic',
    first: 'japanese',
    weights: [400, 700],
    wide: /[\p{Script=Cyrillic}\p{Script=Greek}]/u,
  },
  { packaged: 'noto-sans', weights: [400, 700] },
  { packaged: 'noto-sans-symbols-2', weights: [400] },
];
const require = createRequire(import.meta.url);

/** Opened faces by name; a file is opened when the first sign needs it. */
const opened = new Map<string, Face>();
/** What was found already, by family, weight and sign; null: it does not have it. */
const found = new Map<string, Face | null>();

/** A library's creator of fonts, loaded with the first sheet: it would slow every start of the app. */
let create: ((file: Uint8Array) => OpenedFont) | undefined;

/** Loads what opening a face needs; to be awaited before any face is asked for. */
export async function loadFaces(): Promise<void> {
  create ??= (await import('fontkit')).create;
}

/** Face that every text is in as far as it can be. */
export function mainFace(weight: Weight): Face {
  const { packaged, first } = families[0]!;
  return openFace(packaged, first!, weight);
}

/**
 * Faces of a word's signs, a sign being a letter with what is combined with it: of the first family that has them all, else of
 * the first that has each. Null: none has it.
 */
export function facesOf(signs: readonly string[], weight: Weight): (Face | null)[] {
  for (const family of families) {
    const faces = signs.map((sign) => inFamily(family, sign, weight));
    if (!faces.includes(null)) return faces;
  }
  return signs.map(
    (sign) => families.map((family) => inFamily(family, sign, weight)).find((face) => face !== null) ?? null,
  );
}

function inFamily(family: Family, sign: string, weight: Weight): Face | null {
  const key = `${family.packaged} ${weight} ${sign}`;
  let face = found.get(key);
  if (face === undefined) {
    face = searched(family, sign, weight);
    found.set(key, face);
  }
  return face;
}

function searched(family: Family, sign: string, weight: Weight): Face | null {
  if (family.wide?.test(sign)) return null;
  const codePoints = [...sign].map((one) => one.codePointAt(0)!);
  const own = family.weights.includes(weight) ? weight : family.weights[0]!;
  for (const subset of subsetsWith(family, codePoints[0]!)) {
    const face = openFace(family.packaged, subset, own);
    if (codePoints.every((one) => face.font.hasGlyphForCodePoint(one))) return face;
  }
  return null;
}

/** Files of a family that may have a code point, by the package's own table, which lists also what no glyph is for. */
function subsetsWith(family: Family, codePoint: number): string[] {
  const listed = rangesOf(family)
    .filter(({ ranges }) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to))
    .map(({ subset }) => subset);
  return family.first === undefined ? listed : [family.first, ...listed];
}

interface SubsetRanges {
  readonly subset: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

const tables = new Map<Family, readonly SubsetRanges[]>();

/** Ranges of code points by file, which a package lists as CSS does: `U+3b1,U+370-377`. */
function rangesOf(family: Family): readonly SubsetRanges[] {
  const known = tables.get(family);
  if (known) return known;
  const table = require(`@fontsource/${family.packaged}/unicode.json`) as Readonly<Record<string, string>>;
  const read = Object.entries(table).map(([subset, ranges]) => ({
    subset: subset.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map((range) => {
      const [from, to = from] = range
        .replace('U+', '')
        .split('-')
        .map((hex) => Number.parseInt(hex, 16));
      return [from!, to!] as const;
    }),
  }));
  tables.set(family, read);
  return read;
}

function openFace(packaged: string, subset: string, weight: Weight): Face {
  const name = `${packaged}-${subset}-${weight}-normal`;
  const known = opened.get(name);
  if (known) return known;
  if (!create) throw new Error('the faces are not loaded');
  const file = openTypeOf(readFileSync(require.resolve(`@fontsource/${packaged}/files/${name}.woff`)));
  const face = { name, file, font: create(file) };
  opened.set(name, face);
  return face;
}
