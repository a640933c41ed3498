import { describe, expect, it } from 'vitest';
import { openManifestFolder } from '../../../training/cells/folder.ts';
import { folderWith, greyPng, importFolder } from './support.ts';

/** What is said of a file that is not there. */
async function saidOf(files: readonly string[], name: string): Promise<unknown> {
  const folder = await openManifestFolder(folderWith(Object.fromEntries(files.map((file) => [file, 'x']))));
  return folder.find(name).then(
    () => 'found',
    ({ code, detail }: { code: string; detail: { similar?: string } }) => detail.similar ?? code,
  );
}

describe('a file that is not there', () => {
  it.each([
    ['another case', ['UP.JPG'], 'UP.jpg', 'UP.JPG'],
    ['another case of a folder', ['Images/a.png'], 'images/a.png', 'Images/a.png'],
    ['full width', ['ａ１.png'], 'a1.png', 'ａ１.png'],
    ['another folder', ['images/2026/a.png'], 'a.png', 'images/2026/a.png'],
    ['no folder', ['a.png'], 'images/a.png', 'a.png'],
    ['another ending', ['a.tiff'], 'a.tif', 'a.tiff'],
    ['a backslash and another case', ['bilder/A.png'], 'bilder\\a.PNG', 'bilder/A.png'],
  ])('has a near name: %s', async (_name, files, wanted, similar) => {
    // A file system that takes both for the same finds the file itself.
    expect(['found', similar]).toContain(await saidOf(files, wanted));
  });

  it.each([
    ['as an address writes it', ['bilder/a b.png'], 'bilder/a%20b.png', 'bilder/a b.png'],
    ['where another computer has it', ['img/a.png'], 'C:\\data\\img\\a.png', 'img/a.png'],
    ['where this one might have it', ['img/a.png'], '/data/img/a.png', 'img/a.png'],
    ['not where it climbs out of the folder', ['a.png'], '../other/a.png', 'image-outside'],
    ['not where nothing is called so', ['b.png'], 'C:\\a.png', 'image-outside'],
    ['nor two in one cell', ['a.png', 'b.png'], 'a.png; b.png', 'image-list'],
    ['nor a percentage that is none', ['b.png'], '100%.png', 'image-missing'],
  ])('has a near name: %s', async (_name, files, wanted, similar) => {
    expect(await saidOf(files, wanted)).toBe(similar);
  });

  it('is one of several where more are as near, and missing where none is', async () => {
    const folder = await openManifestFolder(folderWith({ 'x/a.png': 'x', 'y/a.png': 'x' }));
    await expect(folder.find('a.png')).rejects.toMatchObject({
      code: 'image-several',
      detail: { count: 2, similar: expect.stringMatching(/^[xy]\/a\.png$/) },
    });
    expect(await saidOf(['other.png'], 'a.png')).toBe('image-missing');
  });

  it('is listed in an import with what was meant', async () => {
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,UP.jpeg,x\n', 'UP.png': greyPng(9) });
    expect((await importFolder(folder)).problems).toEqual([
      { row: 2, column: 'camera', code: 'image-similar', detail: { file: 'UP.jpeg', similar: 'UP.png' } },
    ]);
  });
});
