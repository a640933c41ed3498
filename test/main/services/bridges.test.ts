import { join as joinPath } from 'node:path';
import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { openStore } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { startHeadquarters } from '../support/tested-headquarters.ts';
import { importFolder, join, openWorkstation, stateWhere } from '../support/workstation.ts';

const plan = {
  ...tinyPlan,
  training: { batch: 16, localEpochs: 10, learningRate: 0.01 },
  research: { betaWarmupRounds: 0 },
  stages: ['generators', 'mappings', 'completion'].map((stage) => ({ stage, rounds: 1 })),
};

it('a pair that no plant measured is marked in the model, in each reconstruction and in its picture', async () => {
  const root = temporaryFolder();
  const headquarters = await startHeadquarters(joinPath(root, 'hq'), plan);
  const opened = async (name: string, has: readonly string[]) => {
    const workstation = await openWorkstation(joinPath(root, name));
    await join(workstation, await headquarters.invite(name), has);
    await importFolder(workstation, await writePlant(joinPath(root, `data-${name}`), has, 24, name));
    return workstation;
  };
  const hanoi = await opened('Hanoi', ['gauge', 'note']);
  const porto = await opened('Porto', ['camera', 'note']);
  for (const { api } of [hanoi, porto]) await api['round.join']({});
  await stateWhere(hanoi, ({ participating }) => !participating);

  const { items } = await hanoi.api['review.queue']({ undecidedOnly: false, modality: 'camera' });
  const shown = await hanoi.api['review.part']({ part: items[0]!.part, modality: 'camera' });
  const through = Object.fromEntries(shown.sources.map((source) => [source.modality, source.through]));
  expect(through).toEqual({ gauge: 'note', note: undefined });
  if (shown.reconstructed.kind !== 'image') throw new Error('a camera is an image');
  const { text } = decode((await hanoi.image(shown.reconstructed.src))!.bytes);
  expect(text.Warning).toBe('bridge: gauge through note; no plant measured camera with it');

  const why = await hanoi.api['review.explain']({ part: shown.part, modality: 'camera', region: null });
  expect(why.sources.map(({ modality }) => modality)).toEqual(['gauge', 'note']);
  const attributed = why.sources.reduce((sum, { attribution }) => sum + attribution, 0);
  expect(attributed + why.residue).toBeCloseTo(why.value - why.usual, 3);
  const [gauge, note] = why.sources.map(({ detail }) => detail);
  expect(gauge).toMatchObject({ kind: 'signal', weights: expect.objectContaining({ length: 4 }) });
  if (note?.kind !== 'text') throw new Error('a note is a text');
  expect(note.segments.map(({ text }) => text).join('')).toMatch(/^bar at place/);
  expect(note.words.slice(0, 3)).toEqual(['bar', 'at', 'place']);
  const own = new Set(items.map(({ part }) => part).filter((part) => part !== shown.part));
  expect(why.neighbours).toHaveLength(3);
  for (const { part, measured } of why.neighbours) expect([own.has(part), measured]).toEqual([true, null]);

  const changes = [{ modality: 'gauge', first: 0, last: 3, by: 3 }];
  const other = await hanoi.api['review.whatIf']({ part: shown.part, modality: 'camera', changes });
  expect(other.change).toBeGreaterThan(0);
  if (other.reconstructed.kind !== 'image') throw new Error('a camera is an image');
  const drawn = decode((await hanoi.image(other.reconstructed.src))!.bytes);
  expect(drawn.text.Title).toBe('FedRecon reconstruction: not a measurement');

  await hanoi.close();
  const store = await openStore(joinPath(root, 'Hanoi'));
  const { manifest } = store.models.newest()!;
  const { backing } = manifest;
  // A model that was here before, whole: what it makes of the part can be looked at beside.
  store.models.add({ ...manifest, version: 0 });
  store.close();
  expect(backing['mapping/camera←gauge']).toMatchObject({ measured: 0, bridge: 'note' });
  expect(backing['mapping/camera←note']).toMatchObject({ bridge: null });
  expect(backing['mapping/camera←note']!.measured).toBeGreaterThan(0);

  const again = await openWorkstation(joinPath(root, 'Hanoi'));
  const former = await again.api['review.former']({ part: shown.part, modality: 'camera' });
  expect(former!.modelVersion).toBeLessThan(shown.modelVersion);
  if (former?.reconstructed.kind !== 'image') throw new Error('a camera is an image');
  const before = decode((await again.image(former.reconstructed.src))!.bytes);
  expect(before.text).toMatchObject({
    Title: 'FedRecon reconstruction: not a measurement',
    Source: `reconstructed by FedRecon Workstation, model version ${former.modelVersion}`,
  });
});
