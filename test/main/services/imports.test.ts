import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../main/services/dispatch.ts';
import type { Workstation } from '../../../main/services/workstation.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writePlant } from '../support/plants.ts';
import { promisedFolder } from '../support/promised.ts';
import { importFolder, jobEnd, openWorkstation, stateWhere } from '../support/workstation.ts';

const columns = { id: 'id', gauge: 'gauge', note: 'note' };

/** A folder with a CSV of these rows. */
function folderOf(...rows: string[]): string {
  const folder = temporaryFolder();
  writeFileSync(joinPath(folder, 'parts.csv'), `${rows.join('\n')}\n`);
  return folder;
}

const first = () => folderOf('id,gauge,note', 'Q1,1 2 3 4,bar', 'Q2,1 2 3 4,bar', 'Q3,,bar');
/** Q1 is measured again, Q2 empty, Q3 unreadable, Q4 new; Q5 is empty and not known. */
const second = () => folderOf('id,gauge', 'Q1,5 6 7 8', 'Q2,', 'Q3,1 x 3 4', 'Q4,1 1 1 1', 'Q5,');

async function importNow(workstation: Workstation, folder: string, empty: 'keep' | 'remove', note = false) {
  const done = jobEnd(workstation, 'import');
  await workstation.api['data.import']({
    ...{ folder, manifest: 'parts.csv' },
    columns: note ? columns : { id: 'id', gauge: 'gauge' },
    empty: { gauge: empty },
  });
  expect((await done).state).toBe('done');
  return (await workstation.api['data.imports']({ limit: 1 })).imports[0]!;
}

/** Names of parts with what is measured of them. */
async function held({ api }: Workstation) {
  const { parts } = await api['data.parts']({ text: 'Q', limit: 50 });
  return Object.fromEntries(parts.map(({ name, modalities }) => [name, modalities.join(' ')]));
}

describe('importing a part again', () => {
  it('is said beforehand in full: what is new, replaced, and what an empty cell would leave', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
    await importNow(workstation, first(), 'keep', true);
    const effect = await workstation.api['data.effect']({
      ...{ folder: second(), manifest: 'parts.csv', columns: { id: 'id', gauge: 'gauge' } },
    });
    expect(effect).toEqual({
      parts: { known: 3, new: 2 },
      modalities: [{ modality: 'gauge', added: 1, replaced: 1, blank: 1, unreadable: 0 }],
      ...{ read: 5, problemCount: 4 },
      problems: [
        { row: 3, column: '', error: expect.objectContaining({ code: 'part-empty' }) },
        { row: 4, column: 'gauge', error: expect.objectContaining({ code: 'number-invalid' }) },
        { row: 4, column: '', error: expect.objectContaining({ code: 'part-empty' }) },
        { row: 6, column: '', error: expect.objectContaining({ code: 'part-empty' }) },
      ],
    });
  });

  it('leaves what an empty cell does not name, unless a person chose that it goes; undoing restores it', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
    await importNow(workstation, first(), 'keep', true);
    const kept = await importNow(workstation, second(), 'keep');
    expect(kept).toMatchObject({
      ...{ partsNew: 1, partsKnown: 1, problems: 4, empty: { gauge: 'keep' } },
      modalities: [{ modality: 'gauge', added: 1, replaced: 1, removed: 0, stayed: 1, holds: 2 }],
    });
    expect(await held(workstation)).toEqual({ Q1: 'gauge note', Q2: 'gauge note', Q3: 'note', Q4: 'gauge' });
    const removed = await importNow(workstation, second(), 'remove');
    expect(removed.modalities).toMatchObject([{ added: 0, replaced: 2, removed: 1, stayed: 0 }]);
    expect(await held(workstation)).toEqual({ Q1: 'gauge note', Q2: 'note', Q3: 'note', Q4: 'gauge' });
    const { id } = (await workstation.api['data.parts']({ text: 'Q2', limit: 1 })).parts[0]!;
    expect((await workstation.api['data.part']({ part: id })).values).toMatchObject([
      {
        modality: 'gauge',
        value: null,
        history: [
          { import: removed.id, table: 'parts.csv', row: 3, isRemoval: true, holds: false },
          { table: 'parts.csv', row: 3, isRemoval: false, holds: false },
        ],
      },
      { modality: 'note', history: [{ holds: true }] },
    ]);
    expect(await workstation.api['data.undoing']({ import: removed.id })).toEqual({
      ...{ goes: 0, returns: 3, covered: 0 },
    });
    await workstation.api['data.undo']({ import: removed.id });
    expect(await held(workstation)).toEqual({ Q1: 'gauge note', Q2: 'gauge note', Q3: 'note', Q4: 'gauge' });
    await workstation.api['data.undo']({ import: kept.id });
    expect(await held(workstation)).toEqual({ Q1: 'gauge note', Q2: 'gauge note', Q3: 'note' });
  });

  it('changes nothing where all of it was here already, and says so', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
    const folder = first();
    await importNow(workstation, folder, 'keep', true);
    const before = await held(workstation);
    const again = await importNow(workstation, folder, 'keep', true);
    expect(again).toMatchObject({ partsNew: 0, partsKnown: 3 });
    expect(
      again.modalities.map(({ added, replaced, same, removed }) => [added, replaced - same, removed]),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(await held(workstation)).toEqual(before);
    // Ids that differ in their zeros are parts of their own, in one import as in two.
    await importNow(workstation, folderOf('id,gauge', 'Q001,1 2 3 4'), 'keep');
    await importNow(workstation, folderOf('id,gauge', 'Q01,5 6 7 8'), 'keep');
    expect(Object.keys(await held(workstation)).sort()).toEqual(['Q001', 'Q01', 'Q1', 'Q2', 'Q3']);
  });

  it('may consist of removals alone, where a person chose them and there is something to remove', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
    await importNow(workstation, first(), 'keep', true);
    const folder = folderOf('id,gauge', 'Q1,', 'Q2,x', 'Q9,');
    const input = { folder, manifest: 'parts.csv', columns: { id: 'id', gauge: 'gauge' } };
    expect(await workstation.api['data.effect'](input)).toMatchObject({
      parts: { known: 2, new: 1 },
      modalities: [{ modality: 'gauge', added: 0, replaced: 0, blank: 1, unreadable: 1 }],
    });
    const refused = async (folder: string, gauge: 'keep' | 'remove') => {
      const done = jobEnd(workstation, 'import');
      await workstation.api['data.import']({ ...input, folder, empty: { gauge } });
      return (await done).error?.code;
    };
    expect(await refused(folder, 'keep')).toBe('parts-none');
    expect(await refused(folderOf('id,gauge', 'Q8,', 'Q9,'), 'remove')).toBe('parts-none');
    const removed = await importNow(workstation, folder, 'remove');
    expect(removed).toMatchObject({ rows: 0, modalities: [{ added: 0, replaced: 0, removed: 2 }] });
    expect(await held(workstation)).toEqual({ Q1: 'note', Q2: 'note', Q3: 'note' });
    await workstation.api['data.undo']({ import: removed.id });
    expect(await held(workstation)).toEqual({ Q1: 'gauge note', Q2: 'gauge note', Q3: 'note' });
  });

  it('is done once when the app was killed after it had been done', async () => {
    const folder = await promisedFolder(temporaryFolder(), 4);
    const opened = await openWorkstation(folder);
    await importNow(opened, first(), 'keep', true);
    const job = (await opened.api['workstation.state']({})).job!;
    await opened.close();
    const store = await openStore(folder);
    const request = { folder: first(), manifest: 'parts.csv', columns, by: { name: '', role: 'unnamed' } };
    store.jobs.start({ id: job.id, kind: 'import', request });
    store.close();
    const again = await openWorkstation(folder);
    await stateWhere(again, (state) => state.job?.kind === 'import' && state.job.state === 'done');
    expect((await again.api['data.imports']({ limit: 9 })).total).toBe(2);
  });
});

describe('deleting', () => {
  it('takes values out of what the training process reads, and out of the files; the log keeps who and how many', async () => {
    const folder = await promisedFolder(temporaryFolder(), 4);
    const workstation = await openWorkstation(folder);
    await workstation.api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    await importNow(workstation, folderOf('id,gauge,note', 'Q1,9 9 9 9,bar', 'Q2,1 2 3 4,bar'), 'keep', true);
    const [q1, q2] = (await workstation.api['data.parts']({ text: 'Q', limit: 9 })).parts;
    const before = await workstation.api['workstation.state']({});
    expect(before.reconstructed).toMatchObject({ parts: 4 });
    expect(await workstation.api['data.delete']({ parts: [q1!.id], modalities: ['gauge'] })).toEqual({
      ...{ parts: 0, values: 1 },
    });
    expect(await workstation.api['data.delete']({ parts: [q2!.id] })).toEqual({ parts: 1, values: 2 });
    expect(await held(workstation)).toEqual({ Q1: 'note' });
    const { entries } = await workstation.api['log.list']({ limit: 9, text: '', actions: ['data.deleted'] });
    const deleted = entries.filter(({ action }) => action === 'data.deleted');
    expect(deleted).toMatchObject([
      { actor: { name: 'Lan' }, detail: { parts: 1, partsGone: 1, values: 2, names: ['Q2'] } },
      { actor: { name: 'Lan' }, detail: { parts: 1, partsGone: 0, modalities: { gauge: 1 }, names: ['Q1'] } },
    ]);
    await workstation.close();

    const store = await openStore(folder);
    const { file } = store.parts.place(store.parts.find('Q1')!.id, 'note')!;
    const bytes = readFileSync(store.files.path(file));
    // Q1's gauge was .9 of the range in the model's form: no such number is left.
    const nine = Buffer.from(Float32Array.of(0.9).buffer);
    expect(bytes.indexOf(nine)).toBe(-1);
    store.close();
  });

  it('of measurements that had come true of reconstructions lets them count no more', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 30));
    const data = await writePlant(temporaryFolder(), ['camera', 'gauge', 'note'], 24);
    expect((await importFolder(workstation, data)).promises[0]!.range!.parts).toBe(24);
    const { parts } = await workstation.api['data.parts']({ text: 'P', limit: 200 });
    const some = parts.filter(({ modalities }) => modalities.includes('camera')).slice(0, 4);
    await workstation.api['data.delete']({ parts: some.map(({ id }) => id), modalities: ['camera'] });
    const after = await workstation.api['workstation.state']({});
    expect(after.promises[0]!.range!.parts).toBe(20);
    const [newest] = (await workstation.api['data.imports']({ limit: 1 })).imports;
    await workstation.api['data.undo']({ import: newest!.id });
    expect((await workstation.api['workstation.state']({})).promises).toEqual([]);
  });

  it('and undoing go on at the next start where the app was killed in the middle', async () => {
    const folder = await promisedFolder(temporaryFolder(), 4);
    const opened = await openWorkstation(folder);
    const { id } = await importNow(opened, first(), 'keep', true);
    await opened.close();
    const by = { name: 'Lan', role: 'engineer' };
    const killed = [
      { kind: 'delete', request: { modalities: ['note'], by }, held: { Q1: 'gauge', Q2: 'gauge' } },
      { kind: 'undo', request: { import: id, by }, held: {} },
    ];
    for (const { kind, request, held: left } of killed) {
      const store = await openStore(folder);
      store.jobs.start({ id: kind, kind, request });
      const half = kind === 'undo' ? store.imports.undo(id) : store.parts.remove({ modalities: ['note'] });
      half.next();
      store.close();
      const again = await openWorkstation(folder);
      await stateWhere(again, ({ job }) => job?.id === kind && job.state === 'done');
      expect(await held(again)).toEqual(left);
      const { entries } = await again.api['log.list']({
        limit: 1,
        text: '',
        actions: ['data.undone', 'data.deleted'],
      });
      expect(entries).toMatchObject([
        { action: `data.${kind === 'undo' ? 'undone' : 'deleted'}`, actor: by },
      ]);
      await again.close();
    }
  });

  it('that is stopped leaves the data as they were, and whoever asked for it is told', async () => {
    const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
    const { id } = await importNow(workstation, first(), 'keep', true);
    const before = await held(workstation);
    for (const change of [
      () => workstation.api['data.undo']({ import: id }),
      () => workstation.api['data.delete']({ all: true }),
    ]) {
      const refused = expect(change()).rejects.toMatchObject({ code: 'change-stopped' });
      await workstation.api['job.stop']({});
      await refused;
      expect(await held(workstation)).toEqual(before);
    }
    await workstation.api['data.undo']({ import: id });
    expect(await held(workstation)).toEqual({});
  });

  it('refuses what is not there', async () => {
    const { api } = await openWorkstation(await promisedFolder(temporaryFolder(), 2));
    const refusal = async (name: string, input: unknown) => {
      const answer = await dispatch(api, name, input);
      return answer.ok ? 'ok' : answer.error.code;
    };
    expect(await refusal('data.undo', { import: 99 })).toBe('import-unknown');
    expect(await refusal('data.part', { part: 99 })).toBe('part-gone');
    expect(await refusal('data.delete', { parts: [1], modalities: ['radar'] })).toBe('modality-unknown');
    expect(await refusal('data.delete', {})).toBe('request-invalid');
  });
});

it('problems are written as a table that a spreadsheet opens, by import', async () => {
  const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 2));
  const bad = await importNow(workstation, folderOf('id,gauge', 'Q1,1 x 3 4', 'Q2,1 2 3 4'), 'keep');
  const folder = temporaryFolder();
  const { path, entries } = await workstation.api['data.saveProblems']({
    ...{ folder, language: 'en', import: bad.id },
  });
  expect(entries).toBe(2);
  const lines = readFileSync(path, 'utf8').split('\r\n');
  expect(lines[0]).toBe('\ufeffFile,Row,Column,Code,Problem,What to do');
  expect(lines[1]).toContain('parts.csv,2,gauge,number-invalid');
});

it('coverage says by import which measurement is missing', async () => {
  const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 4));
  await importNow(workstation, first(), 'keep', true);
  const coverage = await workstation.api['data.coverage']({});
  expect(coverage.map(({ parts, counts }) => [parts, ...counts.map(({ missing }) => missing)])).toEqual([
    [3, 3, 1, 0],
    [4, 4, 0, 0],
  ]);
});

it('what is odd in the data is found again when data came, were taken back or deleted, and quotes nothing deleted', async () => {
  const workstation = await openWorkstation(await promisedFolder(temporaryFolder(), 30));
  const { api, idle } = workstation;
  const found = async () => {
    const { state, findings } = await api['data.findings']({});
    return { state, titles: findings.map(({ title }) => title.en).join('\n'), findings };
  };
  // Nobody has looked at these data yet: whoever asks starts it.
  expect(await found()).toMatchObject({ state: 'looking', findings: [] });
  await idle();
  const [first] = (await found()).findings.filter(({ title }) => title.en.includes('bar at place aa'));
  expect(first).toMatchObject({ severity: 'look', examples: [{ name: 'P0', row: 0, part: 1 }, {}, {}, {}] });

  const bad = await importNow(workstation, folderOf('id,gauge', 'Q1,1 x 3 4', 'Q2,1 2 3 4'), 'keep');
  await idle();
  const after = await found();
  expect(after.state).toBe('current');
  expect(after.findings[0]).toMatchObject({
    severity: 'repair',
    examples: [{ name: 'parts.csv', row: 2, part: null }],
  });
  expect(after.titles).toContain('Column “gauge”');

  await api['data.undo']({ import: bad.id });
  await idle();
  expect(await found()).toMatchObject({ state: 'current' });
  expect((await found()).titles).not.toContain('Column “gauge”');

  await api['data.delete']({ modalities: ['note'] });
  expect(await api['data.check']({ run: false })).toEqual({ state: 'none' });
  // Whoever stopped it is not asked again.
  expect(await found()).toMatchObject({ state: 'none', findings: [] });
  await api['data.check']({ run: true });
  await idle();
  expect(await found()).toMatchObject({ state: 'current' });
  expect((await found()).titles).not.toContain('bar at place aa');
});
