import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogAction } from '../../../main/api/views.ts';
import type { Actor } from '../../../main/log/entries.ts';
import { atOnce } from '../../../main/store/slices.ts';
import { databaseName, openStore, type Store } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';

const lan: Actor = { name: 'Lan', role: 'operator' };
const entries = 8;

/** A store with a few entries of every shape. */
async function filled(folder: string): Promise<Store> {
  const store = await openStore(folder);
  for (let index = 0; index < entries; index++)
    store.log.append({
      action: index % 2 === 0 ? 'decision.accept' : 'decision.flag',
      actor: lan,
      object: 'ab'.repeat(32),
      at: `2026-01-0${index + 1}T08:00:00.000Z`,
      detail: {
        part: `部品 ${index}`,
        modality: 'camera',
        reason: '',
        confidence: index / 7,
        sources: [{ share: 1 }],
      },
    });
  return store;
}

/** Does to the file of a closed store what its triggers forbid. */
function behindTheApp(folder: string, change: (raw: DatabaseSync) => void): void {
  const raw = new DatabaseSync(join(folder, databaseName));
  raw.exec(
    'drop trigger log_stays; drop trigger log_lasts; drop trigger log_goes_on; drop trigger log_decides;',
  );
  change(raw);
  raw.close();
}

async function verified(folder: string) {
  const store = await openStore(folder);
  const state = await store.log.verify();
  store.close();
  return state;
}

describe('the log', () => {
  it('searches no details that are not to be searched, readable or not, but for the part they name', async () => {
    const folder = temporaryFolder();
    (await filled(folder)).close();
    behindTheApp(folder, (raw) => raw.exec(`update log set detail = 'no json' where id = 1`));
    const store = await openStore(folder);
    const count = (text: string, unsearched: readonly LogAction[] = []) =>
      atOnce(store.log.search({ text, unsearched, limit: 1 })).total;
    expect(count('camera')).toBe(entries - 1);
    expect(count('camera', ['decision.accept'])).toBe(entries / 2);
    expect(count('camera', ['decision.accept', 'decision.flag'])).toBe(0);
    expect(count('no json', ['decision.accept'])).toBe(0);
    expect(count('部品 2', ['decision.accept'])).toBe(1);
    store.close();
  });

  it('is a chain from the first entry on, and says where it stands', async () => {
    const store = await filled(temporaryFolder());
    const [first, second] = store.log.after(0, 2);
    expect(first).toMatchObject({ sequence: 1, previous: '0'.repeat(64), actor: lan });
    expect(second).toMatchObject({ sequence: 2, previous: first!.hash });
    const head = store.log.after(entries - 1, 1)[0]!.hash;
    expect(await store.log.verify()).toEqual({ entries, head, brokenAt: null });
    store.close();
  });

  it('is refused by the database when anything but an addition at its end is tried', async () => {
    const folder = temporaryFolder();
    (await filled(folder)).close();
    const raw = new DatabaseSync(join(folder, databaseName));
    const insert = (id: number, previous: string) =>
      raw.exec(`insert or replace into log values (${id}, '', '', '', '', '', '{}', '${previous}', 'new')`);
    const head = raw.prepare('select hash from log order by id desc limit 1').get()!.hash as string;
    for (const attempt of [
      () => raw.exec(`update log set actor = 'Mai'`),
      () => raw.exec('delete from log where id = 3'),
      () => insert(3, head),
      () => insert(entries + 2, head),
      () => insert(entries + 1, '0'.repeat(64)),
    ])
      expect(attempt).toThrow('append-only');
    raw.close();
    expect((await verified(folder)).brokenAt).toBeNull();
  });

  it('finds any change of any value of any entry, and names the entry', async () => {
    const folder = temporaryFolder();
    (await filled(folder)).close();
    behindTheApp(folder, () => {});
    const columns = ['at', 'actor', 'role', 'action', 'object', 'detail', 'previous', 'hash'] as const;
    const change = fc.record({
      id: fc.integer({ min: 1, max: entries }),
      column: fc.constantFrom(...columns),
      place: fc.nat(),
      character: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      how: fc.constantFrom('replace', 'insert', 'remove'),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ id, column, place, character, how }) => {
        const raw = new DatabaseSync(join(folder, databaseName));
        const before = raw.prepare(`select ${column} text from log where id = ?`).get(id)!.text as string;
        const characters = [...before];
        characters.splice(
          place % (characters.length + 1),
          how === 'insert' ? 0 : 1,
          ...(how === 'remove' ? [] : [character]),
        );
        const set = raw.prepare(`update log set ${column} = ? where id = ?`);
        set.run(characters.join(''), id);
        const after = raw.prepare(`select ${column} text from log where id = ?`).get(id)!.text as string;
        raw.close();
        const { brokenAt } = await verified(folder);
        const again = new DatabaseSync(join(folder, databaseName));
        again.prepare(`update log set ${column} = ? where id = ?`).run(before, id);
        again.close();
        expect(brokenAt).toBe(after === before ? null : id);
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  it.each([
    ['an entry is taken out', 'delete from log where id = 4', 4],
    [
      'an entry is taken out and the rest moved up',
      'delete from log where id = 4; update log set id = id - 1 where id > 4',
      4,
    ],
    [
      'two entries change places',
      'update log set id = 99 where id = 5; update log set id = 5 where id = 6; update log set id = 6 where id = 99',
      5,
    ],
    ['the beginning is cut off', 'delete from log where id < 3', 1],
  ])('finds that %s', async (_, sql, brokenAt) => {
    const folder = temporaryFolder();
    (await filled(folder)).close();
    behindTheApp(folder, (raw) => raw.exec(sql));
    expect(await verified(folder)).toMatchObject({ brokenAt });
  });

  it('is searched newest first, by what an entry says or by its action, page after page', async () => {
    const store = await filled(temporaryFolder());
    const search = (query: Parameters<typeof store.log.search>[0]) => {
      const { entries, total } = atOnce(store.log.search(query));
      return [entries.map(({ sequence }) => sequence), total];
    };
    expect(search({ limit: 3 })).toEqual([[8, 7, 6], 8]);
    expect(search({ limit: 3, before: 3 })).toEqual([[2, 1], 8]);
    expect(search({ limit: 9, text: '部品 4' })).toEqual([[5], 1]);
    const actions: LogAction[] = ['decision.flag'];
    expect(search({ limit: 2, text: 'nowhere', actions })).toEqual([[8, 6], 4]);
    expect(search({ limit: 2, text: 'nowhere', actions, before: 6 })).toEqual([[4, 2], 4]);
    expect(store.log.latest('decision.accept')!.sequence).toBe(7);
    store.close();
  });
});
