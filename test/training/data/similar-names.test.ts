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

  it('has none where two are as near, or none is', async () => {
    expect(await saidOf(['x/a.png', 'y/a.png'], 'a.png')).toBe('image-missing');
    expect(await saidOf(['other.png'], 'a.png')).toBe('image-missing');
  });

  it('is listed in an import with what was meant', async () => {
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,UP.jpeg,x\n', 'UP.png': greyPng(9) });
    expect((await importFolder(folder)).problems).toEqual([
      { row: 2, column: 'camera', code: 'image-similar', detail: { file: 'UP.jpeg', similar: 'UP.png' } },
    ]);
  });
});
