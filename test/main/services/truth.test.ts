import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPromises } from '../../../main/services/promise-views.ts';
import { deleteExpired } from '../../../main/services/retention.ts';
import { createRouteRecords } from '../../../main/services/route-records.ts';
import { shownWidth } from '../../../main/services/trust-service.ts';
import { compareWithTruth, keepTruths } from '../../../main/services/truth-comparison.ts';
import { openStoreDatabase } from '../../../main/store/database.ts';
import { atOnce } from '../../../main/store/slices.ts';
import { databaseName, openStore, type Store } from '../../../main/store/store.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { adaptedWidening } from '../../../training/confidence/adaptive.ts';
import { confidenceAt } from '../../../training/confidence/record.ts';
import { decideOn } from '../support/deciding.ts';
import { temporaryFolder } from '../support/folders.ts';
import { beginImport } from '../support/imported.ts';
import { writePlant } from '../support/plants.ts';
import { addParts, enrol, type MadeOf, promisedFolder, reconstructAll, routes } from '../support/promised.ts';
import { calibrated } from '../support/trusted.ts';
import { importFolder, openWorkstation, stateWhere } from '../support/workstation.ts';

const names = Array.from({ length: 60 }, (_, part) => `P${part}`);

async function plant(): Promise<{ store: Store; of: MadeOf }> {
  const store = await openStore(temporaryFolder());
  let open = true;
  const close = () => {
    if (open) store.close();
    open = false;
  };
  onTestFinished(close);
  const of = enrol(store);
  await addParts(store, of, names, ['gauge', 'note']);
  return { store: { ...store, close }, of };
}

const widths = { camera: 64, gauge: 4, note: 64 } as const;

/** An import that measured one modality of parts, not in use yet. @param values of a part, by its place */
async function measured(
  store: Store,
  { hash }: MadeOf,
  modality: keyof typeof widths,
  parts: readonly string[],
  values: (part: number, place: number) => number,
) {
  const width = widths[modality];
  const data = Float32Array.from({ length: parts.length * width }, (_, index) =>
    values(Math.floor(index / width), index % width),
  );
  const { sha256 } = await store.files.put(
    encodeTensors({ [`${modality}/values`]: { shape: [parts.length, width], data } }),
  );
  const value =
    modality === 'gauge' ? [1, 2, 3, 4] : modality === 'note' ? 'bar' : { file: '/b.png', sha256 };
  const dataset = beginImport(store, {
    ...{ folder: '/later', planHash: hash, file: sha256 },
    parts: parts.map((name) => [name, { [modality]: value }]),
  });
  return { dataset, file: sha256 };
}

/** What an import does at its end. */
async function takeIn(store: Store, of: MadeOf, { dataset, file }: { dataset: number; file: string }) {
  const lines: string[] = [];
  const truths = await compareWithTruth(store, of, dataset, file, ({ code }) => lines.push(code));
  store.transaction(() => {
    atOnce(store.imports.activate(dataset));
    keepTruths(store, truths, file);
  });
  return { truths, lines };
}

describe('what is measured after it was reconstructed', () => {
  it('is compared with what was on show: the error, the share outside the range, what was said', async () => {
    const { store, of } = await plant();
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    // Every fourth value is two deviations off, more than the range's 1.6; the others fit.
    const later = await measured(store, of, 'camera', ['P1', 'new', 'P0'], (_, place) =>
      place % 4 === 0 ? 0.5 : 0.3,
    );
    const { truths } = await takeIn(store, of, later);
    expect(truths.map(({ partName }) => partName)).toEqual(['P1', 'P0']);
    const [first, second] = truths as [(typeof truths)[0], (typeof truths)[0]];
    expect(Math.exp(first.logError)).toBeCloseTo(0.1, 6);
    expect(first).toMatchObject({ route: routes[0], modelVersion: 3, missed: 0.25, deviation: 0.3 });
    const tolerance = Math.exp(calibrated.usual.centre + 0.84 * calibrated.usual.spread);
    expect(first.tolerance).toBeCloseTo(tolerance, 9);
    const expected = { logError: Math.log(0.1), deviation: 0.3 };
    expect(first.confidence).toBeCloseTo(confidenceAt(calibrated, expected, tolerance), 6);
    expect(first.widening).toBeCloseTo(adaptedWidening(1, 0.25, 0.1), 9);
    expect(second.widening).toBeCloseTo(adaptedWidening(first.widening!, 0.25, 0.1), 9);
    expect(store.reconstructions.summary()).toMatchObject({ parts: 58 });
    expect(store.log.latest('truth.arrived')).toMatchObject({
      object: later.file,
      detail: { modality: 'camera', parts: 2, models: [3], withRange: 2, missed: 0.25, promised: 0.1 },
    });
    expect((await store.log.verify()).brokenAt).toBeNull();
  });

  it('changes width and confidence of all that is reconstructed by the same route, and of nothing else', async () => {
    const { store, of } = await plant();
    const recordsNow = async () => {
      const { file, assessment } = store.reconstructions.queue('camera')[0]!;
      const records = await createRouteRecords(store)(file);
      const expected = { logError: -2.3, deviation: 0.3 };
      const likely = (route: string) => confidenceAt(records.get(route)!, expected, 0.12);
      return { width: shownWidth(assessment, records)!, likely: likely(routes[0]), other: likely(routes[1]) };
    };
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    const before = await recordsNow();
    expect(before.width).toBe(1.6);
    const later = await measured(store, of, 'camera', names.slice(0, 40), (_, place) =>
      place % 2 === 0 ? 0.55 : 0.3,
    );
    const { truths } = await takeIn(store, of, later);
    const after = await recordsNow();
    const { widening } = truths.at(-1)!;
    expect(after.width).toBeCloseTo(1.6 * widening!, 9);
    // Half of the values are 2.5 deviations off: once the range reaches so far nothing is missed, and it stays about there.
    expect(after.width).toBeGreaterThan(2.3);
    expect(after.width).toBeLessThan(2.7);
    expect(after.likely).toBeLessThan(before.likely - 0.1);
    expect(after.other).toBe(before.other);
    // Another model by the same route begins where this one ended.
    await reconstructAll(store, of, 'camera', { route: routes[0], modelVersion: 4 });
    expect((await recordsNow()).width).toBeCloseTo(after.width, 9);
  });

  it('tells of signals as of images; words have a confidence and no range; without calibration there is only an error', async () => {
    const { store, of } = await plant();
    await reconstructAll(store, of, 'gauge', { route: routes[1] });
    const gauge = await takeIn(store, of, await measured(store, of, 'gauge', ['P0'], () => 0.5));
    expect(gauge.truths).toMatchObject([{ modality: 'gauge', missed: 1 }]);
    await reconstructAll(store, of, 'note', { route: routes[2] });
    const note = await takeIn(store, of, await measured(store, of, 'note', ['P1'], () => 1));
    expect(note.truths).toMatchObject([{ modality: 'note', route: routes[2], missed: null, widening: null }]);
    expect(note.truths[0]!.confidence).toBeGreaterThan(0);
    expect(note.truths[0]!.logError).toBeCloseTo(Math.log(-Math.log(0.3)), 5);
    await reconstructAll(store, of, 'camera', {});
    const camera = await takeIn(store, of, await measured(store, of, 'camera', ['P2'], () => 0.5));
    expect(camera.truths).toMatchObject([{ route: null, confidence: null, missed: null, verdict: null }]);
    expect(store.truths.count()).toBe(3);
    expect(createPromises(store)().map(({ modality }) => modality)).toEqual(['gauge', 'note']);
  });

  it('does not judge a confidence that was not shown, because nothing like the part is known', async () => {
    const { store, of } = await plant();
    const familiarity = (position: number) => (position === 0 ? 0.001 : 0.5);
    await reconstructAll(store, of, 'camera', { route: routes[0], familiarity });
    const later = await measured(store, of, 'camera', ['P0', 'P1'], () => 0.3);
    const { truths } = await takeIn(store, of, later);
    expect(truths[0]).toMatchObject({ verdict: 'no-ground', confidence: null, missed: 0 });
    expect(store.truths.own(of.hash, routes[0], 9)).toMatchObject({
      parts: 2,
      surprises: [expect.any(Number)],
    });
    expect(createPromises(store)()[0]).toMatchObject({ likely: { parts: 1 }, range: { parts: 2 } });
  });

  it('counts a part once, however often it is measured, and never what retention has deleted', async () => {
    const { store, of } = await plant();
    const later = () => measured(store, of, 'camera', ['P0', 'P1'], () => 0.3);
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    await takeIn(store, of, await later());
    // The same measurement once more, as an import does that was killed after it had taken everything in.
    expect((await takeIn(store, of, await later())).truths).toEqual([]);
    // And once more after it had been reconstructed meanwhile.
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    expect((await takeIn(store, of, await later())).truths).toEqual([]);
    const other = await measured(store, of, 'camera', ['P2'], () => 0.3);
    deleteExpired(store, Date.now() + 400 * 86_400_000);
    expect((await takeIn(store, of, other)).truths).toEqual([]);
    expect(store.truths.count()).toBe(2);
  });

  it('changes nothing that it once wrote down', async () => {
    const { store, of } = await plant();
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    await takeIn(store, of, await measured(store, of, 'camera', ['P0'], () => 0.3));
    store.close();
    const database = openStoreDatabase(join(store.folder, databaseName));
    onTestFinished(() => database.close());
    for (const change of ['update truths set missed = 0', 'delete from truths'])
      expect(() => database.run(change)).toThrow(/append-only/);
  });

  it('takes the measurement in where the reconstruction cannot be read any more', async () => {
    const { store, of } = await plant();
    await reconstructAll(store, of, 'camera', { route: routes[0] });
    await store.files.collect(new Set(), -1000);
    const later = await measured(store, of, 'camera', ['P0'], () => 0.3);
    expect(await takeIn(store, of, later)).toEqual({ truths: [], lines: ['tensors-invalid'] });
    expect(store.imports.list(9).map(({ id }) => id)).toContain(later.dataset);
  });
});

describe('a plant whose camera comes later', () => {
  it('imports what it measured, sees what became of the promises, and counts no part twice if it is killed', async () => {
    const folder = await promisedFolder(temporaryFolder(), 48);
    const first = await openWorkstation(folder);
    expect((await first.api['workstation.state']({})).promises).toEqual([]);
    const data = await writePlant(temporaryFolder(), ['camera', 'gauge', 'note'], 24);
    const { promises } = await importFolder(first, data);
    expect(promises).toHaveLength(1);
    const { modality, range, likely } = promises[0]!;
    expect(modality).toBe('camera');
    expect(range).toMatchObject({ parts: 24, held: 0.9, recent: { parts: 24 } });
    expect(range!.curve.map(({ part }) => part)).toEqual(Array.from({ length: 20 }, (_, place) => place + 5));
    expect(range!.curve.at(-1)!.inside).toBeCloseTo(range!.recent.inside, 12);
    // Dark pixels are up to 3 deviations off and bright ones more: it is seen that too many are outside, and answered.
    expect(range!.recent.inside).toBeLessThan(0.5);
    expect(range!.isBroken).toBe(true);
    expect(range!.widening).toBeGreaterThan(1.5);
    // And all are beyond the tolerance.
    expect(likely).toMatchObject({ parts: 24, cameTrue: 0, isBroken: true });

    const queue = await first.api['review.queue']({ modality: 'camera', undecidedOnly: false });
    expect(queue.total).toBe(24);
    const { part } = queue.items[0]!;
    const { trust, confidence } = await first.api['review.part']({ part, modality: 'camera' });
    expect(trust!.own).toEqual({ parts: 24, widening: range!.widening });
    expect(queue.items[0]!.confidence).toBe(confidence);
    expect(confidence).toBeLessThan(likely!.said / 2);
    expect((await first.api['trust.risk']({ modality: 'camera' })).points[0]!.threshold).toBeCloseTo(
      confidence,
      9,
    );
    await decideOn(first.api, { part, modality: 'camera', decision: 'accept' });
    const logged = async ({ api }: typeof first) =>
      (await api['log.list']({ limit: 50, text: '', actions: [] })).entries.map(({ action }) => action);
    const { entries } = await first.api['log.list']({ limit: 1, text: '', actions: [] });
    expect(entries[0]!.detail).toMatchObject({ confidence });
    // What is exported says the same.
    await first.api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    const folderOut = temporaryFolder();
    const { path } = await first.api['review.export']({
      modality: 'camera',
      parts: [part],
      folder: folderOut,
    });
    const { reconstructions } = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    expect(reconstructions[0]).toMatchObject({ confidence, decision: { decision: 'accept' } });
    await first.close();

    // As a kill leaves it between the import's last transaction and its end: it is done again.
    const store = await openStore(folder);
    const columns = { id: 'id', camera: 'camera', gauge: 'gauge', note: 'note' };
    const by = { name: '', role: 'unnamed' };
    const request = { folder: data, manifest: 'parts.csv', columns, by };
    store.jobs.start({ id: 'again', kind: 'import', request });
    store.close();
    const second = await openWorkstation(folder);
    const state = await stateWhere(second, ({ job }) => job?.kind === 'import' && job.state === 'done');
    expect(state.data.parts).toBe(48);
    expect(state.promises).toEqual(promises);
    expect((await logged(second)).filter((action) => action === 'truth.arrived')).toHaveLength(1);
  });
});
