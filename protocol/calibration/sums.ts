import { FedReconError } from '../errors.ts';
import type { Plan } from '../plan.ts';
import { assertFinite, decodeTensors, encodeTensors } from '../safetensors.ts';
import { type CalibrationPass, countOf, statisticLengths } from './lengths.ts';
import { parseRoute } from './routes.ts';
import type { Statistics } from './statistics.ts';

/** Sums of one pass: by route, the statistics `group/name`. */
export type Sums = Readonly<Record<string, Statistics>>;

/** Parts that must stand behind the sums of a plant: sums of fewer would speak of single parts. */
export const leastCalibrationParts = 20;

/**
 * Sums as a safetensors file of tensors `route/group/name` [length]. Float32 is enough: counts are whole up to 2^24, and
 * what is expected of a part changes by less than a millionth.
 */
export function encodeSums(sums: Sums): Uint8Array {
  const tensors = Object.entries(sums).flatMap(([route, statistics]) =>
    Object.entries(statistics).map(
      ([name, values]) =>
        [`${route}/${name}`, { shape: [values.length], data: Float32Array.from(values) }] as const,
    ),
  );
  return encodeTensors(Object.fromEntries(tensors));
}

/**
 * Sums from a safetensors file of {@link encodeSums}.
 * @throws FedReconError `tensors-invalid`, `tensor-not-finite`, `sums-refused` for a tensor that is no statistic
 */
export function decodeSums(bytes: Uint8Array): Sums {
  const { tensors } = decodeTensors(bytes);
  assertFinite(tensors);
  // A map, because names come from a peer: in a plain object, what every object inherits would be found and written to.
  const sums = new Map<string, [name: string, values: Float64Array][]>();
  for (const [path, { shape, data }] of Object.entries(tensors)) {
    const [route, ...rest] = path.split('/') as [string, ...string[]];
    if (rest.length === 0 || shape.length !== 1) throw refused(path, 'it is no statistic');
    const statistics = sums.get(route) ?? [];
    sums.set(route, statistics);
    statistics.push([rest.join('/'), Float64Array.from(data)]);
  }
  return Object.fromEntries(
    Array.from(sums, ([route, statistics]) => [route, Object.fromEntries(statistics)]),
  );
}

/**
 * Checks a plant's sums of a pass: routes and statistics that it was asked for, complete, and of enough parts.
 * @param routes that this plant was asked for
 * @throws FedReconError `sums-refused` naming the statistic, `calibration-parts-few` saying how many parts are missing
 */
export function checkSums(plan: Plan, pass: CalibrationPass, routes: readonly string[], sums: Sums): void {
  for (const [route, statistics] of Object.entries(sums)) {
    if (!routes.includes(route)) throw refused(route, 'nobody asked this plant for it');
    const expected = statisticLengths(plan, pass, parseRoute(route));
    for (const name of Object.keys(statistics))
      if (!Object.hasOwn(expected, name)) throw refused(`${route}/${name}`, 'it is no statistic of the pass');
    for (const [name, length] of Object.entries(expected)) {
      const actual = statistics[name]?.length ?? 0;
      if (actual !== length) throw refused(`${route}/${name}`, `it has ${actual} values, not ${length}`);
    }
    checkCounts(pass, route, statistics);
  }
}

/**
 * Checks that enough parts stand behind the statistics and that histograms count each of them once, for otherwise they
 * could reveal a single part.
 */
function checkCounts(pass: CalibrationPass, route: string, statistics: Statistics): void {
  const parts = statistics[countOf[pass]]![0]!;
  if (!Number.isInteger(parts)) throw refused(`${route}/${countOf[pass]}`, 'it is no whole number');
  refuseFew(route, parts);
  if (pass !== 'scores') return;
  for (const name of ['surprises/held', 'distances/counts'])
    if (total(statistics[name]!) !== parts) throw refused(`${route}/${name}`, 'it counts other parts');
  refuseFew(route, total(statistics['surprises/learned']!));
}

/** @throws FedReconError `calibration-parts-few` */
function refuseFew(route: string, parts: number): void {
  if (parts >= leastCalibrationParts) return;
  const missing = leastCalibrationParts - parts;
  throw new FedReconError('calibration-parts-few', { route, parts, least: leastCalibrationParts, missing });
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function refused(name: string, problem: string): FedReconError {
  return new FedReconError('sums-refused', { name: name.slice(0, 120), problem });
}
