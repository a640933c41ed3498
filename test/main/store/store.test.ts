import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../main/store/store.ts';
import { describeError, type FedReconError } from '../../../protocol/errors.ts';
import { temporaryFolder } from '../support/folders.ts';

const database = (folder: string) => join(folder, 'workstation.sqlite');

describe('the data folder of a workstation', () => {
  it('is used by one app at a time, and free again afterwards', async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'data-folder-in-use', detail: { folder } });
    first.close();
    (await openStore(folder)).close();
  });

  it('keeps the device key, readable by its owner only', async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    const key = first.key.export({ type: 'pkcs8', format: 'pem' });
    first.close();
    const second = await openStore(folder);
    expect(second.key.export({ type: 'pkcs8', format: 'pem' })).toBe(key);
    second.close();
    expect(statSync(join(folder, 'device-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('says that a key file is damaged instead of making another identity', async () => {
    const folder = temporaryFolder();
    (await openStore(folder)).close();
    writeFileSync(join(folder, 'device-key.pem'), 'no key');
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('leaves data of a newer version alone', async () => {
    const folder = temporaryFolder();
    (await openStore(folder)).close();
    const raw = new DatabaseSync(database(folder));
    raw.exec('pragma user_version = 99');
    raw.close();
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'store-newer', detail: { found: 99 } });
  });

  it('leaves data of another version alone that counts its formats alike', async () => {
    const folder = temporaryFolder();
    (await openStore(folder)).close();
    const raw = new DatabaseSync(database(folder));
    raw.exec('alter table settings rename column value to content');
    raw.close();
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'store-other' });
  });

  it('says that a database is damaged, and does not touch it', async () => {
    const folder = temporaryFolder();
    writeFileSync(database(folder), 'this is not SQLite, whatever its name says. '.repeat(50));
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'store-damaged' });
    expect(statSync(database(folder)).size).toBe(2200);
  });

  it('says that a folder cannot be used', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    const refused = await openStore(folder).catch((thrown: FedReconError) => thrown);
    const { code, detail } = refused as FedReconError;
    expect(code).toBe('data-folder-unusable');
    expect(describeError(code, detail, 'en').title).toMatch(/: a file of this name is there \(EEXIST\)$/);
    expect(describeError(code, detail, 'ja').title).toMatch(/：同じ名前のファイルがあります（EEXIST）$/);
  });

  it.skipIf(process.platform !== 'linux')('says so of a place where no folder can ever be', async () => {
    await expect(openStore('/proc/fedrecon/data')).rejects.toMatchObject({ code: 'data-folder-unusable' });
  });

  it.skipIf(process.getuid?.() === 0)('says that a folder may not be written to', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o500);
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'data-folder-unusable' });
  });

  it('undoes a transaction that fails, over every table', async () => {
    const store = await openStore(temporaryFolder());
    expect(() =>
      store.transaction(() => {
        store.settings.set('a', 1);
        store.losses.add({ round: 1, position: 0.5, losses: { a: 1 } });
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(store.settings.get('a')).toBeUndefined();
    expect(store.losses.list(10)).toEqual([]);
    store.close();
  });

  it('deletes at the start what no table names', async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    const orphan = await first.files.put(Buffer.from('adopted, then killed'));
    first.close();
    expect(existsSync(first.files.path(orphan.sha256))).toBe(true);
    (await openStore(folder)).close();
    expect(existsSync(first.files.path(orphan.sha256))).toBe(false);
  });
});
