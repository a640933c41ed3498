import { randomUUID } from 'node:crypto';
import { learnedBridges } from '../../protocol/backing.ts';
import { hasPlaces, hasRange } from '../../protocol/kinds/index.ts';
import { spanAt } from '../../protocol/kinds/scaling.ts';
import type { ModelManifest } from '../../protocol/messages.ts';
import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import { servingModules } from '../../protocol/serving.ts';
import type { ExplainResult } from '../../training/process/messages.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type {
  ExplanationView,
  FormerView,
  NeighbourView,
  SourceReason,
  WhatIfView,
} from '../api/views/explanation.ts';
import type { ValueView } from '../api/views.ts';
import type { Inspector } from '../jobs/inspector.ts';
import { workstationKind } from '../kinds/index.ts';
import type { WeightMap } from '../kinds/kind.ts';
import { signedMap } from '../pictures/heat-map.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { Reconstruction } from '../store/reconstructions.ts';
import { pick } from '../sync/fetch-model.ts';
import { type Context, enrolled } from './context.ts';
import { dataInUse } from './data-view.ts';
import { badge, png, shaped } from './images.ts';
import type { MadePictures } from './made-pictures.ts';
import { partUnknown } from './part-unknown.ts';
import { reconstructable } from './reconstructable.ts';
import { measuredView } from './review-service.ts';
import { createVocabulary } from './vocabulary.ts';

/** Number of units that are named, and of own parts that are shown. */
const shownUnits = 8;
const shownNeighbours = 3;

/** Answers why a part was reconstructed as it was, what would change it, and what the model before makes of it. */
export function reasonsService(
  { store }: Context,
  inspector: Inspector,
  pictures: MadePictures,
): Pick<Api, 'review.explain' | 'review.whatIf' | 'review.former'> {
  const vocabulary = createVocabulary(store);

  /** Fields that every question about a part has. @throws FedReconError `part-unknown`, `no-data` */
  async function questionAbout({ part, modality }: { part: number; modality: string }) {
    const { plan, has } = enrolled(store);
    const found = store.reconstructions.get(part, modality);
    const model = found && store.models.get(found.modelVersion);
    const data = found && model ? await dataInUse(store) : undefined;
    const row = data?.parts.indexOf(part) ?? -1;
    if (!found || !model || !data || row < 0) throw partUnknown(plan, part, modality);
    const through = found.sources.flatMap(({ modality: source, through }) =>
      through === undefined ? [] : [[source, through] as const],
    );
    return {
      found,
      plan,
      rows: data.parts,
      question: {
        id: randomUUID(),
        plan,
        // Questions must be answered while a round has the fast device and the other cores.
        engine: { engine: 'onnx', device: 'cpu', threads: 1 },
        datasets: data.datasets,
        ...modulesOf(model.manifest, { plan, has }),
        through: Object.fromEntries(through),
        modality,
        part: row,
      },
    } as const;
  }

  /** Modules of a model that serve at this plant, and the bridges that it learned. */
  function modulesOf({ serving, backing }: ModelManifest, { plan, has }: Pick<Enrolment, 'plan' | 'has'>) {
    return {
      modules: store.files.paths(pick(serving, servingModules(plan, has))),
      bridges: learnedBridges(backing),
    };
  }

  /** The newest model before one that made something of a modality, and is still here as a whole; undefined without one. */
  async function modelBefore({ modelVersion, modality }: Reconstruction): Promise<ModelManifest | undefined> {
    const enrolment = enrolled(store);
    for (const { manifest } of store.models.list()) {
      const isFit =
        manifest.version < modelVersion &&
        manifest.planHash === enrolment.planHash &&
        reconstructable(enrolment, manifest).includes(modality);
      if (!isFit) continue;
      const modules = pick(manifest.serving, servingModules(enrolment.plan, enrolment.has));
      const areHere = await Promise.all(modules.map(([, { sha256 }]) => store.files.has(sha256)));
      if (areHere.every(Boolean)) return manifest;
    }
    return undefined;
  }

  /** View of a value that a model made for the answer. */
  function madeView(
    modality: Modality,
    values: readonly number[],
    found: Reconstruction,
  ): Promise<ValueView> {
    const made = Float32Array.from(values);
    const picture = () => {
      if (!hasPlaces(modality)) throw new Error(`${modality.name} is no picture`);
      return png('reconstructions', shaped(modality, made), badge(found, 'reconstruction'));
    };
    return workstationKind(modality).drawn(modality, {
      isMeasured: false,
      src: () => pictures.add(picture()),
      values: async () => made,
      vocabulary,
    });
  }

  function sourceReason(
    plan: Plan,
    texts: Readonly<Record<string, string>>,
    units: ExplainResult['units'],
    { modality, attribution, change, share }: ExplainResult['sources'][number],
  ): SourceReason {
    const entry = modalityOf(plan, modality);
    return {
      ...{ modality, change, share },
      attribution: attribution.reduce((sum, value) => sum + value, 0),
      detail: workstationKind(entry).explained(entry, {
        ...{ attribution, units, drawMap },
        written: texts[modality] ?? '',
      }),
    };
  }

  function drawMap(weights: WeightMap, limit: number): string {
    const text = { Title: 'FedRecon attribution: not a measurement' };
    return pictures.add(png('reconstructions', signedMap(weights, limit), text));
  }

  /**
   * View of a neighbour; empty where its part was replaced.
   * @param rows ids of the parts in the rows of the data
   */
  async function neighbourView(
    plan: Plan,
    found: Reconstruction,
    rows: readonly number[],
    { part: row, distance, measured, values }: ExplainResult['neighbours'][number],
  ): Promise<NeighbourView[]> {
    const part = rows[row];
    const name = part === undefined ? undefined : store.parts.get(part)?.name;
    if (part === undefined || name === undefined) return [];
    const { modality } = found;
    const target = modalityOf(plan, modality);
    const value = measured ? store.parts.measurements(part).get(modality) : undefined;
    return [
      {
        part,
        id: name,
        distance,
        reconstructed: await madeView(target, values, found),
        measured: value === undefined ? null : measuredView(part, target, value),
      },
    ];
  }

  return {
    'review.explain': async ({ part, modality, region }): Promise<ExplanationView> => {
      const { question, found, plan, rows } = await questionAbout({ part, modality });
      const written = [...store.parts.measurements(part)].filter(([, value]) => typeof value === 'string');
      const texts = Object.fromEntries(written) as Record<string, string>;
      const answer = await inspector.ask({
        ...question,
        kind: 'explain',
        ...(region && { region }),
        texts,
        neighbours: shownNeighbours,
      });
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
        neighbours: (
          await Promise.all(answer.neighbours.map((neighbour) => neighbourView(plan, found, rows, neighbour)))
        ).flat(),
      };
    },

    'review.whatIf': async ({ part, modality, changes }): Promise<WhatIfView> => {
      const { question, found, plan } = await questionAbout({ part, modality });
      const answer = await inspector.ask({
        ...question,
        kind: 'what-if',
        changes: changes.map((change) => inModelUnits(plan, change)),
      });
      return {
        reconstructed: await madeView(modalityOf(plan, modality), answer.values, found),
        change: answer.change,
        beyond: answer.beyond,
      };
    },

    'review.former': async ({ part, modality }): Promise<FormerView | null> => {
      const { question, found, plan } = await questionAbout({ part, modality });
      const manifest = await modelBefore(found);
      if (!manifest) return null;
      const of = modulesOf(manifest, enrolled(store));
      const answer = await inspector.ask({ ...question, ...of, kind: 'what-if', changes: [] });
      const made = { ...found, modelVersion: manifest.version };
      return {
        modelVersion: manifest.version,
        reconstructed: await madeView(modalityOf(plan, modality), answer.values, made),
      };
    },
  };
}

type Change = CheckedInput<'review.whatIf'>['changes'][number];

/** Change in the model's unit; that of a signal is cut at its whole range. */
function inModelUnits(plan: Plan, change: Change): Change {
  if (!('by' in change)) return change;
  const modality = modalityOf(plan, change.modality);
  const span = hasRange(modality) ? spanAt(modality, change.first) : 1;
  return { ...change, by: Math.min(1, Math.max(-1, change.by / span)) };
}
