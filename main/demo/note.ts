import type { Garment } from './garments.ts';
import { type Random, seededRandom } from './random.ts';
import { measureSilhouette, type Silhouette } from './silhouette.ts';

/** Names that an inspector gives each type of garment; the first is the usual one. */
const garmentWords: readonly (readonly string[])[] = [
  ['t-shirt', 'tee', 't-shirt', 'jersey top'],
  ['trousers', 'pants', 'trousers', 'slacks'],
  ['pullover', 'sweater', 'jumper'],
  ['dress', 'dress', 'gown'],
  ['coat', 'jacket', 'coat', 'overcoat'],
  ['sandal', 'sandal', 'open shoe', 'slingback'],
  ['shirt', 'blouse', 'shirt'],
  ['sneaker', 'trainer', 'sports shoe', 'sneaker'],
  ['bag', 'handbag', 'bag', 'purse'],
  ['ankle boot', 'boot', 'ankle boot', 'bootee'],
];

const tops = [0, 2, 3, 4, 6];
const shoes = [5, 7, 9];

/** Visible trait of a garment: how it is measured, and the words for its levels from low to high. */
interface Trait {
  readonly measure: keyof Silhouette;
  /** Types of garment that the trait is said of; all without this. */
  readonly of?: readonly number[];
  /** Reference of the levels: all garments, those of the same type, or fixed values where levels begin. */
  readonly among: 'all' | 'type' | readonly number[];
  /** Synonyms for each level; an empty level goes without saying. */
  readonly levels: readonly (readonly string[])[];
}

const traits: readonly Trait[] = [
  {
    measure: 'brightness',
    among: 'all',
    levels: [['black', 'very dark'], ['dark'], ['grey', 'mid-grey'], ['light', 'pale'], ['white', 'bright']],
  },
  {
    measure: 'texture',
    among: 'type',
    levels: [['plain', 'smooth'], [], ['patterned', 'printed', 'with pattern']],
  },
  {
    measure: 'sleeves',
    of: tops,
    among: [0.5, 1.5, 2.5],
    levels: [
      ['sleeveless', 'no sleeves'],
      ['short sleeves'],
      ['elbow sleeves', 'half sleeves'],
      ['long sleeves'],
    ],
  },
  {
    measure: 'width',
    of: [0, 1, 2, 3, 4, 6],
    among: 'type',
    levels: [['narrow', 'slim'], [], ['wide', 'loose']],
  },
  { measure: 'flare', of: tops, among: 'type', levels: [['tapered'], [], ['flared', 'a-line']] },
  { measure: 'height', of: [1, 3], among: 'type', levels: [['short'], [], ['long']] },
  { measure: 'gap', of: [1], among: 'type', levels: [['legs together'], [], ['legs apart', 'wide legs']] },
  {
    measure: 'height',
    of: shoes,
    among: 'type',
    levels: [['low', 'flat'], ['medium height'], ['high', 'tall']],
  },
  { measure: 'gap', of: [5, 9], among: 'type', levels: [['flat sole'], [], ['heel', 'high heel']] },
  {
    measure: 'fill',
    of: [5],
    among: 'type',
    levels: [['thin straps', 'strappy'], [], ['closed', 'broad straps']],
  },
  { measure: 'top', of: [8], among: 'type', levels: [['with handle', 'long handle'], [], ['no handle']] },
  { measure: 'height', of: [8], among: 'type', levels: [['flat', 'low'], ['square'], ['tall']] },
];

/** Rates at which inspectors err or leave things out. */
const rates = { empty: 0.05, noGarment: 0.03, wrongGarment: 0.015, trait: 0.8, typo: 0.02 };

const layouts: readonly ((garment: string, said: readonly string[]) => string)[] = [
  (garment, [first = '', ...rest]) => [`${first} ${garment}`.trim(), ...rest].join(', '),
  (garment, said) => [garment, ...said].filter(Boolean).join(', '),
  (garment, said) => `${garment}: ${said.join(' / ') || 'nothing special'}`,
  (garment, said) => `${[...said].reverse().join(' ')} ${garment}`.trim(),
];

/**
 * Makes the inspector: a function from a garment to a short note. The note says the type and what can be
 * seen of colour, cut and shape, with synonyms, omissions, slips of the pen and now and then nothing, so it
 * tells much about a garment but does not identify it. The same garment and seed always give the same note.
 */
export function createNoteWriter(garments: readonly Garment[], seed: number): (garment: Garment) => string {
  const seen = new Map(garments.map((garment) => [garment.number, measureSilhouette(garment.pixels)]));
  const limits = new Map<string, readonly number[]>();
  const limitsOf = (trait: Trait, type: number): readonly number[] => {
    if (typeof trait.among !== 'string') return trait.among;
    const key = `${traits.indexOf(trait)}/${trait.among === 'type' ? type : ''}`;
    const known = limits.get(key);
    if (known) return known;
    const compared = garments.filter((other) =>
      trait.among === 'type' ? other.type === type : (trait.of?.includes(other.type) ?? true),
    );
    const values = compared.map((other) => seen.get(other.number)![trait.measure]).sort((a, b) => a - b);
    const count = trait.levels.length;
    const found = trait.levels
      .slice(1)
      .map((_, level) => values[Math.floor(((level + 1) / count) * values.length)]!);
    limits.set(key, found);
    return found;
  };

  return (garment) => {
    const random = seededRandom(`${seed}/note/${garment.number}`);
    if (random.chance(rates.empty)) return '';
    const said = traits.flatMap((trait) => {
      if (trait.of?.includes(garment.type) === false || !random.chance(rates.trait)) return [];
      const value = seen.get(garment.number)![trait.measure];
      const level = limitsOf(trait, garment.type).filter((limit) => value >= limit).length;
      const words = trait.levels[level]!;
      return words.length === 0 ? [] : [random.pick(words)];
    });
    const text = random.pick(layouts)(garmentWord(garment.type, random), said);
    return slip(text, random);
  };
}

function garmentWord(type: number, random: Random): string {
  if (random.chance(rates.noGarment)) return 'item';
  const written = random.chance(rates.wrongGarment)
    ? Math.floor(random.uniform() * garmentWords.length)
    : type;
  return random.pick(garmentWords[written]!);
}

/** Swaps two neighbouring letters in a few words. */
function slip(text: string, random: Random): string {
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (!random.chance(rates.typo)) return word;
    const at = 1 + Math.floor(random.uniform() * (word.length - 2));
    return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
  });
}
