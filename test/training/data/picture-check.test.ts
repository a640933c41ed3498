import { describe, expect, it } from 'vitest';
import { findManifest } from '../../../training/data/manifest/manifest.ts';
import { checkPictures } from '../../../training/data/picture-check.ts';
import { surveyManifest } from '../../../training/data/survey.ts';
import { folderWith, greyPng, plan } from './support.ts';

/** A table of 60 parts, of which one image is none, behind the rows that a person is shown. */
function folder(): string {
  const images = Array.from({ length: 60 }, (_, part) => [
    `${part}.png`,
    part === 48 ? 'no picture' : greyPng(part),
  ]);
  const rows = Array.from({ length: 60 }, (_, part) => `P${part},${part % 20 === 7 ? '' : `${part}.png`}`);
  return folderWith({ ...Object.fromEntries(images), 'parts.csv': `id,camera\n${rows.join('\n')}\n` });
}

const table = { manifest: 'parts.csv', columns: { id: 'id', camera: 'camera' } };

describe('images are opened before an import', () => {
  it('all of them where they are few: which one is none is said', async () => {
    const found = await checkPictures({ plan, folder: folder(), ...table }, 100, () => false);
    expect(found).toMatchObject({ opened: 57, of: 57 });
    expect(found.problems).toMatchObject([{ row: 50, column: 'camera', code: 'image-unreadable' }]);
  });

  it('of many an even sample, and none once it is over', async () => {
    const path = folder();
    const some = await checkPictures({ plan, folder: path, ...table }, 20, () => false);
    expect(some.of).toBe(57);
    expect(some.opened).toBeGreaterThan(10);
    expect(some.opened).toBeLessThanOrEqual(20);
    let asked = 0;
    const cut = await checkPictures({ plan, folder: path, ...table }, 20, () => ++asked > 3);
    expect(cut.opened).toBe(3);
  });
});

it('a survey lists what is wrong with every row, and counts those that are no part', async () => {
  const rows = Array.from({ length: 1200 }, (_, part) => `P${part % 1100},0.png`);
  const path = folderWith({ '0.png': greyPng(1), 'parts.csv': `id,camera\n${rows.join('\n')}\n,0.png\n` });
  let [read, parts] = [0, 0];
  const codes: string[] = [];
  for await (const some of surveyManifest({ plan, folder: path, ...table })) {
    read += some.read;
    parts += some.parts.length;
    codes.push(...some.problems.map(({ code }) => code));
  }
  expect([read, parts]).toEqual([1201, 1100]);
  expect(codes.filter((code) => code === 'part-duplicate')).toHaveLength(100);
  expect(codes.at(-1)).toBe('id-missing');
});

it('a list of problems that was saved beside the table is no table', async () => {
  const path = folderWith({ 'a.csv': 'id\n1\n', 'fedrecon-problems-2026-01-02T030405Z.csv': 'File,Row\n' });
  expect(await findManifest(path)).toMatch(/a\.csv$/);
});
