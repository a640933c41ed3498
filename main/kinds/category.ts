import { likeliestPlace, placeOfValue, unseenPlace } from '../../protocol/kinds/category.ts';
import type { CategoryModality } from '../../protocol/kinds/index.ts';
import type { WorkstationKind } from './kind.ts';

/** Categories: a measured one stands as it was written, a reconstructed one is the shares of all values. */
export const categoryInWorkstation: WorkstationKind<CategoryModality> = {
  planFields: ({ values, list }) => ({ values, list }),
  measured(modality, value) {
    const written = typeof value === 'string' ? value : '';
    const isListed = placeOfValue(modality, written) !== unseenPlace(modality);
    return { kind: 'category', value: written, isListed };
  },
  async drawn({ values }, { isMeasured, values: read }) {
    const shares = await read();
    const likeliest = likeliestPlace(shares);
    const value = values[likeliest] ?? null;
    if (isMeasured) return { kind: 'category', value, isListed: value !== null };
    const ordered = Array.from(shares, (share, place) => ({ value: values[place] ?? null, share })).sort(
      (a, b) => b.share - a.share,
    );
    return { kind: 'category', value, isListed: value !== null, shares: ordered };
  },
  explained: (_modality, { attribution, written }) => ({
    kind: 'category',
    value: written,
    weight: attribution.reduce((sum, value) => sum + value, 0),
  }),
  kept: ({ value, share }) => ({ kind: 'category', value, share }),
  figure: ({ value, share }) => ({
    form: 'words',
    words: `${value ?? '?'}${share < 1 ? ` ${Math.round(100 * share)} %` : ''}`,
  }),
  table: {
    head: ({ name, values }) => [
      ...[name, `${name}_listed`, `${name}_share`],
      // A listed value may be any word, so what it stands for is told by the form of the column's name.
      ...values.map((value) => `${name}_share: ${value}`),
      `${name}_share_unlisted`,
    ],
    cells({ values }, view) {
      if (view.kind !== 'category') return [];
      const shares = new Map(view.shares?.map(({ value, share }) => [value, share]));
      const written = (value: string | null) => (shares.get(value) ?? 0).toFixed(4);
      const isListed = view.value === null ? 'no' : 'yes';
      return [view.value ?? '', isListed, written(view.value), ...[...values, null].map(written)];
    },
  },
};
