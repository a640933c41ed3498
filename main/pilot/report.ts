import { randomUUID } from 'node:crypto';
import { unitOf } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { scheduledRounds } from '../../protocol/schedule.ts';
import type { Picture } from '../../training/kinds/looking.ts';
import { counted } from '../api/format.ts';
import type { PilotModality, PilotReport } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import { keptShown } from '../kinds/index.ts';
import { basisOf, type PilotBasis, type PilotMeasured } from './basis.ts';
import { estimateEffort, hoursOf } from './effort.ts';
import type { Keep } from './keep.ts';
import { both, plain } from './labels.ts';
import { qualitySection } from './quality.ts';
import { recommend } from './recommendation.ts';
import { reportWords } from './report-words.ts';
import { findRisks } from './risks.ts';
import { speedSection, trafficSection } from './speed-and-traffic.ts';

/** A report and the pictures that it refers to by number. */
export interface PilotOutcome {
  readonly report: PilotReport;
  readonly pictures: readonly Picture[];
}

const origins: Readonly<Record<PilotMeasured['origin'], (name: string) => Label>> = {
  federation: (name) => ({
    en: `Plan of the federation: ${name}`,
    ja: `参加している共同学習の計画書：${name}`,
  }),
  file: (name) => ({ en: `Plan: ${name}`, ja: `計画書：${name}` }),
  standard: () => ({
    en: 'Standard plan, made from this folder',
    ja: 'このフォルダーから作った標準の計画書',
  }),
};

/** Makes the whole report, in both languages, from what was measured. */
export function makeReport(measured: PilotMeasured, madeAt: Date = new Date()): PilotOutcome {
  const pictures: Picture[] = [];
  const keep: Keep = (shown) => keptShown(shown, (picture) => pictures.push(picture) - 1);
  const basis = basisOf(measured);
  const effort = estimateEffort(basis);
  const hours = hoursOf(effort);
  const quality = qualitySection(basis, keep);
  const report: PilotReport = {
    id: randomUUID(),
    words: reportWords,
    madeAt: madeAt.toISOString(),
    folder: measured.folder,
    plan: origins[measured.origin](measured.plan.name),
    ...recommend(basis),
    tiles: tiles(basis, hours, quality),
    data: dataSection(basis, keep),
    findings: basis.findings.map(({ finding, meaning, title }) => ({
      severity: meaning.severity,
      title,
      cure: meaning.cure,
      examples: finding.examples.map(({ id, row, shown }) => ({
        label: id || `#${row}`,
        ...(shown && { shown: keep(shown) }),
      })),
    })),
    quality,
    speed: speedSection(basis),
    traffic: trafficSection(basis),
    effort: {
      summary: both(({ number }) => ({
        en: `About ${number(hours, 1)} hours of a person who knows the parts; no programmer, no statistician.`,
        ja: `部品を知る人の作業で約 ${number(hours, 1)} 時間です。プログラマーや統計の専門家は要りません。`,
      })),
      lines: effort,
    },
    risks: findRisks(basis),
    privacy: {
      en: 'This check ran on this workstation alone: no image, value or word left it.',
      ja: 'この点検はこの端末だけで行いました。画像・値・語は外に出ていません。',
    },
  };
  return { report, pictures };
}

function tiles(basis: PilotBasis, hours: number, quality: PilotReport['quality']): PilotReport['tiles'] {
  const { facts, chosen, roundSeconds, roundBytes, lines, paired, plan } = basis;
  const first = quality.modalities[0];
  const figure = first?.figures[0];
  return [
    {
      label: { en: 'Parts', ja: '部品' },
      value: plain(({ number }) => number(facts.inventory.parts)),
      note: both(({ number }) => ({
        en: `${number(paired)} with two measurements`,
        ja: `うち 2 種類以上の計測あり ${number(paired)}`,
      })),
    },
    {
      label: first
        ? { en: `Hidden: ${first.label.en}`, ja: `隠した計測：${first.label.ja}` }
        : { en: 'Quality', ja: '品質' },
      value: plain(({ measured }) => (figure ? measured(figure.measure, figure.reconstructed) : '–')),
      note: figure
        ? both(({ measured }) => {
            const mean = measured(figure.measure, figure.mean);
            return { en: `the mean: ${mean}`, ja: `平均値では ${mean}` };
          })
        : { en: 'could not be measured', ja: '測れませんでした' },
    },
    {
      label: { en: 'One round here', ja: '1 ラウンドの学習' },
      value: plain(({ duration }) => (chosen ? duration(roundSeconds) : '–')),
      note: both(({ number }) => ({
        en: `${chosen?.name ?? '–'}, ${counted(number(scheduledRounds(plan)), 'round')}`,
        ja: `${chosen?.name ?? '–'}、全 ${number(scheduledRounds(plan))} ラウンド`,
      })),
    },
    {
      label: { en: 'Bytes a round', ja: '1 ラウンドの通信' },
      value: plain(({ bytes }) => bytes(roundBytes)),
      note: both(({ duration, number }) => {
        const slowest = Math.min(...lines);
        const seconds = duration((8 * roundBytes) / (slowest * 1e6));
        return {
          en: `${seconds} at ${number(slowest, 1)} Mbit/s`,
          ja: `${number(slowest, 1)} Mbit/s で ${seconds}`,
        };
      }),
    },
    {
      label: { en: 'Work of a person', ja: '人の作業' },
      value: both(({ number }) => ({ en: `${number(hours, 1)} h`, ja: `${number(hours, 1)} 時間` })),
      note: { en: 'to start', ja: '開始まで' },
    },
  ];
}

function dataSection({ facts, plan, labelOf, has }: PilotBasis, keep: Keep): PilotReport['data'] {
  const { inventory, groups } = facts;
  return {
    summary: both(({ number, percent }) => ({
      en: `${counted(number(inventory.parts), 'part')}; ${number(inventory.complete)} (${percent(inventory.complete / Math.max(1, inventory.parts))}) have all ${counted(number(has.length), 'measurement')} that occur here.`,
      ja: `${number(inventory.parts)} 部品。ここで行っている ${number(has.length)} 種類の計測がすべて揃うのは ${number(inventory.complete)} 部品（${percent(inventory.complete / Math.max(1, inventory.parts))}）です。`,
    })),
    modalities: inventory.modalities.map(
      ({ name, present, missing, shown, profile, words, values }): PilotModality => {
        const modality = modalityOf(plan, name);
        return {
          ...{ name, present, missing, label: labelOf(name), shown: shown.map(keep) },
          unit: unitOf(modality),
          ...(profile && { profile }),
          ...(words && { words }),
          ...(values && { values }),
        };
      },
    ),
    pairs: inventory.pairs.map(({ one, other, parts }) => ({
      label: {
        en: `${labelOf(one).en} + ${labelOf(other).en}`,
        ja: `${labelOf(one).ja} ＋ ${labelOf(other).ja}`,
      },
      parts,
    })),
    groups: (groups?.list ?? []).map(({ parts, paired, shown }) => ({ parts, paired, shown: keep(shown) })),
  };
}
