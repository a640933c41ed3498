import { isBroken, type PromiseCheck } from '../../training/confidence/promise.ts';
import { mean } from '../../training/measures/statistics.ts';
import { shownLevel } from '../api/shown-level.ts';
import type { PromiseView } from '../api/views/promises.ts';
import type { Store } from '../store/store.ts';
import type { ArrivedTruth } from '../store/truths.ts';
import { cameTrue } from './truth-comparison.ts';

/** Numbers of parts of a modality: those looked at, those that say how it is at present, and those for a frequency. */
const [looked, present, judged] = [1000, 50, 100];
/** Least number of parts of a curve, and largest number of its points. */
const [leastParts, shownPoints] = [5, 200];

/** Creates the comparison of promises with later measurements; views are worked out once for the truths as they are. */
export function createPromises(store: Store): () => readonly PromiseView[] {
  let known: { of: string; views: readonly PromiseView[] } | undefined;
  return () => {
    const hash = store.enrolment.get()?.planHash ?? '';
    const of = `${hash} ${store.truths.count()}`;
    if (known?.of !== of) known = { of, views: views(store, hash) };
    return known.views;
  };
}

function views(store: Store, planHash: string): PromiseView[] {
  return store.truths.modalities(planHash).flatMap((modality) => {
    const truths = store.truths.newest(planHash, modality, looked);
    const [range, likely] = [rangeOf(truths), likelyOf(truths)];
    return range || likely ? { modality, ...(range && { range }), ...(likely && { likely }) } : [];
  });
}

function rangeOf(truths: readonly ArrivedTruth[]): PromiseView['range'] {
  const parts = truths.filter(({ missed }) => missed !== null);
  if (parts.length === 0) return undefined;
  const missed = parts.map((part) => part.missed!);
  const recent = parts.slice(-present);
  const byRoute = new Map(recent.map(({ route, widening }) => [route, widening!]));
  return {
    parts: parts.length,
    held: 1 - shownLevel,
    curve: rolling(missed).map(({ part, mean }) => ({ part, inside: 1 - mean })),
    recent: { parts: recent.length, inside: 1 - mean(missed.slice(-present)) },
    isBroken: isBroken(missed.slice(-present).map((one) => ({ promised: shownLevel, missed: one }))),
    widening: Math.max(...byRoute.values()),
  };
}

function likelyOf(truths: readonly ArrivedTruth[]): PromiseView['likely'] {
  const parts = truths.filter(({ confidence }) => confidence !== null).slice(-judged);
  if (parts.length === 0) return undefined;
  const outcomes = parts.map(
    (part): PromiseCheck => ({ promised: 1 - part.confidence!, missed: cameTrue(part) ? 0 : 1 }),
  );
  return {
    parts: parts.length,
    said: mean(parts.map((part) => part.confidence!)),
    cameTrue: 1 - mean(outcomes.map(({ missed }) => missed)),
    isBroken: isBroken(outcomes.slice(-present)),
  };
}

/** Running mean over as many values as speak for the present, thinned. */
function rolling(values: readonly number[]): { part: number; mean: number }[] {
  const step = Math.max(1, Math.ceil(values.length / shownPoints));
  return values.flatMap((_, place) => {
    const part = place + 1;
    if (part < Math.min(leastParts, values.length) || (values.length - part) % step !== 0) return [];
    return { part, mean: mean(values.slice(Math.max(0, part - present), part)) };
  });
}
