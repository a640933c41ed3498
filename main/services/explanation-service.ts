import { randomUUID } from 'node:crypto';
import { learnedBridges } from '../../protocol/backing.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import { servingModules } from '../../protocol/serving.ts';
import { wordsOf } from '../../training/cells/words.ts';
import type { ExplainResult } from '../../training/process/messages.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { ExplanationView, NeighbourView, SourceReason, WhatIfView } from '../api/views/explanation.ts';
import type { ValueView } from '../api/views.ts';
import type { Inspector } from '../jobs/inspector.ts';
import { signedMap } from '../pictures/heat-map.ts';
import type { Reconstruction } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import { pick } from '../sync/play-round.ts';
import { type Context, datasetFiles, enrolled } from './context.ts';
import { badge, png, shaped } from './images.ts';
import type { MadePictures } from './made-pictures.ts';
import { measuredView } from './review-service.ts';
import { weighText } from './segments.ts';
import { createVocabulary, signalView, wordsView } from './values.ts';

/** Units that are named, and own parts that are shown. */
const shownUnits = 8;
const shownNeighbours = 3;
/** The map of an image's attributions ends where this share of them lies below, so that one pixel does not hide all. */
const scaleShare = 0.99;

/** Answers why a part was reconstructed as it was, and what would change it. */
export function reasonsService(
  { store }: Context,
  inspector: Inspector,
  pictures: MadePictures,
): Pick<Api, 'review.explain' | 'review.whatIf'> {
  const vocabulary = createVocabulary(store);

  /** What every question about a part says. @throws FedReconError `part-unknown`, `no-data` */
  function questionAbout({ part, modality }: { part: number; modality: string }) {
    const { plan, has } = enrolled(store);
    const found = store.reconstructions.get(part, modality);
    const model = found && store.models.get(found.modelVersion);
    const row = rowOf(store, part);
    if (!found || !model || row === undefined) throw new FedReconError('part-unknown', { part, modality });
    const { serving, backing } = model.manifest;
    const through = found.sources.flatMap(({ modality: source, through }) =>
      through === undefined ? [] : [[source, through] as const],
    );
    return {
      found,
      plan,
      question: {
        id: randomUUID(),
        plan,
        // Questions must be answered while a round has the fast device and the other cores.
        engine: { engine: 'onnx', device: 'cpu', threads: 1 },
        datasets: datasetFiles(store),
        modules: store.files.paths(pick(serving, servingModules(plan, has))),
        bridges: learnedBridges(backing),
        through: Object.fromEntries(through),
        modality,
        part: row,
      },
    } as const;
  }

  /** A value that was made for the answer. */
  function madeView(modality: Modality, values: Float32Array, found: Reconstruction): ValueView {
    if (modality.kind === 'signal') return signalView(modality, values);
    if (modality.kind === 'text') return wordsView(vocabulary(modality), modality, values);
    return {
      kind: 'image',
      src: pictures.add(png('reconstructions', shaped(modality, values), badge(found, 'reconstruction'))),
    };
  }

  function sourceReason(
    plan: Plan,
    texts: Readonly<Record<string, string>>,
    units: ExplainResult['units'],
    source: ExplainResult['sources'][number],
  ): SourceReason {
    const { modality, attribution, change, share } = source;
    const total = attribution.reduce((sum, value) => sum + value, 0);
    const entry = modalityOf(plan, modality);
    return {
      modality,
      attribution: total,
      change,
      share,
      detail:
        entry.kind === 'signal'
          ? { kind: 'signal', weights: attribution }
          : entry.kind === 'image'
            ? { kind: 'image', ...attributionMap(entry, attribution) }
            : {
                kind: 'text',
                segments: weighText(texts[modality] ?? '', entry.maxWords, wordWeights(modality, units)),
                words: [...new Set(wordsOf(texts[modality] ?? '', entry.maxWords))],
              },
    };
  }

  function attributionMap(
    modality: Extract<Modality, { kind: 'image' }>,
    attribution: readonly number[],
  ): { src: string; limit: number } {
    const sizes = attribution.map(Math.abs).sort((a, b) => a - b);
    const limit = (sizes[Math.floor((sizes.length - 1) * scaleShare)] ?? 0) * modality.channels;
    const map = signedMap(shaped(modality, Float32Array.from(attribution)), limit);
    return {
      src: pictures.add(png('reconstructions', map, { Title: 'FedRecon attribution: not a measurement' })),
      limit,
    };
  }

  /** @param rows ids of the parts in the rows of the data sets */
  function neighbourView(
    plan: Plan,
    found: Reconstruction,
    rows: readonly (number | undefined)[],
    { part: row, distance, measured, values }: ExplainResult['neighbours'][number],
  ): NeighbourView[] {
    const part = rows[row];
    if (part === undefined) return [];
    const { modality } = found;
    const value = measured ? store.datasets.measurements(part).get(modality) : undefined;
    return [
      {
        part,
        id: store.datasets.part(part)!.name,
        distance,
        reconstructed: madeView(modalityOf(plan, modality), Float32Array.from(values), found),
        measured: value === undefined ? null : measuredView(part, modality, value),
      },
    ];
  }

  return {
    'review.explain': async ({ part, modality, region }): Promise<ExplanationView> => {
      const { question, found, plan } = questionAbout({ part, modality });
      const written = [...store.datasets.measurements(part)].filter(([, value]) => typeof value === 'string');
      const texts = Object.fromEntries(written) as Record<string, string>;
      const answer = await inspector.ask({
        ...question,
        kind: 'explain',
        ...(region && { region }),
        texts,
        neighbours: shownNeighbours,
      });
      const rows = store.datasets.partsByRow();
      return {
        part,
        modality,
        modelVersion: found.modelVersion,
        region,
        value: answer.value,
        usual: answer.baselineValue,
        sources: answer.sources.map((source) => sourceReason(plan, texts, answer.units, source)),
        residue: answer.residue,
        strongest: answer.units
          .toSorted((a, b) => Math.abs(b.attribution) - Math.abs(a.attribution))
          .slice(0, shownUnits),
        agreement: answer.agreement,
        neighbours: answer.neighbours.flatMap((neighbour) => neighbourView(plan, found, rows, neighbour)),
      };
    },

    'review.whatIf': async ({ part, modality, changes }): Promise<WhatIfView> => {
      const { question, found, plan } = questionAbout({ part, modality });
      const answer = await inspector.ask({
        ...question,
        kind: 'what-if',
        changes: changes.map((change) => inModelUnits(plan, change)),
      });
      return {
        reconstructed: madeView(modalityOf(plan, modality), Float32Array.from(answer.values), found),
        change: answer.change,
        beyond: answer.beyond,
      };
    },
  };
}

/** The part's row in the data sets in use, one after the other. */
function rowOf({ datasets }: Store, id: number): number | undefined {
  const part = datasets.part(id);
  const active = datasets.active();
  const own = active.findIndex((dataset) => dataset.id === part?.dataset);
  if (!part || own < 0) return undefined;
  return active.slice(0, own).reduce((sum, { rows }) => sum + rows, part.position);
}

type Change = CheckedInput<'review.whatIf'>['changes'][number];

/** A signal's change in its unit as the model counts it; more than its whole range is its whole range. */
function inModelUnits(plan: Plan, change: Change): Change {
  if ('words' in change) return change;
  const entry = modalityOf(plan, change.modality);
  const span = entry.kind === 'signal' ? entry.range[1] - entry.range[0] : 1;
  return { ...change, by: Math.min(1, Math.max(-1, change.by / span)) };
}

function wordWeights(modality: string, units: ExplainResult['units']): Map<string, number> {
  return new Map(
    units.flatMap((unit) =>
      unit.modality === modality && unit.label.kind === 'word'
        ? [[unit.label.word, unit.attribution] as const]
        : [],
    ),
  );
}
