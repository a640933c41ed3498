import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { PartDecision } from '../../../main/api/views.ts';
import { deleteExpired, lastDeletion } from '../../../main/services/retention.ts';
import { hashOf } from '../../../main/store/files.ts';
import { openStore } from '../../../main/store/store.ts';
import { decideOn } from '../support/deciding.ts';
import { temporaryFolder } from '../support/folders.ts';
import { planWith, reviewedFolder } from '../support/reviewed.ts';
import { openWorkstation } from '../support/workstation.ts';

const lan = { name: 'Lan', role: 'engineer' } as const;
const day = 86_400_000;

/** A workstation whose rounds are over, under a policy. */
async function reviewed(policy: object = {}) {
  const workstation = await openWorkstation(await reviewedFolder(temporaryFolder(), { policy }));
  const { api } = workstation;
  const decide = (part: number, decision: PartDecision | null, modality = 'camera') =>
    decideOn(api, { part, modality, decision, reason: decision === 'flag' ? 'wrong-shape' : '' });
  const logged = async () =>
    (await api['log.list']({ limit: 50, text: '', actions: [] })).entries.toReversed();
  return { ...workstation, decide, logged };
}

describe('what is decided', () => {
  it('stands in the log with who decided, why, and on what exactly', async () => {
    const { api, decide, logged } = await reviewed();
    await decide(1, 'accept');
    await api['people.enter']({ person: lan });
    await decide(1, 'flag');
    await decide(1, null);
    const entries = await logged();
    expect(entries.map(({ action, actor }) => [action, actor.name, actor.role])).toEqual([
      ['decision.accept', '', 'unnamed'],
      ['person.entered', 'Lan', 'engineer'],
      ['decision.flag', 'Lan', 'engineer'],
      ['decision.undo', 'Lan', 'engineer'],
    ]);
    const { confidence, modelVersion, reconstructedAt } = await api['review.part']({
      part: 1,
      modality: 'camera',
    });
    expect(entries[2]!.detail).toMatchObject({
      part: 'A',
      modality: 'camera',
      reason: 'wrong-shape',
      confidence,
      modelVersion,
      madeAt: reconstructedAt,
      sources: [{ modality: 'gauge', share: 1 }],
    });
    expect(entries[2]!.object).toMatch(/^[0-9a-f]{64}$/);
    expect(await api['log.verify']({})).toMatchObject({ entries: 4, brokenAt: null });
  });

  it('stays under the name it was permitted to, whoever enters theirs before it is done', async () => {
    const { api, logged } = await reviewed();
    await api['people.enter']({ person: lan });
    const shown = { part: 1, modality: 'camera' };
    const { reconstruction } = await api['review.part'](shown);
    const mai = { person: { name: 'Mai', role: 'operator' } } as const;
    const deciding = api['review.decide']({ ...shown, reconstruction, decision: 'accept', reason: '' });
    await api['people.enter'](mai);
    await deciding;
    await api['people.enter']({ person: lan });
    const writing = api['review.export']({ modality: 'camera', parts: [1], folder: temporaryFolder() });
    await api['people.enter'](mai);
    await writing;
    const sealing = api['log.export']({ folder: temporaryFolder() });
    await api['people.enter']({ person: null });
    await sealing;
    const acts = (await logged()).filter(({ action }) => !action.startsWith('person.'));
    expect(acts.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['decision.accept', 'Lan'],
      ['export.begun', 'Lan'],
      ['export.done', 'Lan'],
      ['log.exported', 'Mai'],
    ]);
  });

  it('is under nobody’s name once the shift of who entered theirs is over', async () => {
    const since = new Date(Date.now() - 13 * 3_600_000).toISOString();
    const adjust = (store: Awaited<ReturnType<typeof openStore>>) =>
      store.settings.set('person', { ...lan, since });
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder(), { adjust }));
    expect((await api['workstation.state']({})).person).toBeNull();
    await api['people.enter']({ person: lan });
    expect((await api['workstation.state']({})).person).toMatchObject(lan);
  });
});

describe('who may see reconstructions', () => {
  it('is asked for a name only where the plan does not let everyone', async () => {
    const { api, image } = await reviewed({ seenBy: ['engineer'] });
    const look = () => api['review.part']({ part: 1, modality: 'camera' });
    await expect(look()).rejects.toMatchObject({ code: 'person-unknown' });
    await api['people.enter']({ person: { name: 'Mai', role: 'operator' } });
    await expect(look()).rejects.toMatchObject({ code: 'policy-view' });
    expect(await image('/images/reconstruction/1/camera?model=3')).toBeUndefined();
    await api['people.enter']({ person: lan });
    expect((await look()).id).toBe('A');
    expect((await image('/images/reconstruction/1/camera?model=3'))!.type).toBe('image/png');
  });
});

describe('an export', () => {
  it('is refused to whoever the plan does not name, and the attempt is logged', async () => {
    const folder = temporaryFolder();
    const { api, logged } = await reviewed();
    const write = () => api['review.export']({ modality: 'camera', folder });
    await expect(write()).rejects.toMatchObject({ code: 'person-unknown' });
    await api['people.enter']({ person: { name: 'Mai', role: 'operator' } });
    await expect(write()).rejects.toMatchObject({ code: 'policy-export' });
    expect((await logged()).filter(({ action }) => action === 'export.refused')).toMatchObject([
      { actor: { role: 'unnamed' } },
      { actor: { name: 'Mai' }, detail: { modality: 'camera', reason: 'policy-export' } },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    const { api: closed } = await reviewed({ exportBy: [] });
    await closed['people.enter']({ person: { name: 'Ken', role: 'administrator' } });
    await expect(closed['review.export']({ modality: 'camera', folder })).rejects.toMatchObject({
      code: 'policy-export',
    });
  });

  it('of pictures holds what was decided on, its badges drawn in and its record inside', async () => {
    const folder = temporaryFolder();
    const { api, decide, logged } = await reviewed();
    await api['people.enter']({ person: lan });
    await expect(api['review.export']({ modality: 'camera', folder })).rejects.toMatchObject({
      code: 'export-empty',
    });
    await decide(1, 'accept');
    await decide(2, 'reject');
    await decide(3, 'flag');
    await decide(3, null);
    const { path, entries } = await api['review.export']({ modality: 'camera', folder });
    expect(entries).toBe(2);
    expect(readdirSync(folder)).toHaveLength(1);
    const manifestBytes = readFileSync(join(path, 'manifest.json'));
    const manifest = JSON.parse(manifestBytes.toString('utf8'));
    expect(manifest).toMatchObject({
      plant: '花井',
      exportedBy: lan,
      plan: { policy: { exportBy: ['engineer'] } },
    });
    expect(
      manifest.reconstructions.map((entry: Record<string, unknown>) => [entry.part, entry.file]),
    ).toEqual([
      ['A', '00001-A.png'],
      ['=B', '00002-_B.png'],
    ]);
    const bytes = readFileSync(join(path, '00001-A.png'));
    expect(hashOf(bytes)).toBe(manifest.reconstructions[0].sha256);
    const { width, height, data, text } = decode(bytes);
    const { scale } = manifest.reconstructions[0];
    const caption = 3 * 26;
    expect([width, height]).toEqual([8 * scale, 8 * scale + 2 * 48 + caption]);
    const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    expect(pixel(1, 1)).toEqual([107, 53, 189]);
    expect(pixel(1, height - 1)).toEqual([138, 82, 0]);
    // The second pixel of the picture: a fifth of full scale, enlarged and otherwise as it is.
    expect(pixel(scale, 48 + caption)).toEqual([51, 51, 51]);
    // The caption is written on white, in black.
    const written = data.subarray(48 * width * 3, (48 + caption) * width * 3);
    expect([Math.max(...written), Math.min(...written)]).toEqual([255, 0]);
    expect(text).toMatchObject({
      Title: expect.stringContaining('not a measurement'),
      'Model version': '3',
      'Plan hash': expect.stringMatching(/^[0-9a-f]{64}$/),
      Sources: 'gauge 100 %',
      Confidence: '0.200 (provisional)',
      Decision: 'accept',
    });
    // fast-png reads no iTXt; the Japanese words are in the bytes.
    expect(bytes.includes(Buffer.from('最終検査には使えません。'))).toBe(true);
    expect((await logged()).slice(-2)).toMatchObject([
      { action: 'export.begun', actor: lan, detail: { parts: 2 } },
      { action: 'export.done', object: hashOf(manifestBytes), detail: { folder: path } },
    ]);
  });

  it('bears no bar against final acceptance where the plan allows it', async () => {
    const { api } = await reviewed({ decisions: ['final-acceptance'], exportBy: ['engineer'] });
    await api['people.enter']({ person: lan });
    const { path } = await api['review.export']({
      modality: 'camera',
      parts: [3],
      folder: temporaryFolder(),
    });
    const bytes = readFileSync(join(path, '00001-C.png'));
    const { width, height, text } = decode(bytes);
    expect(height).toBe(width + 48 + 3 * 26);
    expect(text.Decision).toBe('none');
    expect(bytes.includes(Buffer.from('最終検査'))).toBe(false);
  });

  it.each([
    ['gauge', /,gauge_1 \[mm\],gauge_2 \[mm\],gauge_3 \[mm\],gauge_4 \[mm\],gauge_1_low \[mm\],/, 12],
    ['note', /,note_likely_words$/, 1],
  ])('of %s is a table that no spreadsheet runs', async (modality, head, values) => {
    const { api } = await reviewed();
    await api['people.enter']({ person: lan });
    const { path } = await api['review.export']({ modality, parts: [1, 2], folder: temporaryFolder() });
    const lines = readFileSync(join(path, `${modality}.csv`), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(head);
    expect(lines[1]).toMatch(/^A,Computed by a model, not measured|^A,"?Computed by a model/);
    expect(lines[2]!.startsWith(`'=B,`)).toBe(true);
    expect(lines[0]!.split(',')).toHaveLength(15 + values);
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    expect(manifest.file).toMatchObject({ file: `${modality}.csv` });
    expect(manifest.reconstructions[0]).toMatchObject({ confidenceIs: 'provisional', verdict: null });
    expect(lines[0]).toContain(',confidence,confidence_is,verdict,');
  });

  it.each(['camera', 'gauge'])(
    'of %s is a table and a record beside each, too, and all say the same',
    async (modality) => {
      const { api, decide } = await reviewed();
      await api['people.enter']({ person: lan });
      await decide(2, 'flag', modality);
      const formats = ['csv', 'parquet', 'json', 'pdf'] as const;
      const wish = {
        modality,
        parts: [1, 2],
        folder: temporaryFolder(),
        formats: [...formats],
        language: 'ja' as const,
      };
      const { path } = await api['review.export'](wish);
      const read = (file: string) => readFileSync(join(path, file));
      const rows = await parquetReadObjects({
        file: new Uint8Array(read(`${modality}.parquet`)).buffer,
      });
      const [head, ...lines] = read(`${modality}.csv`).toString('utf8').slice(1).trimEnd().split('\r\n');
      expect(Object.keys(rows[0]!)).toHaveLength(head!.split(',').length);
      expect(lines).toHaveLength(2);
      expect(rows.map(({ part, decision, model_version }) => [part, decision, model_version])).toEqual([
        ['A', null, 3],
        ['=B', 'flag', 3],
      ]);
      expect(typeof rows[0]!.confidence).toBe('number');
      const manifest = JSON.parse(read('manifest.json').toString('utf8'));
      const sidecar = JSON.parse(read('00002-_B.json').toString('utf8'));
      expect(sidecar).toMatchObject({ modality, ...manifest.reconstructions[1] });
      expect(sidecar.notice.en).toMatch(/not measured/);
      const tables = [...(manifest.also ?? []), ...(manifest.file ? [manifest.file] : [])];
      for (const { file, sha256 } of tables) expect(hashOf(read(file))).toBe(sha256);
      expect(readdirSync(path)).toHaveLength(6 + (modality === 'camera' ? 2 : 0));
      expect(read(`${modality}.pdf`).subarray(0, 5).toString()).toBe('%PDF-');
      expect(tables.map(({ file }) => file)).toContain(`${modality}.pdf`);
    },
  );

  it('says so when the folder cannot be written, and leaves nothing', async () => {
    const folder = temporaryFolder();
    const { api } = await reviewed();
    await api['people.enter']({ person: lan });
    const into = (path: string) => api['review.export']({ modality: 'camera', parts: [1], folder: path });
    await expect(into(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'export-unwritable' });
    mkdirSync(join(folder, 'here'));
    await into(join(folder, 'here'));
    expect(readdirSync(join(folder, 'here')).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('says of a decision on what an older model made that somebody is to look again, as the queue does', async () => {
    const adjust = (store: Awaited<ReturnType<typeof openStore>>) => {
      const found = store.reconstructions.get(1, 'camera')!;
      store.decisions.add({
        at: '2026-01-01T00:00:00.000Z',
        actor: lan,
        partName: 'A',
        modality: 'camera',
        decision: 'accept',
        reason: '',
        shown: { ...found, row: 0, modelVersion: 2, fingerprint: 'of what version 2 made' },
      });
    };
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder(), { adjust }));
    await api['people.enter']({ person: lan });
    const folder = temporaryFolder();
    await expect(api['review.export']({ modality: 'camera', folder })).rejects.toMatchObject({
      code: 'export-empty',
    });
    const queue = await api['review.queue']({ modality: 'camera', undecidedOnly: true });
    expect(queue).toMatchObject({ total: 3, decided: 0, again: 1 });
    const earlier = { decision: 'accept', modelVersion: 2 };
    expect(queue.items[0]).toMatchObject({ id: 'A', decision: null, earlier });
    expect(await api['review.part']({ part: 1, modality: 'camera' })).toMatchObject({
      decision: null,
      earlier,
    });
    const { path } = await api['review.export']({ modality: 'camera', parts: [1], folder });
    const { reconstructions } = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    expect(reconstructions[0]).toMatchObject({
      decision: null,
      earlierDecision: { decision: 'accept', modelVersion: 2, lookAgain: true },
    });
  });
});

describe('retention', () => {
  it('deletes what is older than the plan allows when the app starts, says so, and keeps the log', async () => {
    const madeAt = new Date(Date.now() - 31 * day).toISOString();
    const folder = await reviewedFolder(temporaryFolder(), { policy: { retentionDays: 30 }, madeAt });
    const { api, close } = await openWorkstation(folder);
    expect(await api['workstation.state']({})).toMatchObject({
      reconstructed: null,
      deleted: { retentionDays: 30 },
    });
    const { entries } = await api['log.list']({ limit: 9, text: '', actions: [] });
    expect(entries).toHaveLength(3);
    for (const entry of entries)
      expect(entry).toMatchObject({
        action: 'reconstruction.deleted',
        actor: { role: 'workstation' },
        detail: { parts: 3, madeAt, modelVersion: 3 },
      });
    await close();
    const store = await openStore(folder);
    for (const { object } of entries) expect(await store.files.has(object)).toBe(false);
    store.close();
  });

  it('keeps to the day, and asks nothing of a plant that agreed to no plan', async () => {
    const folder = await reviewedFolder(temporaryFolder(), { policy: { retentionDays: 30 } });
    const store = await openStore(folder);
    expect(deleteExpired(store, Date.now() + 29.9 * day)).toBe(0);
    expect(store.reconstructions.summary()).toMatchObject({ parts: 3 });
    expect(deleteExpired(store, Date.now() + 30.1 * day)).toBe(9);
    expect(lastDeletion(store)).toMatchObject({ retentionDays: 30 });
    store.close();
    const empty = await openStore(temporaryFolder());
    expect(deleteExpired(empty)).toBe(0);
    empty.close();
    expect(planWith().policy.retentionDays).toBe(365);
  });
});
