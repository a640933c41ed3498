import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import type { Workstation } from '../../../../main/services/workstation.ts';
import { databaseName } from '../../../../main/store/store.ts';
import { parsePlan } from '../../../../protocol/plan.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { writePlantWithModels } from '../../support/models.ts';
import { tinyPlan, writePlant } from '../../support/plants.ts';
import { importFolder, jobEnd, openWorkstation, stateWhere } from '../../support/workstation.ts';

const has = ['camera', 'gauge', 'note'];
const plan = parsePlan({ ...tinyPlan, evaluation: { holdOut: 0.5 }, policy: { adoption: 'signed' } });

/** Judges a version and waits for the end. */
async function evaluate(workstation: Workstation, version: number): Promise<void> {
  const ended = jobEnd(workstation, 'evaluate');
  await workstation.api['models.evaluate']({ version });
  expect((await ended).state).toBe('done');
}

const states = async ({ api }: Workstation) =>
  Object.fromEntries((await api['models.list']({})).versions.map(({ version, state }) => [version, state]));

it('a version is judged, signed, followed by another and gone back to, with nobody at headquarters', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'hanoi');
  await writePlantWithModels(folder, plan, has, { 1: 'mean', 2: 'poor', 3: 'mean' });
  let workstation = await openWorkstation(folder);
  let { api } = workstation;

  // New parts: the newest version is judged by itself, and waits for a person.
  const judged = stateWhere(workstation, ({ adoption }) => adoption.pending !== null);
  await importFolder(workstation, await writePlant(join(root, 'data'), has, 60, 'H', 6));
  expect((await judged).adoption).toEqual({
    inUse: null,
    isGenuine: true,
    pending: { version: 3, state: 'evaluated' },
  });
  expect((await judged).reconstructed).toBeNull();
  await expect(
    api['models.decide']({ version: 3, action: 'use', reason: '', acknowledged: false }),
  ).rejects.toMatchObject({ code: 'person-unknown' });

  // The card: what was hidden came back, and its worst cases are pictures.
  const card = await api['models.card']({ version: 3 });
  expect(card).toMatchObject({
    version: 3,
    reference: null,
    comparison: 'cannot-tell',
    unevaluated: [],
    leavesOpen: false,
  });
  expect(card.targets.map(({ modality, wanted }) => [modality, wanted])).toEqual([
    ['camera', true],
    ['gauge', false],
    ['note', false],
  ]);
  const [worst] = card.targets[0]!.worst;
  expect(worst).toMatchObject({ part: expect.stringMatching(/^H\d+$/), truth: { kind: 'image' } });
  for (const value of [worst!.truth, worst!.reconstructed]) {
    if (value.kind !== 'image') throw new Error('a camera sees images');
    const served = await workstation.image(value.src);
    expect(served!.shows).toBe(value === worst!.reconstructed ? 'reconstructions' : 'measurements');
    const { width, text } = decode(served!.bytes);
    expect(width).toBe(8);
    expect(JSON.stringify(text ?? {})).toContain(value === worst!.reconstructed ? 'not a measurement' : '{}');
  }
  expect(card.groups!.list.flatMap(({ words }) => words)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^([a-h])\1$/)]),
  );

  // Signed, it reconstructs.
  await api['people.enter']({ person: { name: 'Tran', role: 'engineer' } });
  let reconstructed = jobEnd(workstation, 'reconstruct');
  await api['models.decide']({ version: 3, action: 'use', reason: '', acknowledged: false });
  expect((await reconstructed).state).toBe('done');
  expect((await api['workstation.state']({})).reconstructed).toMatchObject({ modelVersion: 3, parts: 10 });

  // A worse one is held back by the workstation, and used only by a person who says why.
  await evaluate(workstation, 2);
  expect(await api['models.card']({ version: 2 })).toMatchObject({ reference: 3, comparison: 'worse' });
  expect(await states(workstation)).toEqual({ 1: 'received', 2: 'held', 3: 'in-use' });
  reconstructed = jobEnd(workstation, 'reconstruct');
  await api['models.decide']({ version: 2, action: 'use', reason: 'to see it', acknowledged: false });
  await reconstructed;
  expect((await api['workstation.state']({})).reconstructed?.modelVersion).toBe(2);

  // And back, with one call.
  reconstructed = jobEnd(workstation, 'reconstruct');
  await api['models.decide']({ version: 3, action: 'roll-back', reason: '', acknowledged: false });
  await reconstructed;
  expect(await states(workstation)).toEqual({ 1: 'received', 2: 'retired', 3: 'in-use' });
  expect((await api['workstation.state']({})).reconstructed?.modelVersion).toBe(3);
  const { entries } = await api['log.list']({ limit: 100, text: 'model.', actions: [] });
  expect(
    entries
      .map(({ action }) => action)
      .filter((action) => action.startsWith('model.'))
      .toReversed(),
  ).toEqual([
    'model.evaluated',
    'model.signed',
    'model.evaluated',
    'model.held',
    'model.signed',
    'model.rolled-back',
  ]);
  expect((await api['log.verify']({})).brokenAt).toBeNull();

  // When a part among a card's examples is deleted they go, and the card with its figures stays as it was signed.
  const { parts } = await api['data.parts']({ text: worst!.part, limit: 200 });
  const shown = parts.find(({ name }) => name === worst!.part)!;
  await api['data.delete']({ parts: [shown.id] });
  const later = await api['models.card']({ version: 3 });
  expect(later).toMatchObject({ hash: card.hash, examplesDeleted: true, groups: null });
  expect(later.targets.map(({ sets, worst: cases }) => [sets, cases])).toEqual(
    card.targets.map(({ sets }) => [sets, []]),
  );
  if (worst!.truth.kind === 'image') expect(await workstation.image(worst!.truth.src)).toBeUndefined();
  expect((await states(workstation))[3]).toBe('in-use');

  // A card that somebody changed is refused, and with it the model.
  await workstation.close();
  const database = new DatabaseSync(join(folder, databaseName));
  database.exec(
    `update model_cards set card = replace(card, '"comparison":"cannot-tell"', '"comparison":"better"')`,
  );
  database.close();
  workstation = await openWorkstation(folder);
  api = workstation.api;
  expect((await api['workstation.state']({})).adoption).toMatchObject({ inUse: 3, isGenuine: false });
  await expect(api['models.card']({ version: 3 })).rejects.toMatchObject({ code: 'model-card-changed' });
  expect((await api['models.list']({})).versions.find(({ version }) => version === 3)).toMatchObject({
    state: 'received',
    decision: { isGenuine: false },
  });
});
