import { inPlainDigits } from './numerals.ts';

/**
 * Units of measurement, as people write them in tables: a symbol of the SI or of everyday work, with a prefix, a power, and other
 * units by which it is multiplied or divided.
 */

const prefixed =
  'm|g|s|A|K|mol|cd|Hz|N|Pa|J|W|V|F|Ω|ohm|S|Wb|T|H|lm|lx|Bq|L|l|bar|B|Nm|rad|eV|VA|Wh|Ah|pixel|px';
const alone = [
  ...[
    '%',
    '‰',
    'ppm',
    'ppb',
    '°',
    'deg',
    '°C',
    '°F',
    'degC',
    'degF',
    '℃',
    '℉',
    'C',
    'rpm',
    'r/min',
    'min',
    'h',
    'hr',
    'd',
  ],
  ...[
    'dB',
    'dBA',
    'dB\\(A\\)',
    'min-1',
    's-1',
    'in',
    'inch',
    'ft',
    'mil',
    'lb',
    'lbf',
    'oz',
    'psi',
    'kgf',
    'gf',
    'tf',
    'Å',
    'micron',
    't',
    'G',
    'Gs',
    'HRC',
    'HV',
  ],
  ...['HRB', 'HB', 'cP', 'P', 'cSt', 'sec', 'msec', 'mpm', 'spm', 'cps', 'pcs', '1'],
].map((symbol) => symbol.normalize('NFKC'));
const power = '(?:\\^-?[1-4]|[2-4])?';
const one = `(?:(?:da|[yzafpnμumcdhkMGT])?(?:${prefixed})${power}|(?:${alone.join('|')})${power})`;
const unit = new RegExp(`^${one}(?:[/·*.⋅]${one})*$`);

function plainUnit(text: string): string {
  const bare = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^[[(<](.*)[\])>]$/, '$1');
  return bare.replaceAll('µ', 'μ');
}

/** True if a text is a unit, in brackets or without: `mm`, `[°C]`, `N/mm²`, `㎛`. */
export function isUnit(text: string): boolean {
  const bare = plainUnit(text);
  return bare !== '1' && unit.test(bare);
}

const numberBefore = /^[-+−]?\s*\d[\d.,'’]*(?:e[-+]?\d+)?\s*(?=[^\d\s.,'’])/i;

/** True if a cell is a number and its unit, as `12 mm`, `5%`, `1,5 kN`. */
export function isNumberWithUnit(cell: string): boolean {
  const text = inPlainDigits(cell).trim();
  const number = numberBefore.exec(text)?.[0];
  return number !== undefined && isUnit(text.slice(number.length));
}

/** Ways to write the same unit that differ by more than width, blanks and composed letters. */
const alike: Readonly<Record<string, string>> = {
  ...{
    um: 'μm',
    micron: 'μm',
    degC: '°C',
    C: '°C',
    deg: '°',
    degF: '°F',
    sec: 's',
    msec: 'ms',
    us: 'μs',
    hr: 'h',
    inch: 'in',
  },
  ...{ l: 'L', ml: 'mL', ohm: 'Ω', 'r/min': 'rpm', 'min-1': 'rpm', 'min^-1': 'rpm' },
};

/** True if two units are the same: `µm` and `um`, `℃` and `°C`. */
export function isSameUnit(first: string, second: string): boolean {
  const [one, other] = [first, second].map((text) => {
    const bare = plainUnit(text).replaceAll('^', '');
    return Object.hasOwn(alike, bare) ? alike[bare]! : bare;
  });
  return one === other;
}

/** Brackets of a unit behind a column's name; their opening and closing ones, as far as NFKC leaves them. */
const behindName = /(?<!\s)\s*[[(【「『〔〈《]([^[\]()【】「」『』〔〕〈〉《》]+)[\])】」』〕〉》]$/;

/** Unit in brackets at the end of a column's name: `width [µm]`, `温度（℃）`, `圧力【MPa】`. */
export function unitIn(name: string): string | undefined {
  const found = behindName.exec(name.normalize('NFKC').trim())?.[1]?.trim();
  return found !== undefined && isUnit(found) ? found : undefined;
}

/** A column's name without what stands in brackets at its end. */
export function withoutBrackets(name: string): string {
  return name.normalize('NFKC').trim().replace(behindName, '');
}
