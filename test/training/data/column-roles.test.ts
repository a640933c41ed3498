import { describe, expect, it } from 'vitest';
import { calls } from '../../../main/api/contract.ts';
import { importJob } from '../../../training/process/messages/import-messages.ts';
import { folderWith, importFolder, plan, presentOf } from './support.ts';

const columns = Object.fromEntries([
  ['id', 'id'],
  ['__proto__', 'gauge'],
  ['constructor', 'note'],
]);

describe('the roles of columns', () => {
  it('arrive whole, whatever the columns are called', () => {
    const { columns: called } = calls['data.import'].input.parse({ folder: 'a', manifest: 'b', columns });
    const job = { id: '1', kind: 'import', plan, folder: 'a', manifest: 'b', output: 'c' };
    const { columns: sent } = importJob.parse({ ...job, columns: called });
    expect(Object.entries(sent)).toEqual(Object.entries(columns));
  });

  it.each([[[]], [null], ['id'], [{ id: 1 }]])('are texts by column, not %j', (wrong) => {
    const input = { folder: 'a', manifest: 'b', columns: wrong };
    expect(calls['data.import'].input.safeParse(input).error?.issues[0]).toMatchObject({ path: ['columns'] });
  });

  it('bind a column that is called like what every object has', async () => {
    const folder = folderWith({ 'parts.csv': 'id,__proto__,constructor\nA,1 2 3,dark\nB,,light\n' });
    const imported = await importFolder(folder, columns);
    expect(presentOf(imported, 'gauge')).toEqual([1, 0]);
    expect(presentOf(imported, 'note')).toEqual([1, 1]);
  });
});
