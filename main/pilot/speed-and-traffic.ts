import { type StageName, scheduledRounds } from '../../protocol/schedule.ts';
import { scheduleBytes, secondsOnLine } from '../../training/pilot/traffic.ts';
import { counted } from '../api/format.ts';
import type { PilotReport } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import type { PilotBasis } from './basis.ts';
import { both, plain } from './labels.ts';

const stageLabels: Readonly<Record<StageName, Label>> = {
  generators: { en: 'each measurement', ja: '各計測' },
  mappings: { en: 'how they relate', ja: '計測の関係' },
  completion: { en: 'completed parts', ja: '補完した部品' },
};

/** Section on speed: seconds of a round on each device, as they were measured here. */
export function speedSection({ chosen, devices, plan, roundSeconds }: PilotBasis): PilotReport['speed'] {
  const stages = chosen?.speed.stages ?? [];
  const all = plan.stages.reduce((sum, { rounds }, index) => sum + rounds * (stages[index]?.seconds ?? 0), 0);
  const measured = Math.min(...stages.map(({ measuredParts }) => measuredParts));
  return {
    summary: chosen
      ? both(({ duration, number }) => ({
          en: `Measured with real training on ${counted(number(measured), 'part')} or more. The longest round takes ${duration(roundSeconds)}; the whole schedule of ${counted(number(scheduledRounds(plan)), 'round')} ${duration(all)} of computing, spread over the rounds.`,
          ja: `${number(measured)} 部品以上の実際の学習で測りました。最も長いラウンドで ${duration(roundSeconds)}、予定の全 ${number(scheduledRounds(plan))} ラウンドの計算は合計 ${duration(all)}です。`,
        }))
      : { en: 'No device could train the plan.', ja: 'この計画書を学習できる計算装置がありませんでした。' },
    stages: plan.stages.map(({ stage }) => stageLabels[stage]),
    devices: devices.map(({ name, chosen: isChosen, speed }) => ({
      name,
      chosen: isChosen,
      rounds: speed.stages.map(({ seconds }) => plain(({ duration }) => duration(seconds))),
    })),
  };
}

/** Section on traffic: bytes of a round, and how long they take on each line. */
export function trafficSection({ traffic, lines, plan, roundBytes }: PilotBasis): PilotReport['traffic'] {
  const total = scheduleBytes(traffic);
  return {
    summary: both(({ bytes, number }) => ({
      en: `At most ${bytes(roundBytes)} a round, sent and received together; ${bytes(total)} over all ${counted(number(scheduledRounds(plan)), 'round')}. Counted from the plan: only modules that this plant uses travel, and none that it already holds.`,
      ja: `1 ラウンドで送受信あわせて最大 ${bytes(roundBytes)}、全 ${number(scheduledRounds(plan))} ラウンドで ${bytes(total)}。計画書から計算した値で、この工場が使うモジュールだけを、持っていないときだけ送ります。`,
    })),
    stages: traffic.map(({ stage, up, down }) => ({
      label: stageLabels[stage],
      up: plain(({ bytes }) => bytes(up)),
      down: plain(({ bytes }) => bytes(down)),
    })),
    lines: lines.map((line) => ({
      label: plain(({ number }) => `${number(line, 1)} Mbit/s`),
      round: plain(({ duration }) => duration(secondsOnLine(roundBytes, line))),
      schedule: plain(({ duration }) => duration(secondsOnLine(total, line))),
    })),
  };
}
