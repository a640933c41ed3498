import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtFolder } from '../../../main/pilot/pilot-look.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan } from '../support/plants.ts';

/** A folder with a table; without one given, of four columns of numbers and a note. */
function folderOf(table = rows().join('\n')): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'parts.csv'), `${table}\n`);
  return folder;
}

const rows = () => [
  'id;w_1;w_2;w_3;w_4;remark',
  ...Array.from(
    { length: 24 },
    (_, part) =>
      `K${part};${[1, 2, 3, 4].map((at) => `${(part * at) % 7},25`).join(';')};scratch near edge ${part}`,
  ),
];

describe('a folder that is looked at before a pilot check', () => {
  it('says what each column is taken for, in the words of a person, and how the table is read', async () => {
    const { found, roles, lengths } = await lookAtFolder({ folder: folderOf() });
    expect(found.reading.delimiter?.value).toBe(';');
    expect(found.reading.marks.value.decimal).toBe(',');
    expect(roles).toEqual({
      id: 'id',
      w_1: 'signal',
      w_2: 'signal',
      w_3: 'signal',
      w_4: 'signal',
      remark: 'text',
    });
    expect(Object.values(lengths)).toEqual([4]);
    expect(found.counts.map(({ present }) => present)).toEqual([24, 24]);
  });

  it('follows what a person says of a column and of how it is read', async () => {
    const folder = folderOf();
    const said = { columns: { remark: 'ignore' }, id: null };
    const { found, roles } = await lookAtFolder({ folder, said, reading: { header: 1, delimiter: ';' } });
    expect(roles).toMatchObject({ remark: 'ignore', w_1: 'signal' });
    expect(roles.id).not.toBe('id');
    expect(found.identity.column).toBeNull();
    await expect(
      lookAtFolder({ folder, said: { columns: { nowhere: 'text' }, id: undefined } }),
    ).rejects.toMatchObject({
      code: 'column-missing',
    });
  });

  it('is read by the plan of the federation where one was joined', async () => {
    const plan = { plan: parsePlan(tinyPlan), origin: 'federation' as const };
    const folder = folderOf('id,gauge,note\nA,1 2 3 4,fine\nB,2 3 4 5,scratch');
    expect((await lookAtFolder({ folder, plan })).roles).toEqual({ id: 'id', gauge: 'gauge', note: 'note' });
    const said = { columns: { note: 'ignore' }, id: undefined };
    const { found, roles } = await lookAtFolder({ folder, plan, said });
    expect(roles.note).toBe('ignore');
    expect(found.counts.find(({ modality }) => modality === 'note')?.present ?? 0).toBe(0);
  });
});
