import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../main/api/format.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { temporaryFolder } from '../support/folders.ts';
import { shapeChannels, shapeFolder, shapeOf, writeShapePlant } from '../support/shape-plant.ts';
import { jobEnd, openWorkstation } from '../support/workstation.ts';

const names: string[] = shapeChannels.map(({ name }) => name);
const spans = shapeChannels.map(({ range: [low, high] }) => high - low);
/** Nothing tells the lot. */
const told = names.filter((name) => name !== 'lot');

describe('a signal of unlike channels', () => {
  it('is read, reconstructed from a picture channel by channel, judged by channel, explained, changed in its units and exported', async () => {
    const root = temporaryFolder();
    const { api } = await openWorkstation(await shapeFolder(root, await newPostgresDatabase()));
    const state = await api['workstation.state']({});
    const view = state.federation!.plan.modalities.at(-1)!;
    expect(view).toMatchObject({ name: 'shape', length: 6, signalChannels: shapeChannels });
    expect(view).not.toHaveProperty('range');
    expect(view).not.toHaveProperty('places');
    const { columns } = await api['data.preview']({ folder: joinPath(root, 'data') });
    expect(columns.slice(2).map(({ name, role }) => [name, role])).toEqual(
      names.map((name, place) => [name, `shape:${place + 1}`]),
    );

    // Judged channel by channel, the worst first: what nothing tells is named, all else is better than its mean.
    const card = await api['models.card']({ version: 2 });
    const judged = card.targets.find(({ modality }) => modality === 'shape')!;
    expect(judged.channels.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(judged.channels.map(({ r2 }) => r2)).toEqual(
      judged.channels.map(({ r2 }) => r2).toSorted((a, b) => a - b),
    );
    expect(judged.channels.filter(({ better }) => !better).map(({ name }) => name)).toEqual(['lot']);
    for (const { name, r2 } of judged.channels)
      if (told.includes(name)) expect(r2, name).toBeGreaterThan(0.5);
    expect(judged.leading).toMatchObject({ name: 'error', unit: '%' });
    expect(card.targets.find(({ modality }) => modality === 'camera')!.channels).toEqual([]);

    // Reconstructed: each in its own unit and near the truth, 100,000.0 … 100,001.0 among them; a caution names the lot.
    const queue = await api['review.queue']({ modality: 'shape', undecidedOnly: false });
    expect(queue.total).toBe(30);
    const errors = names.map(() => 0);
    for (const { part, id } of queue.items) {
      const { reconstructed, weakChannels } = await api['review.part']({ part, modality: 'shape' });
      expect(weakChannels).toEqual(['lot']);
      if (reconstructed.kind !== 'signal') throw new Error('a shape is a signal');
      for (const [place, value] of shapeOf(Number(id.slice(1))).entries())
        errors[place]! += Math.abs(reconstructed.values[place]! - value) / queue.total;
    }
    for (const [place, name] of names.entries())
      if (told.includes(name)) expect(errors[place]! / spans[place]!, name).toBeLessThan(0.15);

    // A source: each channel is weighed by its name, and moved in its own unit.
    const pictures = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    const { part } = pictures.items[0]!;
    const { measured } = await api['review.part']({ part, modality: 'camera' });
    const [{ value }] = measured as [(typeof measured)[number]];
    if (value.kind !== 'signal') throw new Error('a shape is a signal');
    const { values } = value;
    expect(values[3]).toBeGreaterThanOrEqual(100_000);
    expect(values[3]! % 1).toBeGreaterThan(0);
    const explanation = await api['review.explain']({ part, modality: 'camera', region: null });
    const labels = explanation.strongest.map(({ label }) => label);
    expect(labels).toContainEqual({ kind: 'channels', first: 1, last: 1, name: 'area' });
    const moved = async (first: number, by: number) =>
      (
        await api['review.whatIf']({
          part,
          modality: 'camera',
          changes: [{ modality: 'shape', first, last: first, by }],
        })
      ).change;
    const [inArea, inDistance] = [await moved(0, -8800), await moved(3, -0.5)];
    expect(inArea).toBeGreaterThan(0.01);
    expect(inDistance).toBeGreaterThan(0.01);
    // Half a nanometre is half its range, and next to nothing of an area.
    expect(await moved(0, -0.5)).toBeLessThan(inArea / 100);
    await expect(
      api['review.whatIf']({
        part,
        modality: 'camera',
        changes: [{ modality: 'shape', first: 0, last: 1, by: 1 }],
      }),
    ).rejects.toMatchObject({ code: 'request-invalid' });

    // A channel alone is asked about.
    const lacking = queue.items[0]!.part;
    const asked = await api['review.explain']({
      ...{ part: lacking, modality: 'shape' },
      region: { left: 1, top: 0, width: 1, height: 1 },
    });
    expect(Number.isFinite(asked.value)).toBe(true);

    // Exported by name and unit.
    await api['people.enter']({ person: { name: 'Mori', role: 'engineer' } });
    const folder = joinPath(root, 'out');
    await mkdir(folder);
    await api['review.export']({ modality: 'shape', parts: [lacking], folder });
    const [exported] = await readdir(folder);
    const [row] = parse(await readFile(joinPath(folder, exported!, 'shape.csv'), 'utf8'), {
      columns: true,
      bom: true,
    }) as Record<string, string>[];
    expect(Object.keys(row!)).toEqual(
      expect.arrayContaining(['shape: area [px]', 'shape: holes', 'shape_low: distance [nm]']),
    );
    expect(Number(row!['shape: distance [nm]'])).toBeGreaterThan(99_999.5);
    expect(Number(row!['shape: distance [nm]'])).toBeLessThan(100_001.5);
  });

  it('is found in a folder that nobody joined with, and its quality told by channel', async () => {
    const root = temporaryFolder();
    const workstation = await openWorkstation(joinPath(root, 'workstation'));
    const { api } = workstation;
    const columns = names.map((_, place) => `shape_${place + 1}`);
    const folder = await writeShapePlant(joinPath(root, 'data'), 240, columns);
    const ended = jobEnd(workstation, 'pilot');
    await api['pilot.start']({ folder, minutes: 0.02, lines: [10] });
    expect((await ended).state).toBe('done');
    await api['people.enter']({ person: { name: 'Mori', role: 'engineer' } });
    const { report } = await api['pilot.state']({});
    const { quality, data, rules, findings } = report!;
    const values = data.modalities.find(({ label }) => label.en === 'shape')!;
    expect(values.profile!.map(({ name }) => name)).toEqual(columns);
    const { low, high } = values.profile![3]!;
    expect(low).toBeGreaterThan(99_999.9);
    expect(high).toBeLessThan(100_001.1);
    expect(findings.filter(({ title }) => title.en.includes('one range'))).toEqual([]);
    const judged = quality.modalities.find(({ label }) => label.en === 'shape')!;
    expect(judged.channels.map(({ name }) => name).toSorted()).toEqual(columns);
    const weak = judged.channels.filter(({ better }) => !better).map(({ name }) => name);
    for (const { name, r2 } of judged.channels) if (!weak.includes(name)) expect(r2).toBeGreaterThan(0);
    if (weak.length > 0) for (const name of weak) expect(judged.caution!.en).toContain(name);
    // A camera and six channels were judged.
    const camera = quality.modalities.find(({ label }) => label.en === 'camera')!;
    const better = 6 - weak.length + (camera.figures[0]!.better ? 1 : 0);
    expect(rules.map(({ fact }) => fact.en)).toContain(`${formatsOf('en').number(better)} of 7`);
  });
});
