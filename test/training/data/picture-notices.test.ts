import { describe, expect, it } from 'vitest';
import type { LookedPicture } from '../../../training/cells/images/picture-survey.ts';
import { findScale } from '../../../training/cells/images/scale.ts';
import { pictureNotices } from '../../../training/data/picture-notices.ts';
import { tiffFile, tiffPages } from './image-files.ts';
import { folderWith, greyPng, importFolder } from './support.ts';

const sixteen = { format: 'unsigned', bits: 16 } as const;
const plain = { isGrey: true, pages: 1 };

/** Pictures of 16 bits, each by its largest value and by what nearly all of its values are within. */
function deep(...seen: readonly (readonly [highest: number, most: number])[]): LookedPicture[] {
  return seen.map(([highest, most], index) => ({
    ...{ path: `/parts/${index}.png`, ...plain },
    values: { storage: sixteen, seen: { lowest: 0, highest, most } },
  }));
}

/** What is said of them, where nobody said how they are read. */
function said(looked: readonly LookedPicture[], earlier?: number) {
  const seen = looked.flatMap(({ values }) => values?.seen ?? []);
  const before = earlier === undefined ? undefined : findScale(sixteen, [], { bits: earlier as 16 });
  const scale = findScale(sixteen, seen, {}, before);
  const look = { settings: {}, scales: scale && seen.length > 0 ? { 'unsigned 16': scale } : {} };
  return pictureNotices({ look, shapes: [], looked }, 3, 'photo');
}

describe('what a person should know of images before they are taken', () => {
  it('is one spark that sets the scale of all', () => {
    expect(said(deep([4095, 3900], [65535, 4000], [4090, 4000]))).toEqual([
      {
        ...{ row: 3, column: 'photo', code: 'image-bits-mixed' },
        detail: { bits: 16, usual: 12, file: '1.png', value: 65535 },
      },
    ]);
  });

  it('is that some end where fewer bits do, and that many stay far below', () => {
    expect(said(deep([1023, 1023], [3000, 3000]))[0]).toMatchObject({ detail: { bits: 12, usual: 10 } });
    expect(said(deep([200, 200], [4000, 4000]))[0]).toMatchObject({ detail: { bits: 12, usual: 8 } });
  });

  it('is nothing where brightness only differs', () => {
    expect(said(deep([65535, 60000], [20000, 15000], [9000, 8000]))).toEqual([]);
    expect(said(deep([65535, 65535], [65000, 60000], [64000, 60000], [60000, 60000], [60, 60]))).toEqual([]);
  });

  it('is that all are dark in the scale of imports before', () => {
    expect(said(deep([4000, 4000]), 16)[0]).toMatchObject({
      ...{ code: 'image-bits-earlier', detail: { bits: 16, usual: 12 } },
    });
    expect(said(deep([4000, 4000], [60000, 60000]), 16)).toEqual([]);
  });

  it('is grey among colours, and the first of several pages', async () => {
    const page = { width: 1, height: 1, data: [9], bits: 8, samples: 1, photometric: 1 };
    const folder = folderWith({
      'a.tif': tiffPages([page, { ...page, isReduced: true }]),
      'b.tif': tiffPages([page, page]),
      'c.tif': tiffFile(1, 1, [9, 8, 7], { bits: 8, samples: 3, photometric: 2 }),
      'd.png': greyPng(1),
      'parts.csv': 'id,camera\nA,a.tif\nB,b.tif\nC,c.tif\nD,d.png\n',
    });
    const { problems, parts } = await importFolder(folder);
    expect(parts.length).toBe(4);
    expect(problems).toEqual([
      ...[
        ['image-pages', { count: 1, of: 4, file: 'b.tif', pages: 2 }] as const,
        ['image-colours', { grey: 3, of: 4, file: 'c.tif' }] as const,
      ].map(([code, detail]) => ({ row: 1, column: 'camera', code, detail })),
    ]);
  });
});
