import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openManifestFolder } from '../../../training/cells/folder.ts';
import { contentOf } from '../../../training/data/file-content.ts';
import { contentStamp } from '../../../training/data/file-stamps.ts';
import { importParts } from '../../../training/data/import.ts';
import { openManifest } from '../../../training/data/manifest/manifest.ts';
import { lineBlocks } from '../../../training/data/manifest/text/line-blocks.ts';
import { openWorkbook } from '../../../training/data/manifest/workbook/workbook.ts';
import { preview } from '../../../training/data/preview.ts';
import { tableStamps } from '../../../training/data/table-stamps.ts';
import { codeOf, folderWith, plan, temporaryFolder } from './support.ts';

const table = 'id,gauge,note\nA,1 2 3,fine\nB,4 5 6,worn\n';

/** What an import of a folder's `parts.csv` comes to. @param look called before each row that is taken, and once at the start */
async function imported(folder: string, content?: string, look: () => void = () => undefined) {
  const output = join(temporaryFolder(), 'out');
  const abort = Object.assign(new AbortController().signal, { throwIfAborted: look });
  const request = { plan, folder, manifest: 'parts.csv', columns: {}, content, output };
  const result = importParts(request, { progress: () => undefined, abort });
  const code = await codeOf(result.then(({ accepted }) => expect(accepted).toBe(2)));
  return { code, left: await readdir(output).catch(() => []) };
}

describe('files that a table names', () => {
  const named = 'id,gauge,note\nA,a.csv,fine\nB,b.csv,worn\n';
  const files = { 'parts.csv': named, 'a.csv': '1\n2\n3\n', 'b.csv': '4\n5\n6\n' };

  it.each([
    ['replaced', 'a.csv', '10\n20\n30\n'],
    ['taken away', 'b.csv', undefined],
  ])('are not imported where one was %s since a person was shown them', async (_name, file, content) => {
    const folder = folderWith(files);
    const seen = await preview(plan, folder);
    rmSync(join(folder, file));
    if (content !== undefined) writeFileSync(join(folder, file), content);
    expect(await imported(folder, seen.content)).toEqual({ code: 'files-changed', left: [] });
  });

  it('are imported where they are as they were, or one came since', async () => {
    const { 'b.csv': later, ...first } = files;
    const folder = folderWith(first);
    const manifest = await openManifest(join(folder, 'parts.csv'));
    // A file system counts its time in steps, so that one came surely later than a minute ago.
    const content = await contentStamp(manifest, await openManifestFolder(folder), Date.now() - 60_000);
    writeFileSync(join(folder, 'b.csv'), later);
    expect((await imported(folder, content)).code).toBe('no error');
    expect((await imported(folder, (await preview(plan, folder)).content)).code).toBe('no error');
  });
});

describe('a table that is not as it was', () => {
  it('is not imported where a person was shown something else', async () => {
    const folder = folderWith({ 'parts.csv': table });
    const { content } = await preview(plan, folder);
    expect((await imported(folder, content)).code).toBe('no error');
    writeFileSync(join(folder, 'parts.csv'), table.replace('4 5 6', '6 5 4'));
    expect(await imported(folder, content)).toEqual({ code: 'table-changed', left: [] });
    expect((await imported(folder)).code).toBe('no error');
  });

  it('is not imported where it was written while it was read', async () => {
    const folder = folderWith({ 'parts.csv': table });
    let looks = 0;
    const writing = () => {
      if (++looks === 2) appendFileSync(join(folder, 'parts.csv'), 'C,7 8 9,fine\n');
    };
    expect(await imported(folder, undefined, writing)).toEqual({ code: 'table-changed', left: [] });
  });

  it('is told from one that only went, or that another came beside', async () => {
    const folder = folderWith({ 'a.csv': table, 'b.csv': table, 'c.csv': table });
    const path = (name: string) => join(folder, name);
    const [whole, one] = [await tableStamps(folder), await tableStamps(path('a.csv'))];
    expect([await whole(), await one()]).toEqual([undefined, undefined]);
    rmSync(path('a.csv'));
    writeFileSync(path('d.csv'), table);
    expect([await whole(), await one()]).toEqual([undefined, undefined]);
    renameSync(path('d.csv'), path('b.csv'));
    expect([await whole(), await one()]).toEqual(['b.csv', undefined]);
  });
});

it('a file that cannot be read any more is named', async () => {
  const path = join(temporaryFolder(), 'gone.xlsx');
  const firstOf = async (pieces: AsyncGenerator<unknown>) => void (await pieces.next());
  expect(await codeOf(firstOf(contentOf(path)))).toBe('file-unreadable');
  expect(await codeOf(firstOf(lineBlocks(path, 'UTF-8')))).toBe('file-unreadable');
  expect(await codeOf(openWorkbook(path, {}, () => true))).toBe('file-unreadable');
});
