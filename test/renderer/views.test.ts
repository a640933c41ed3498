import { describe, expect, it } from 'vitest';
import { columnGroups, modalitiesHeld } from '../../renderer/state/columns.ts';
import { lossSeries } from '../../renderer/state/loss-series.ts';
import { Pace, roundsBehind } from '../../renderer/state/pace.ts';

describe('columns of a manifest', () => {
  const column = (name: string, role: string) => ({
    ...{ name, role, unit: role.startsWith('gauge') ? 'mm' : '', examples: [`${name}!`] },
  });

  it('that hold one value of a signal each are shown as one line', () => {
    const groups = columnGroups(
      [
        column('part', 'id'),
        column('gauge.1', 'gauge:1'),
        column('gauge.2', 'gauge:2'),
        column('gauge.3', 'gauge:3'),
        column('force.1', 'force:1'),
        column('note', 'note'),
      ],
      new Map([
        ['gauge', 3],
        ['force', 1],
      ]),
    );
    expect(groups.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['part', 1],
      ['gauge.1 … gauge.3', 3],
      ['force.1', 1],
      ['note', 1],
    ]);
    expect(groups[1]).toMatchObject({
      modality: 'gauge',
      unit: 'mm',
      guessed: ['gauge:1', 'gauge:2', 'gauge:3'],
    });
  });

  it('that are numbered and not as many as the signal has values stay apart', () => {
    const columns = [1, 2, 3, 4].map((place) => column(`gauge.${place}`, `gauge:${place}`));
    expect(columnGroups(columns, new Map([['gauge', 3]])).map(({ name }) => name)).toEqual(
      columns.map(({ name }) => name),
    );
  });

  it('that are numbered and of which nothing is known are one line, to be chosen as a signal', () => {
    const columns = Array.from({ length: 56 }, (_, index) => column(`x_${index + 1}`, 'ignore'));
    const groups = columnGroups([column('id', 'id'), ...columns, column('y', 'ignore')], new Map());
    expect(groups.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['id', 1],
      ['x_1 … x_56', 56],
      ['y', 1],
    ]);
  });

  it('say which modalities a plant has, in the order of the plan', () => {
    const roles = { part: 'id', a: 'note', b: 'gauge:1', c: 'gauge:2', d: 'ignore' };
    expect(modalitiesHeld(roles, ['camera', 'gauge', 'note'])).toEqual(['gauge', 'note']);
  });
});

describe('the loss curve', () => {
  const point = (position: number, losses: Record<string, number>) => ({
    round: Math.ceil(position),
    position,
    losses,
  });

  it('has a line for each modality and each pair, from 1 at its start to 0 at its lowest', () => {
    const series = lossSeries([
      point(0.5, { 'gauge/likelihood': -100, 'gauge/kl': 3 }),
      point(1, { 'gauge/likelihood': -125, 'camera←gauge/likelihood': 40 }),
      point(1.5, { 'gauge/likelihood': -200, 'camera←gauge/likelihood': 50 }),
    ]);
    expect(series.map(({ target, source }) => [target, source])).toEqual([
      ['gauge', undefined],
      ['camera', 'gauge'],
    ]);
    expect(series[0]!.points.map(({ y }) => y)).toEqual([1, Math.sqrt(0.75), 0]);
  });

  it('stays finite when nothing has changed yet', () => {
    expect(lossSeries([point(0.5, { 'gauge/likelihood': 4 })])[0]!.points).toEqual([{ x: 0.5, y: 0 }]);
  });
});

describe('the pace of the rounds', () => {
  it('counts the share of the round that is being trained', () => {
    const job = { kind: 'train', phase: 'training', fraction: 0.5, round: 4 } as const;
    expect(roundsBehind(job, 4)).toBe(3.5);
    expect(roundsBehind({ ...job, kind: 'exchange', phase: 'downloading' }, 4)).toBe(3);
    expect(roundsBehind({ ...job, kind: 'exchange', phase: 'waiting' }, 4)).toBe(4);
    expect(roundsBehind({ kind: 'exchange', phase: 'waiting', fraction: 1 }, 0)).toBe(1);
  });

  it('says nothing before a round and some seconds went by, then how long the rest takes', () => {
    const pace = new Pace();
    pace.observe(0, 0);
    pace.observe(0.5, 10_000);
    expect(pace.remainingSeconds(10)).toBeUndefined();
    pace.observe(2, 20_000);
    expect(pace.remainingSeconds(10)).toBe(80);
  });

  it('follows a change of pace and begins anew when rounds begin anew', () => {
    const pace = new Pace();
    for (let round = 0; round <= 20; round++) pace.observe(round, round * 10_000);
    for (let round = 21; round <= 30; round++) pace.observe(round, 200_000 + (round - 20) * 2000);
    expect(pace.remainingSeconds(40)).toBeCloseTo(20, 5);
    expect(pace.observe(29.5, 221_000)).toBe(30);
    expect(pace.observe(0, 400_000)).toBe(0);
    expect(pace.remainingSeconds(40)).toBeUndefined();
  });
});
