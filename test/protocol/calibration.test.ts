import { afterEach, describe, expect, it } from 'vitest';
import { featureList, routeFeatures } from '../../protocol/calibration/features.ts';
import { countOf, featureBlocks, statisticLengths } from '../../protocol/calibration/lengths.ts';
import { addPlant } from '../../protocol/calibration/merging.ts';
import { parseRoute, routeName, routesToCalibrate } from '../../protocol/calibration/routes.ts';
import { checkSums, decodeSums, type Sums } from '../../protocol/calibration/sums.ts';
import { modulesOf } from '../../protocol/modules.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { assessingModules, servingModules } from '../../protocol/serving.ts';
import { smallPlan } from '../aggregator/support/plan.ts';

const plan = smallPlan();
const route = 'camera←gauge+note';

/** Sums of the scores pass of so many held-out parts, `share` of whose values lie outside every interval. */
function scores(parts: number, share = 0): Sums {
  const lengths = statisticLengths(plan, 'scores', parseRoute(route));
  const arrays = Object.fromEntries(
    Object.entries(lengths).map(([name, length]) => [name, new Float64Array(length)]),
  );
  arrays['intervals/count']![0] = parts;
  arrays['intervals/missed']!.fill(share * parts);
  for (const name of ['surprises/held', 'surprises/learned', 'distances/counts']) arrays[name]![60] = parts;
  return { [route]: arrays };
}

describe('routes to calibrate', () => {
  const trained = new Set<string>(modulesOf(plan));

  it('are all that a plant can use and some plant has the truth of', () => {
    const routes = routesToCalibrate(
      plan,
      [
        ['camera', 'gauge', 'note'],
        ['gauge', 'note'],
      ],
      trained,
    );
    expect(routes).toContain(route);
    expect(routes).toHaveLength(9);
    expect(
      routesToCalibrate(
        plan,
        [
          ['camera', 'note'],
          ['gauge', 'note'],
        ],
        trained,
      ),
    ).toEqual(['camera←note', 'gauge←note', 'note←camera', 'note←gauge']);
    expect(routesToCalibrate(plan, [['camera'], ['gauge']], trained)).toEqual([]);
  });

  it('need every module that judging them needs, which a plant without the truth fetches', () => {
    const needed = assessingModules(plan, parseRoute(route));
    expect(new Set(servingModules(plan, ['gauge', 'note']))).toEqual(new Set([...needed]));
    const without = new Set([...trained].filter((module) => module !== 'mapping/gauge←camera'));
    const routes = routesToCalibrate(plan, [['camera', 'gauge', 'note']], without);
    expect(routes.filter((name) => name.startsWith('camera'))).toEqual(['camera←note']);
  });

  it('have names that are taken apart again', () => {
    expect(routeName(parseRoute(route))).toBe(route);
    expect(featureBlocks(plan, parseRoute(route))).toEqual([22, 16]);
  });
});

describe('the list of features', () => {
  const blocks = (name: string) => featureBlocks(plan, parseRoute(name));
  const list: Record<string, unknown> = featureList;
  afterEach(() => delete list.added);

  it('names each once for what it speaks of, in the order of a row', () => {
    const named = routeFeatures(parseRoute(route)).map(({ name, of }) => `${name} ${of.join('+')}`);
    expect(new Set(named).size).toBe(named.length);
    expect(named.slice(0, 5)).toEqual([
      'deviation ',
      'brightness ',
      'indecision ',
      'roughness ',
      'mapping gauge',
    ]);
    expect(named.slice(-4)).toEqual([
      'crossed note+gauge',
      'crossed gauge+note',
      'latents gauge+note',
      'apart gauge+note',
    ]);
  });

  it.each([
    ['reconstruction', 1, 1],
    ['source', 1, 2],
    ['direction', 0, 2],
    ['pair', 0, 1],
  ])('with one more of a %s makes rows longer, and sums of rows as before are refused', (of, one, two) => {
    const before = [blocks('camera←gauge'), blocks(route)] as const;
    const size = (pass: 'scales' | 'moments') => statisticLengths(plan, pass, parseRoute(route));
    const scales = { 'sums/count': 30, 'sums/sum': 0, 'sums/squares': 0 };
    const sums = (lengths: Readonly<Record<string, number>>) => ({
      [route]: Object.fromEntries(
        Object.entries(lengths).map(([name, length]) => [
          name,
          new Float64Array(length).fill(scales[name as keyof typeof scales]),
        ]),
      ),
    });
    const [short, moment] = [size('scales'), size('moments')['moments/moment']!];
    expect(() => checkSums(plan, 'scales', [route], sums(short))).not.toThrow();

    list.added = { of, tells: false };
    expect(blocks('camera←gauge')).toEqual([before[0][0] + one, before[0][1]]);
    expect(blocks(route)).toEqual([before[1][0] + two, before[1][1]]);
    expect(size('scales')['sums/sum']).toBe(short['sums/sum']! + two);
    expect(size('moments')['moments/moment']).toBe(moment + two);
    expect(() => checkSums(plan, 'scales', [route], sums(short))).toThrow(
      expect.objectContaining({ code: 'sums-refused' }),
    );
    expect(() => checkSums(plan, 'scales', [route], sums(size('scales')))).not.toThrow();
  });
});

describe('sums', () => {
  it.each(['constructor/keys', 'toString/x', 'a/__proto__'])(
    'of a peer that call a tensor %s are refused and change nothing',
    (name) => {
      const keys = Object.keys;
      const sums = decodeSums(
        encodeTensors(Object.fromEntries([[name, { shape: [1], data: Float32Array.of(1) }]])),
      );
      const [route, statistic] = name.split('/') as [string, string];
      try {
        expect(Object.keys).toBe(keys);
        expect(Object.prototype.toString).not.toHaveProperty('x');
      } finally {
        Object.keys = keys;
      }
      expect(Object.entries(sums).map(([own, statistics]) => [own, Object.keys(statistics)])).toEqual([
        [route, [statistic]],
      ]);
      expect(() => checkSums(plan, 'scores', [], sums)).toThrow(
        expect.objectContaining({ code: 'sums-refused' }),
      );
    },
  );

  it('of too few parts are refused with the number missing', () => {
    expect(() => checkSums(plan, 'scores', [route], scores(13))).toThrow(
      expect.objectContaining({
        code: 'calibration-parts-few',
        detail: { route, parts: 13, least: 20, missing: 7 },
      }),
    );
    expect(() => checkSums(plan, 'scores', [route], scores(20))).not.toThrow();
  });

  it.each<[string, (sums: Record<string, Record<string, Float64Array>>) => void]>([
    ['an unasked route', (sums) => Object.assign(sums, { 'note←camera': sums[route] })],
    [
      'an unknown statistic',
      (sums) => Object.assign(sums[route]!, { 'surprises/part7': Float64Array.of(1) }),
    ],
    ['a missing statistic', (sums) => delete sums[route]!['intervals/bets']],
    ['another length', (sums) => Object.assign(sums[route]!, { 'intervals/missed': new Float64Array(359) })],
    ['a part counted twice', (sums) => sums[route]!['surprises/held']!.fill(1, 0, 1)],
    ['half a part', (sums) => sums[route]!['intervals/count']!.fill(30.5)],
  ])('with %s are refused', (_, change) => {
    const sums = structuredClone(scores(30)) as Record<string, Record<string, Float64Array>>;
    change(sums);
    expect(() => checkSums(plan, 'scores', [route], sums)).toThrow(
      expect.objectContaining({ code: 'sums-refused' }),
    );
  });

  it('of several plants add up, with how many plants they are and the worst of them', () => {
    const total = [scores(20, 0.1), scores(80, 0.3)].reduce(addPlant, {});
    expect(total[route]![countOf.scores]).toEqual(Float64Array.of(100));
    expect(total[route]!.plants).toEqual(Float64Array.of(2));
    expect(total[route]!['intervals/missed']![5]).toBeCloseTo(26, 9);
    expect(total[route]!['intervals/worst']![5]).toBeCloseTo(0.3, 9);
  });
});
