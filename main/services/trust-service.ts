import { isCaution } from '../../protocol/calibration/features.ts';
import type { AdaptedRecord } from '../../training/confidence/adaptive.ts';
import { confidenceAt, usualTolerance } from '../../training/confidence/record.ts';
import { suspicionsOf } from '../../training/confidence/suspicion.ts';
import {
  riskCoverage,
  type Thresholds,
  usualThresholds,
  verdictOf,
} from '../../training/confidence/verdict.ts';
import { shownLevel } from '../api/shown-level.ts';
import type { RiskView, TrustView } from '../api/views.ts';
import type { Assessment } from '../store/reconstructions.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { actorOf } from './people-service.ts';

/** Limits that the engineer set for a modality. */
export interface TrustRules extends Thresholds {
  /** Largest error that still serves, as its kind counts errors; null: the one that four of five known parts meet. */
  readonly tolerance: number | null;
}

const nameOf = (modality: string) => `trust/${modality}`;

/** The rules of a modality; the usual ones before anybody set any. */
export function trustRules(settings: SettingsStore, modality: string): TrustRules {
  return settings.get<TrustRules>(nameOf(modality)) ?? { ...usualThresholds, tolerance: null };
}

/** Sets the rules of a modality; who did, from what to what, is in the log. */
export function setTrustRules(store: Store, modality: string, rules: TrustRules): void {
  const before = trustRules(store.settings, modality);
  store.transaction(() => {
    store.settings.set(nameOf(modality), rules);
    store.log.append({
      action: 'trust.rules',
      actor: actorOf(store),
      detail: { modality, before: { ...before }, rules: { ...rules } },
    });
  });
}

/** Statements on how far a reconstruction can be trusted; undefined where no plant calibrated its route. */
export function trustOf(
  assessment: Assessment | undefined,
  records: ReadonlyMap<string, AdaptedRecord>,
  rules: TrustRules,
): TrustView | undefined {
  const record = assessment && records.get(assessment.route);
  if (!record) return undefined;
  const { familiarity, alone } = assessment;
  const tolerance = rules.tolerance ?? usualTolerance(record);
  const confidence = confidenceAt(record, assessment, tolerance);
  const found = shownInterval(record);
  return {
    confidence,
    verdict: verdictOf({ confidence, familiarity }, rules),
    tolerance,
    expectedError: Math.exp(assessment.logError),
    familiarity,
    isUnfamiliar: familiarity < rules.familiarity,
    suspicions: suspicionsOf({ alone, together: familiarity }),
    cautions: (assessment.cautions ?? []).flatMap(({ name, of }) => (isCaution(name) ? [{ name, of }] : [])),
    interval: 'width' in found ? { level: shownLevel, missed: found.missed, worst: found.worst } : found,
    ...{ plants: record.plants, parts: record.parts },
    ...(record.own && { own: record.own }),
  };
}

/** Half width of a part's intervals in deviations; undefined where too few parts calibrate them. */
export function shownWidth(
  assessment: Assessment | undefined,
  records: ReadonlyMap<string, AdaptedRecord>,
): number | undefined {
  const record = assessment && records.get(assessment.route);
  const found = record && shownInterval(record);
  return found && 'width' in found ? found.width : undefined;
}

function shownInterval({ intervals }: AdaptedRecord) {
  return intervals.find(({ level }) => level === shownLevel)!.found;
}

/** Number of points of the curve that are shown. */
const shownPoints = 40;

/** Effect of each threshold of confidence on these parts. @param trusted those that have a calibration */
export function riskOf(trusted: readonly TrustView[], rules: TrustRules): RiskView {
  // What is like nothing known is not used, however sure it seems.
  const familiar = trusted.filter(({ familiarity }) => familiarity >= rules.familiarity);
  const share = familiar.length / Math.max(1, trusted.length);
  const points = riskCoverage(familiar.map(({ confidence }) => confidence)).map((point) => ({
    ...point,
    coverage: point.coverage * share,
  }));
  const step = Math.max(1, points.length / shownPoints);
  const shown = points.filter(
    (_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step) || place === points.length - 1,
  );
  const count = (verdict: TrustView['verdict']) => trusted.filter((one) => one.verdict === verdict).length;
  const used = trusted.filter(({ verdict }) => verdict === 'use');
  const risk = used.reduce((sum, { confidence }) => sum + 1 - confidence, 0) / Math.max(1, used.length);
  return {
    points: shown,
    verdicts: { use: count('use'), check: count('check'), 'no-ground': count('no-ground') },
    risk,
    rules,
  };
}
