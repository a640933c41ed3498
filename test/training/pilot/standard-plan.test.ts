import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { understandColumns } from '../../../training/pilot/understood-columns.ts';
import { temporaryFolder } from '../../main/support/folders.ts';
import { writePlant } from '../../main/support/plants.ts';
import { codeOf, folderWith } from '../data/support.ts';

describe('columns without a plan', () => {
  const rows = Array.from({ length: 10 }, (_, row) => [
    `A${row}`,
    `${row + 1}`,
    `img/${row}.PNG`,
    `${row * 3} ${(row * 7) % 5} 2`,
    `${(row * 31) % 7}`,
    `${(row * 17) % 5}`,
    row % 3 === 0 ? 'small scratch left' : 'no defect seen',
    'OK',
  ]);
  const header = ['Serial', 'no', 'photo', 'profile', 'temp_2', 'temp_1', 'remark', 'verdict'];

  it('are pictures, signals, numbered values and notes; counters and single words are left out', () => {
    expect(understandColumns(header, rows, '.')).toEqual({
      id: 0,
      measurements: [
        { kind: 'image', header: 'photo', columns: [2], length: 1 },
        { kind: 'signal', header: 'profile', columns: [3], length: 3 },
        { kind: 'signal', header: 'temp', columns: [5, 4], length: 2 },
        { kind: 'text', header: 'remark', columns: [6], length: 1 },
      ],
    });
  });
});

describe('a standard plan', () => {
  it('takes sizes and ranges from the folder, and the rest from the preset', async () => {
    const folder = await writePlant(temporaryFolder(), ['camera', 'gauge', 'note'], 40);
    const { plan, columns } = await standardPlan(folder);
    expect(columns).toEqual({ id: 'id', camera: 'camera', gauge: 'gauge', note: 'note' });
    const [camera, gauge, note] = plan.modalities;
    expect(camera).toMatchObject({ kind: 'image', width: 8, height: 8, channels: 1 });
    expect(gauge).toMatchObject({ kind: 'signal', length: 4 });
    const [low, high] = gauge!.kind === 'signal' ? gauge!.range : [0, 0];
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(8.5);
    expect(note).toMatchObject({ kind: 'text' });
  });

  it('gives Japanese headers plain names and keeps them as labels', async () => {
    const folder = temporaryFolder();
    const lines = Array.from(
      { length: 12 },
      (_, row) => `P${row},${(row * 7) % 5}.5 ${(row * 3) % 4}.5,傷なし 良好 ${row % 3}`,
    );
    await writeFile(join(folder, 'parts.csv'), ['部品番号,輪郭,所見', ...lines].join('\n'));
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities.map(({ name, label }) => [name, label.ja])).toEqual([
      ['signal', '輪郭'],
      ['text', '所見'],
    ]);
    expect(columns).toEqual({ 部品番号: 'id', 輪郭: 'signal', 所見: 'text' });
  });

  it('takes columns that are called like what every object has', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, row) => `P${row},${(row * 7) % 5}.5 ${(row * 3) % 4}.5,all is well with ${row % 3},OK`,
    );
    const folder = folderWith({ 'parts.csv': ['id,constructor,toString,__proto__', ...lines].join('\n') });
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities.map(({ name, label }) => [name, label.en])).toEqual([
      ['signal', 'constructor'],
      ['tostring', 'toString'],
    ]);
    expect(Object.entries(columns)).toEqual([
      ['id', 'id'],
      ['constructor', 'signal'],
      ['toString', 'tostring'],
      ['__proto__', 'ignore'],
    ]);
  });

  it('needs two kinds of measurement, and says what it found', async () => {
    const folder = folderWith({ 'parts.csv': 'id,remark\nA,all is well here\nB,a small scratch' });
    expect(await codeOf(standardPlan(folder))).toBe('pilot-columns');
  });
});
