import { settingNames } from '../../../main/services/context.ts';
import type { Assessment } from '../../../main/store/reconstructions.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { type Plan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { adaptedWidening } from '../../../training/confidence/adaptive.ts';
import { putImport } from './imported.ts';
import { planWith } from './reviewed.ts';
import { calibrated } from './trusted.ts';

/** Calibrated routes of the fixture; as in `calibrated`, intervals of 90 % are 1.6 deviations wide to each side. */
export const routes = ['camera←gauge+note', 'gauge←note', 'note←gauge'] as const;

export interface MadeOf {
  readonly plan: Plan;
  readonly hash: string;
}

const widths = { camera: 64, gauge: 4, note: 64 } as const;

/** Puts parts into use; all their values are zero. */
export async function addParts(
  store: Store,
  { hash }: MadeOf,
  names: readonly string[],
  has: readonly string[],
): Promise<void> {
  const present = { shape: [names.length], data: new Float32Array(names.length).fill(1) };
  const tensors = has.flatMap((name) => {
    const shape = [names.length, widths[name as keyof typeof widths]];
    const values = { shape, data: new Float32Array(shape[0]! * shape[1]!) };
    return [[`${name}/present`, present] as const, [`${name}/values`, values] as const];
  });
  const { sha256 } = await store.files.put(encodeTensors(Object.fromEntries(tensors)));
  const values = { gauge: [1, 2, 3, 4], note: 'bar at place aa', camera: { file: '/a.png', sha256 } };
  const held = Object.fromEntries(Object.entries(values).filter(([name]) => has.includes(name)));
  putImport(store, { planHash: hash, file: sha256, parts: names.map((name) => [name, held]) });
}

/** Reconstructs one modality of every part: every value `mean`, `sigma` off. @param route undefined: nobody calibrated it */
export async function reconstructAll(
  store: Store,
  { hash }: MadeOf,
  modality: string,
  {
    mean = 0.3,
    sigma = 0.1,
    modelVersion = 3,
    route,
    familiarity = () => 0.5,
  }: {
    mean?: number;
    sigma?: number;
    modelVersion?: number;
    route?: string;
    familiarity?: (position: number) => number;
  },
): Promise<void> {
  const width = widths[modality as keyof typeof widths];
  const parts = store.parts.byRow();
  const all = (value: number) => ({
    shape: [parts.length, width],
    data: new Float32Array(parts.length * width).fill(value),
  });
  const records = routes.map((name) => ({ ...calibrated, route: name }));
  const { sha256 } = await store.files.put(
    encodeTensors({ mean: all(mean), sigma: all(sigma) }, { modality, routes: JSON.stringify(records) }),
  );
  const assessment = (position: number): Assessment | undefined =>
    route === undefined
      ? undefined
      : { route, logError: Math.log(sigma), deviation: 0.3, familiarity: familiarity(position), alone: {} };
  const rows = parts.map((part, position) => ({
    ...{ part, position, values: '', confidence: 0.5, sources: [{ modality: 'gauge', share: 1 }] },
    assessment: assessment(position),
  }));
  const madeAt = new Date().toISOString();
  const scale = { sigmaLow: 0, sigmaHigh: 0.1 };
  store.reconstructions.replace([
    { modality, modelVersion, planHash: hash, file: sha256, madeAt, ...scale, rows },
  ]);
}

/**
 * Makes the data folder of a plant whose `parts` parts P0, P1, … have a gauge and a note, and a calibrated camera image
 * each.
 */
export async function promisedFolder(folder: string, parts: number): Promise<string> {
  const store = await openStore(folder);
  const of = enrol(store);
  store.settings.set(settingNames.devices, []);
  const names = Array.from({ length: parts }, (_, part) => `P${part}`);
  await addParts(store, of, names, ['gauge', 'note']);
  await reconstructAll(store, of, 'camera', { route: routes[0] });
  store.close();
  return folder;
}

/** Joins the tiny federation, whose aggregator is gone. */
export function enrol(store: Store): MadeOf {
  const plan = planWith();
  const hash = planHash(plan);
  store.enrolment.set({
    ...{ plant: '花井', plantId: 'plant-1', federation: 'federation-1', aggregator: 'https://127.0.0.1:9' },
    ...{ ca: '', planHash: hash, plan, has: ['gauge', 'note'], enrolledAt: new Date().toISOString() },
  });
  return { plan, hash };
}

/**
 * Makes a {@link promisedFolder} where 140 camera images came later: the first 90 as promised, the others with three
 * times as many values outside. Of all, four of five were within the tolerance.
 */
export async function laterMeasuredFolder(folder: string): Promise<string> {
  await promisedFolder(folder, 40);
  const store = await openStore(folder);
  const { planHash } = store.enrolment.get()!;
  let widening = 1;
  store.truths.add(
    Array.from({ length: 140 }, (_, place) => {
      const missed = (place < 90 ? 0.1 : 0.3) + 0.05 * Math.sin(place);
      widening = adaptedWidening(widening, missed, 0.1);
      return {
        ...{ at: new Date().toISOString(), planHash, partName: `L${place}`, modality: 'camera' },
        ...{ modelVersion: 3, route: routes[0], expected: -2.3, deviation: 0.3, tolerance: 0.12 },
        ...{ logError: place % 5 === 0 ? -2 : -2.4, verdict: 'check', confidence: 0.82, missed, widening },
        import: null,
      } as const;
    }),
  );
  store.close();
  return folder;
}
