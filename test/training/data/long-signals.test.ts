import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { broughtToLength, spectrum, windowed } from '../../../training/cells/signal-length.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, importFolder } from './support.ts';

function planWith(fields: object): Plan {
  return parsePlan({
    format: 'fedrecon-plan/2',
    name: 'Long signals',
    modalities: [
      {
        ...{ name: 'force', label: { en: 'Force', ja: '力' }, kind: 'signal', hidden: [8] },
        ...{ unit: 'N', range: [-10, 10], ...fields },
      },
      { name: 'note', label: { en: 'Note', ja: '所見' }, kind: 'text', buckets: 64, hidden: [8] },
    ],
    mapping: { hidden: [8] },
    stages: [{ stage: 'generators', rounds: 1 }],
  });
}

async function force(fields: object, files: Readonly<Record<string, string | Uint8Array>>) {
  const { parts, problems } = await importFolder(folderWith(files), {}, { plan: planWith(fields) });
  return parts[0]?.values.force ?? problems.map(({ code, row, column }) => ({ code, row, column }))[0];
}

const windows = (length: number, figures: string[]) => ({ length, reduction: { by: 'windows', figures } });

describe('a signal longer than the plan’s', () => {
  it('becomes figures of windows, worked out by hand', () => {
    const values = Float64Array.of(1, -3, 2, 2, 0, 4);
    expect([...windowed(values, 3, ['mean', 'rms', 'peak'])]).toEqual([
      ...[-1, 2, 2],
      ...[Math.sqrt(5), 2, Math.sqrt(8)],
      ...[3, 2, 4],
    ]);
  });

  it('in columns is refused by the column of the value that is out of range, and the rest goes on', async () => {
    const columns = [1, 2, 3, 4].map((at) => `force_${at}`);
    const table = `id,${columns.join(',')},note\nA,1,2,3,99,x\nB,1,-99,3,4,y\nC,1,2,3,4,z\n`;
    const { parts, problems } = await importFolder(
      folderWith({ 'parts.csv': table }),
      {},
      { plan: planWith(windows(2, ['peak'])) },
    );
    expect(problems.map(({ code, row, column }) => [code, row, column])).toEqual([
      ['signal-range', 2, 'force_4'],
      ['signal-range', 3, 'force_2'],
    ]);
    expect(parts.map(({ id, values }) => [id, values.force])).toEqual([
      ['A', undefined],
      ['B', undefined],
      ['C', [2, 4]],
    ]);
  });

  it('becomes a spectrum: a sine of amplitude A gives 20 log A at its frequency alone', () => {
    const length = 64;
    const values = Float64Array.from(
      { length: 1024 },
      (_, at) => 5 + 3 * Math.sin((2 * Math.PI * 10 * at) / (2 * length)),
    );
    const own = [...spectrum(values, length)];
    expect(own[9]).toBeCloseTo(20 * Math.log10(3), 6);
    // A Hann window spreads a line over its two neighbours, at half its amplitude.
    expect(own[8]).toBeCloseTo(20 * Math.log10(1.5), 6);
    expect(Math.max(...own.slice(0, 7), ...own.slice(12))).toBe(-120);
  });

  it('has the spectrum that the transform by definition has', () => {
    const list = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(list, (values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / 16;
        const weighted = values.map(
          (value, at) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / 16)),
        );
        const expected = Array.from({ length: 8 }, (_, place) => {
          const part = (of: (angle: number) => number) =>
            weighted.reduce((sum, value, at) => sum + value * of((2 * Math.PI * at * (place + 1)) / 16), 0);
          const amplitude = ((place === 7 ? 1 : 2) / 8) * Math.hypot(part(Math.cos), part(Math.sin));
          return 20 * Math.log10(Math.max(1e-6, amplitude));
        });
        for (const [place, value] of spectrum(Float64Array.from(values), 8).entries())
          expect(10 ** (value / 20)).toBeCloseTo(10 ** (expected[place]! / 20), 6);
      }),
    );
  });

  it('loses nothing by windows that a window can keep: the mean of all, and the peak of all', () => {
    const list = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 7, maxLength: 200 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 7 }), (values, count) => {
        const peaks = windowed(Float64Array.from(values), count, ['peak']);
        expect(Math.max(...peaks)).toBe(Math.max(...values.map(Math.abs)));
      }),
    );
  });

  const rows = '1\n3\n-2\n2\n0\n0\n4\n-4\n';
  it.each<[string, object, Readonly<Record<string, string>>]>([
    ['in a file', windows(4, ['rms']), { 'parts.csv': 'id,force\nA,a.csv\n', 'a.csv': rows }],
    ['in a cell', windows(4, ['rms']), { 'parts.csv': `id,force\nA,${rows.trim().replaceAll('\n', ' ')}\n` }],
    [
      'in numbered columns',
      windows(4, ['rms']),
      {
        'parts.csv': `id,${Array.from({ length: 8 }, (_, at) => `force_${at + 1}`).join(',')}\nA,${rows.trim().replaceAll('\n', ',')}\n`,
      },
    ],
  ])('is read %s', async (_name, fields, files) => {
    expect(await force(fields, files)).toEqual([Math.sqrt(5), 2, 0, 4]);
  });

  it('is refused where it is too short, or was recorded at another rate', async () => {
    const short = { 'parts.csv': 'id,force,note\nA,a.csv,x\n', 'a.csv': '1\n2\n3\n' };
    expect(await force(windows(4, ['rms']), short)).toEqual({
      code: 'signal-short',
      row: 2,
      column: 'force',
    });
    const planned = { length: 4, reduction: { by: 'spectrum', rate: 1000, measured: 'g' } as const };
    const values = new Float64Array(8);
    const code = (rate: number) =>
      codeOf(Promise.resolve().then(() => broughtToLength(planned, { values, rate })));
    expect(await code(1000)).toBe('no error');
    expect(await code(44_100)).toBe('signal-rate');
  });

  it('is measured in the unit that the plan names beside a spectrum', async () => {
    const spectral = (measured: string) => ({
      ...{ length: 2, unit: 'dB re 1 g', range: [-130, 40] },
      reduction: { by: 'spectrum', measured },
    });
    const files = { 'parts.csv': 'id,force [g]\nA,1 2 3 4\n' };
    const roles = { id: 'id', 'force [g]': 'force' };
    const taken = (measured: string) =>
      importFolder(folderWith(files), roles, { plan: planWith(spectral(measured)) });
    expect((await taken('g')).parts).toHaveLength(1);
    expect(await codeOf(taken('m/s²'))).toBe('unit-other');
  });
});

describe('a plan', () => {
  it.each([
    ['a length that is no multiple of the figures', { length: 4, reduction: { by: 'windows' } }],
    ['a spectrum of a length that is no power of two', { length: 100, reduction: { by: 'spectrum' } }],
    ['a figure twice', windows(4, ['rms', 'rms'])],
  ])('is refused for %s', (_name, fields) => {
    expect(() => planWith(fields)).toThrow();
  });
});

describe('a standard plan', () => {
  const parts = (count: number, cell: (index: number) => string) =>
    `id,force [N],line\n${Array.from({ length: count }, (_, at) => `A${at},${cell(at)},${at % 2 ? 'x' : 'y'}`).join('\n')}\n`;
  const wave = (length: number) => Array.from({ length }, (_, at) => Math.sin(at / 3).toFixed(3)).join('\n');

  it('finds signals in files, as long as nearly all of them are', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 24 }, (_, at) => [`s/${at}.csv`, wave(50 + (at % 3))]),
    );
    const folder = folderWith({ ...files, 'parts.csv': parts(24, (at) => `s/${at}.csv`) });
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities[0]).toMatchObject({ kind: 'signal', length: 50, unit: 'N' });
    expect(columns['force [N]']).toBe(plan.modalities[0]!.name);
    const { parts: taken, problems } = await importFolder(folder, columns, { plan });
    expect([taken.length, problems]).toEqual([24, []]);
  });

  it('takes the unit that most files name, and the import refuses the others', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 24 }, (_, at) => [
        `s/${at}.csv`,
        `time (s),force (${at === 7 ? 'kN' : 'N'})\n${wave(50).replace(/^/gm, '0,')}\n`,
      ]),
    );
    const table = parts(24, (at) => `s/${at}.csv`).replace('force [N]', 'force');
    const folder = folderWith({ ...files, 'parts.csv': table });
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities[0]).toMatchObject({ kind: 'signal', length: 50, unit: 'N' });
    const { problems } = await importFolder(folder, columns, { plan });
    expect(problems).toMatchObject([
      { code: 'signal-file-unit', row: 9, column: 'force', detail: { unit: 'kN', planned: 'N' } },
    ]);
  });

  it('leaves out a column of files that are no signals', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 24 }, (_, at) => [`s/${at}.txt`, 'report\nall well\n']),
    );
    const folder = folderWith({ ...files, 'parts.csv': parts(24, (at) => `s/${at}.txt`) });
    const { plan } = await standardPlan(folder, undefined, undefined, { least: 1 });
    expect(plan.modalities.map(({ kind }) => kind)).toEqual(['category', 'text']);
  });

  it('takes windows of a signal that is longer than a plan’s', async () => {
    const files = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`s/${at}.csv`, wave(5000)]));
    const { plan } = await standardPlan(
      folderWith({ ...files, 'parts.csv': parts(24, (at) => `s/${at}.csv`) }),
    );
    expect(plan.modalities[0]).toMatchObject({
      ...{ kind: 'signal', length: 384, unit: 'N' },
      reduction: { by: 'windows', figures: ['mean', 'rms', 'peak'] },
    });
  });
});
