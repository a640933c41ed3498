import { FedReconError } from '../../protocol/errors.ts';
import { likeliestPlace, placeOfValue, plainValue, unseenPlace } from '../../protocol/kinds/category.ts';
import type { CategoryModality } from '../../protocol/kinds/index.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import type { NumberMarks } from '../cells/numbers.ts';
import { commonest } from '../measures/commonest.ts';
import { nearestValue } from './category-cells.ts';
import { numberIn } from './columns.ts';
import { misfitting } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import type { MeasuredParts, Summary } from './looking.ts';
import { shareMisfit } from './misfit.ts';
import { constantCategory, loneValues, spellings } from './oddities/categories.ts';
import { holdsTime } from './times.ts';

/** Number of values that a message or a summary lists. */
const valuesShown = 8;

/** Least number of cells of a category's column; fewer may hold few values by chance. */
const leastCells = 20;
/** Least number of cells for each value, on average: ids, lots and notes do not repeat that much. */
const leastRepeats = 8;
const mostValues = 32;
/** Largest number of values if they are whole numbers, which may also be counts. */
const mostNumbers = 12;
/** Largest share of cells whose value occurs only once. */
const tolerated = 0.1;
const longestValue = 40;

/** Training of categories: shares of the listed values and of unlisted ones, with softmax cross-entropy. */
export const categoryTraining: TrainingKind<CategoryModality> = {
  columns: () => 0,
  isReading: false,
  headers: ['material', 'supplier', 'vendor', 'machine', 'line', 'shift', 'category', 'type', 'class'].concat(
    ['材料', '材質', '仕入先', '設備', '機械', '号機', '勤務', '直', '品種', '区分'],
  ),
  headersAreVague: true,
  resembles: (modality, cell) => placeOfValue(modality, cell) !== unseenPlace(modality),

  read(modality, cells, { column, nothing }) {
    const written = cells[0]!.trim();
    const place = placeOfValue(modality, written);
    if (place === unseenPlace(modality)) {
      // A list may hold a word that elsewhere says that nothing was measured, so it is asked first.
      if (nothing.inText(written)) return undefined;
      if (modality.list === 'closed' && nothing.inReading(written)) return undefined;
      if (modality.list === 'closed') throw unknownValue(modality, written, column);
    }
    return {
      shown: written,
      encode: () => ({ values: oneOf(modality, place), record: written }),
    };
  },

  unlisted: (modality) => oneOf(modality, unseenPlace(modality)),
  mean: (raw, { exp, logSoftmax }) => exp(logSoftmax(raw)),
  negativeLogLikelihood: (x, raw, { logSoftmax, multiply, subtract, sumOfPart }) =>
    subtract(0, sumOfPart(multiply(x, logSoftmax(raw)))),
  // A share that is surer than float32 can say still has a deviation to take a logarithm of.
  variance: (mean, { add, multiply, subtract }) => add(multiply(mean, subtract(1, mean)), 1e-6),
  ...shareMisfit,
  measures: ['accuracy', 'trueShare'],

  baseline: 'mean',
  hasExtremes: true,
  pieces: ({ values }, shares) => [
    {
      places: [...shares.keys()],
      label: { kind: 'value', value: values[likeliestPlace(shares)] ?? null },
    },
  ],
  changed(modality, _before, change) {
    if (!('value' in change)) throw misfitting(`${modality.name} is one of a list of values`);
    const place = placeOfValue(modality, change.value);
    if (place === unseenPlace(modality) && modality.list === 'closed')
      throw misfitting(`"${change.value}" is not on the list of ${modality.name}`);
    return oneOf(modality, place);
  },

  understand: (cells, marks, { isNote = false } = {}) =>
    !isNote && areCategories(cells, marks) ? { length: 1 } : undefined,
  joinsColumns: false,
  async standardFields({ rows, nothing }) {
    const cells = rows.flatMap(([cell = '']) => (nothing.inText(cell) ? [] : [cell.trim()]));
    const repeated = [...spellingsOf(cells).values()].filter(({ length }) => length > 1);
    return { kind: 'category', values: repeated.map(spellingOf).sort(), list: 'growing' };
  },
  shown({ values }, shares, record) {
    const place = likeliestPlace(shares);
    const written = typeof record === 'string' && record !== '' ? record : null;
    return { kind: 'category', value: values[place] ?? written, share: shares[place]! };
  },
  summary: frequentValues,
  oddities: [constantCategory, spellings, loneValues],
};

function oneOf(modality: CategoryModality, place: number): Float32Array {
  const shares = new Float32Array(modality.values.length + 1);
  shares[place] = 1;
  return shares;
}

function unknownValue(modality: CategoryModality, value: string, column: string): FedReconError {
  const { values } = modality;
  const near = nearestValue(values, value);
  const list = values.slice(0, valuesShown).join(', ') + (values.length > valuesShown ? ', …' : '');
  return new FedReconError('category-unknown', {
    ...{ value: value.slice(0, 40), column, ...namedInErrors(modality), known: near ?? list },
  });
}

/**
 * True if the cells of a column are few short values that come again and again. Numbers count where they are whole and
 * very few; times and dates do not.
 */
function areCategories(cells: readonly string[], marks: NumberMarks): boolean {
  if (cells.length < leastCells) return false;
  const groups = [...spellingsOf(cells).entries()];
  const areNumbers = groups.every(([value]) => !Number.isNaN(numberIn(value, marks)));
  const most = Math.min(areNumbers ? mostNumbers : mostValues, Math.floor(cells.length / leastRepeats));
  const alone = groups.filter(([, spelled]) => spelled.length === 1).length;
  return (
    groups.length - alone >= 2 &&
    groups.length - alone <= most &&
    alone <= tolerated * cells.length &&
    groups.every(([value]) => value.length <= longestValue && !holdsTime(value)) &&
    (!areNumbers || groups.every(([value]) => Number.isInteger(numberIn(value, marks))))
  );
}

/** Spellings: the cells of each value, by its plain form. */
function spellingsOf(cells: readonly string[]): Map<string, string[]> {
  return Map.groupBy(cells, plainValue);
}

/** Spelling that most cells have. @param spelled at least one */
function spellingOf(spelled: readonly string[]): string {
  return commonest(spelled.map((cell) => cell.trim()))!;
}

function frequentValues({ modality, parts, records }: MeasuredParts<CategoryModality>): Summary {
  const written = Array.from(parts, (part) => records[part]?.values[modality.name]);
  const groups = spellingsOf(written.filter((value): value is string => typeof value === 'string'));
  const values = [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, valuesShown)
    .map((spelled) => {
      const value = spellingOf(spelled);
      return {
        value,
        parts: spelled.length,
        isListed: placeOfValue(modality, value) !== unseenPlace(modality),
      };
    });
  return { values };
}
