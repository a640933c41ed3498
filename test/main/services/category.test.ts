import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { parse } from 'csv-parse/sync';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { temporaryFolder } from '../support/folders.ts';
import { materialFolder, writeMaterialPlant } from '../support/material-plant.ts';
import { jobEnd, openWorkstation } from '../support/workstation.ts';

describe('a category', () => {
  it('is read, reconstructed from a gauge, a source of pictures, explained, changed in thought, evaluated and exported', async () => {
    const root = temporaryFolder();
    const { api } = await openWorkstation(await materialFolder(root, await newPostgresDatabase()));
    const state = await api['workstation.state']({});
    expect(state.federation!.plan.modalities.at(-1)).toMatchObject({
      ...{ name: 'material', kind: 'category', values: ['steel', 'brass', 'plastic'], list: 'growing' },
    });
    const { columns } = await api['data.preview']({ folder: joinPath(root, 'data') });
    expect(columns.find(({ name }) => name === 'material')).toMatchObject({ role: 'material' });

    // Reconstructed: the shares of all values, and of what nobody listed, sum to 1; the gauge tells the material.
    const queue = await api['review.queue']({ modality: 'material', undecidedOnly: false });
    expect(queue.total).toBe(19);
    let right = 0;
    for (const { part, id } of queue.items) {
      const { reconstructed, measured } = await api['review.part']({ part, modality: 'material' });
      if (reconstructed.kind !== 'category') throw new Error('a material is a category');
      const { shares } = reconstructed;
      expect(shares!.map(({ value }) => value).toSorted()).toEqual(['brass', null, 'plastic', 'steel']);
      expect(shares!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4);
      expect(reconstructed.value).toBe(shares![0]!.value);
      expect(measured.map(({ modality }) => modality)).toContain('gauge');
      const bar = Number(id.slice(1)) % 8;
      right += Number(reconstructed.value === (bar < 3 ? 'steel' : bar < 6 ? 'brass' : 'plastic'));
    }
    expect(right / queue.total).toBeGreaterThan(0.6);

    // A source: what was written is shown as it stands, weighed, and exchanged in thought.
    const pictures = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    const parts = await Promise.all(
      pictures.items.map(({ part }) => api['review.part']({ part, modality: 'camera' })),
    );
    const withMaterial = parts.find(({ sources }) =>
      sources.some(({ modality }) => modality === 'material'),
    )!;
    const { part } = withMaterial;
    const written = withMaterial.measured.find(({ modality }) => modality === 'material')!.value;
    expect(written).toMatchObject({ kind: 'category', isListed: true });
    const explanation = await api['review.explain']({ part, modality: 'camera', region: null });
    const detail = explanation.sources.find(({ modality }) => modality === 'material')!.detail;
    expect(detail).toMatchObject({ kind: 'category', value: 'value' in written ? written.value : '' });
    expect(explanation.strongest.map(({ label }) => label.kind)).toContain('value');
    const other =
      'value' in written && written.value?.toLowerCase().startsWith('steel') ? 'plastic' : 'steel';
    const whatIf = (value: string) =>
      api['review.whatIf']({ part, modality: 'camera', changes: [{ modality: 'material', value }] });
    expect((await whatIf(other)).change).toBeGreaterThan(0);
    // Of a growing list anything may be asked; nobody knows it, and the answer says so.
    expect(Number.isFinite((await whatIf('wood')).change)).toBe(true);
    await expect(
      api['review.whatIf']({ part, modality: 'camera', changes: [{ modality: 'gauge', value: 'steel' }] }),
    ).rejects.toMatchObject({ code: 'request-invalid' });

    // Judged beside what was written: right values, and the share of the true one.
    const card = await api['models.card']({ version: 2 });
    const judged = card.targets.find(({ modality }) => modality === 'material')!;
    expect(judged.sets[0]!.scores.map(({ measure }) => measure.name)).toEqual(['accuracy', 'trueShare']);
    for (const { value } of judged.sets[0]!.scores) {
      expect(value.mean).toBeGreaterThan(0);
      expect(value.mean).toBeLessThanOrEqual(1);
    }
    expect(judged.worst[0]).toMatchObject({
      truth: { kind: 'category', isListed: true },
      reconstructed: {
        kind: 'category',
        shares: expect.arrayContaining([{ value: null, share: expect.any(Number) }]),
      },
    });

    // Exported as a table: the value, its share, and the share of each.
    await api['people.enter']({ person: { name: 'Mori', role: 'engineer' } });
    const folder = joinPath(root, 'out');
    await mkdir(folder);
    await api['review.export']({
      modality: 'material',
      parts: queue.items.map(({ part }) => part),
      folder,
    });
    const [exported] = await readdir(folder);
    const rows = parse(await readFile(joinPath(folder, exported!, 'material.csv'), 'utf8'), {
      columns: true,
      bom: true,
    }) as Record<string, string>[];
    expect(rows).toHaveLength(queue.total);
    for (const row of rows) {
      const columns = ['_share: steel', '_share: brass', '_share: plastic', '_share_unlisted'];
      const shares = columns.map((column) => Number(row[`material${column}`]));
      expect(row.material_listed).toBe(row.material === '' ? 'no' : 'yes');
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
      expect(Number(row.material_share)).toBe(Math.max(...shares));
    }
  });

  it('is judged by a pilot check on a folder that nobody joined with, on the page as in the report', async () => {
    const root = temporaryFolder();
    const workstation = await openWorkstation(joinPath(root, 'workstation'));
    const { api } = workstation;
    const folder = await writeMaterialPlant(joinPath(root, 'data'), 96);
    const ended = jobEnd(workstation, 'pilot');
    // Less time than a pass takes: both stages make one all the same.
    await api['pilot.start']({ folder, minutes: 0.0001, lines: [10] });
    expect((await ended).state).toBe('done');
    await api['people.enter']({ person: { name: 'Mori', role: 'engineer' } });
    const { report } = await api['pilot.state']({});
    const material = report!.data.modalities.find(({ name }) => name === 'material')!;
    // What one part alone has is no value of the list, and the cells of a value are counted together however they are written.
    expect(material.values).toEqual(
      expect.arrayContaining([
        { value: 'Brass', parts: 28, isListed: true },
        { value: 'titanium', parts: 1, isListed: false },
      ]),
    );
    expect(material.shown[0]).toMatchObject({ kind: 'category', share: 1 });
    expect(report!.findings.find(({ title }) => title.en.includes('titanium'))).toMatchObject({
      examples: [{ label: 'M1', shown: { kind: 'category', value: 'titanium' } }],
    });
    const quality = report!.quality.modalities.find(
      ({ figures }) => figures[0]!.measure.name === 'accuracy',
    )!;
    expect(quality.figures.map(({ measure }) => measure.name)).toEqual(['accuracy', 'trueShare']);
    const [example] = quality.examples;
    expect(example).toMatchObject({
      truth: { kind: 'category', share: 1 },
      reconstructed: { kind: 'category' },
    });

    const { file } = await api['pilot.save']({ language: 'en', folder: root });
    const pdf = await getDocumentProxy(new Uint8Array(await readFile(file)));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    expect(totalPages).toBe(1);
    expect(text).toContain('Right values (higher is better)');
    const { reconstructed } = example!;
    if (reconstructed.kind !== 'category') throw new Error('a material is a category');
    expect(text).toContain(`${reconstructed.value ?? '?'} ${Math.round(100 * reconstructed.share)} %`);
  });
});
