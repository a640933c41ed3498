import type { Plan } from '../../protocol/plan.ts';
import { type ChannelQuality, isBetterThanMean } from '../../training/evaluation/channel-quality.ts';
import { differenceSize, gainOf, measureOf } from '../../training/measures/measure-table.ts';
import type { HoldoutFigure, HoldoutQuality, PilotFacts, Speed } from '../../training/pilot/pilot-facts.ts';
import { planTraffic, type StageTraffic } from '../../training/pilot/traffic.ts';
import type { Label } from '../api/views.ts';
import { type Explained, explainFindings } from './findings.ts';

/** Device of this workstation with the time that a round takes on it. */
export interface DeviceSpeed {
  readonly name: string;
  readonly chosen: boolean;
  readonly speed: Speed;
}

/** Measurements of a pilot check, before they are put into words. */
export interface PilotMeasured {
  readonly folder: string;
  readonly plan: Plan;
  readonly origin: 'federation' | 'file' | 'standard';
  readonly facts: PilotFacts;
  readonly devices: readonly DeviceSpeed[];
  /** Speeds of the lines to judge by, in megabits a second. */
  readonly lines: readonly number[];
  /** Version and round of the model of a joined federation; null where there is none. */
  readonly published: { readonly version: number; readonly round: number } | null;
}

/** Measurements of a pilot check with what follows from them by arithmetic, for rules, risks and words to share. */
export interface PilotBasis extends PilotMeasured {
  /** Modalities that this plant measures. */
  readonly has: readonly string[];
  readonly traffic: readonly StageTraffic[];
  readonly findings: readonly Explained[];
  /** Number of parts with two measurements or more: they teach mappings and judge models. */
  readonly paired: number;
  readonly chosen: DeviceSpeed | undefined;
  /** Seconds of the slowest stage's round on the chosen device. */
  readonly roundSeconds: number;
  /** Bytes of the round that exchanges most, both ways. */
  readonly roundBytes: number;
  labelOf(name: string): Label;
}

/** Basis of a report: the measurements with the arithmetic done. */
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

/** Lead of a figure over the mean's: whether it is better, and whether clearly so. */
export function leadOf({ measure, reconstructed, mean }: HoldoutFigure): Judged {
  const gain = gainOf(measure, reconstructed, mean);
  return { better: gain > 0, clearly: gain > differenceSize(measureOf(measure).clear, mean) };
}

/** Judgement of a reconstruction beside the mean. */
export interface Judged {
  readonly better: boolean;
  readonly clearly: boolean;
}

/** Coefficient of determination from which a channel is clearly better: a fifth less error. */
const clearR2 = 1 - (1 - 1 / 5) ** 2;

/** Judgements of a measurement: one of each of its unlike channels, else that of its leading measure. */
export function judgedOf({ figures, channels }: HoldoutQuality): Judged[] {
  if (channels.length === 0) return [leadOf(figures[0]!)];
  return channels.map((channel) => ({
    better: isBetterThanMean(channel),
    clearly: channel.r2 > clearR2,
  }));
}

/** Names of the channels that are reconstructed no better than by their mean, the worst first. */
export function weakChannels(channels: readonly ChannelQuality[]): string[] {
  return channels.filter((channel) => !isBetterThanMean(channel)).map(({ name }) => name);
}
