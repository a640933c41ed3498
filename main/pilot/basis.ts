import type { Plan } from '../../protocol/plan.ts';
import { differenceSize, gainOf, measureOf } from '../../training/measures/measure-table.ts';
import type { HoldoutFigure, PilotFacts, Speed } from '../../training/pilot/pilot-facts.ts';
import { planTraffic, type StageTraffic } from '../../training/pilot/traffic.ts';
import type { Label } from '../api/views.ts';
import { type Explained, explainFindings } from './findings.ts';

/** A device of this workstation and what a round takes on it. */
export interface DeviceSpeed {
  readonly name: string;
  readonly chosen: boolean;
  readonly speed: Speed;
}

/** Everything that a pilot check measured, before it is put into words. */
export interface PilotMeasured {
  readonly folder: string;
  readonly plan: Plan;
  readonly origin: 'federation' | 'file' | 'standard';
  readonly facts: PilotFacts;
  readonly devices: readonly DeviceSpeed[];
  /** Megabits a second of the lines to judge by. */
  readonly lines: readonly number[];
  /** What the model of a joined federation says of itself; null where there is none. */
  readonly published: { readonly version: number; readonly round: number } | null;
}

/** The same with what follows from it by arithmetic, for rules, risks and words to share. */
export interface PilotBasis extends PilotMeasured {
  /** Modalities that this plant measures. */
  readonly has: readonly string[];
  readonly traffic: readonly StageTraffic[];
  readonly findings: readonly Explained[];
  /** Parts with two measurements or more: they teach mappings and judge models. */
  readonly paired: number;
  readonly chosen: DeviceSpeed | undefined;
  /** Seconds of the slowest stage's round on the chosen device. */
  readonly roundSeconds: number;
  /** Bytes of the round that exchanges most, both ways. */
  readonly roundBytes: number;
  labelOf(name: string): Label;
}

/** Does the arithmetic. */
export function basisOf(measured: PilotMeasured): PilotBasis {
  const { plan, facts, devices } = measured;
  const has = facts.inventory.modalities.filter(({ present }) => present > 0).map(({ name }) => name);
  const labelOf = (name: string): Label =>
    plan.modalities.find((modality) => modality.name === name)?.label ?? { en: name, ja: name };
  const chosen = devices.find((device) => device.chosen) ?? devices[0];
  const traffic = planTraffic(plan, has);
  return {
    ...measured,
    ...{ has, traffic, labelOf, chosen },
    findings: explainFindings(facts.findings, labelOf),
    paired: facts.inventory.paired,
    roundSeconds: Math.max(0, ...(chosen?.speed.stages.map(({ seconds }) => seconds) ?? [])),
    roundBytes: Math.max(0, ...traffic.map(({ up, down }) => up + down)),
  };
}

/** Whether a figure is better than the mean's, and whether clearly so. */
export function leadOf({ measure, reconstructed, mean }: HoldoutFigure): {
  better: boolean;
  clearly: boolean;
} {
  const gain = gainOf(measure, reconstructed, mean);
  return { better: gain > 0, clearly: gain > differenceSize(measureOf(measure).clear, mean) };
}
