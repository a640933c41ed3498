import { FedReconError } from '../../../protocol/errors.ts';
import type { Api } from '../../api/contract.ts';
import type { ImportView } from '../../api/views.ts';
import type { ImportRow } from '../../store/imports.ts';
import { type Context, planInUse } from '../context.ts';
import { measuredSource } from '../measured-source.ts';
import { measuredView } from '../review-service.ts';

/** What the Data page shows: imports, coverage, parts. */
export function dataPageService({
  store,
}: Context): Pick<Api, 'data.imports' | 'data.coverage' | 'data.parts' | 'data.part'> {
  const viewOf = ({ settings, modalities, ...row }: ImportRow): ImportView => {
    const holding = store.imports.holding(row.id);
    return {
      ...row,
      ...settings,
      modalities: modalities.map((one) => ({ ...one, holds: holding.get(one.modality) ?? 0 })),
    };
  };

  return {
    'data.imports': async ({ before, limit }) => ({
      imports: store.imports.list(limit, before).map(viewOf),
      total: store.imports.count(),
    }),
    'data.coverage': async () => {
      const names = planInUse(store).plan.modalities.map(({ name }) => name);
      return store.parts.coverage().flatMap(({ import: id, parts, present }) => {
        const home = store.imports.get(id);
        if (!home) return [];
        const counts = names.map((modality) => {
          const held = present.get(modality) ?? 0;
          return { modality, present: held, missing: parts - held };
        });
        return [{ import: id, at: home.at, manifest: home.manifest, folder: home.folder, parts, counts }];
      });
    },
    'data.parts': async ({ text, lacks, import: home, after, limit }) =>
      store.parts.list({ text: text.trim(), lacks, import: home }, limit, after),
    'data.part': async ({ part }) => {
      const known = store.parts.get(part);
      if (!known) throw new FedReconError('part-gone', { part });
      const { plan } = planInUse(store);
      const layers = store.parts.layers(part);
      return {
        ...known,
        values: plan.modalities.flatMap((modality) => {
          const own = layers.filter((layer) => layer.modality === modality.name);
          if (own.length === 0) return [];
          const held = own.find(({ holds }) => holds);
          return [
            {
              modality: modality.name,
              value: held?.value == null ? null : measuredView(part, modality, held.value),
              history: own.map((layer) => ({
                ...{ import: layer.import, at: layer.at, holds: layer.holds },
                ...measuredSource(store, layer),
                isRemoval: layer.value === null,
              })),
            },
          ];
        }),
      };
    },
  };
}
