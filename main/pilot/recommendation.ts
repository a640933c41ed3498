import { partsToProve } from '../../training/confidence/intervals.ts';
import { secondsOnLine } from '../../training/pilot/traffic.ts';
import { shownLevel } from '../api/shown-level.ts';
import type { PilotReport, PilotRule } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import { judgedOf, type PilotBasis } from './basis.ts';
import { both } from './labels.ts';

/** Least number of parts with two measurements: fewer teach no mapping. */
const leastPaired = 20;
/** Least number of parts in a group of alike ones: a group with fewer has not been seen. */
export const leastOfGroup = 10;
/** Share of the rows that must be usable. */
const leastUsable = 0.8;
/** Share of the round's time that training and the line may take together before it is tight. */
const comfortable = 0.5;

/**
 * Least number of held-out parts with which the intervals on show can promise anything; where some of their values
 * miss, it takes more.
 */
export const calibrationParts = partsToProve(shownLevel);

/** Least number of parts with two measurements at the plant, so that enough of them are held out. */
export function partsForCalibration({ plan }: Pick<PilotBasis, 'plan'>): number {
  return Math.ceil(calibrationParts / (plan.evaluation.holdOut || 0.15));
}

type Rule = (basis: PilotBasis) => PilotRule;

/** Every rule of the recommendation, the needed ones first. */
const rules: readonly Rule[] = [
  (basis) => ({
    needed: true,
    met: basis.paired >= leastPaired,
    text: both(({ number }) => ({
      en: `At least ${number(leastPaired)} parts with two measurements`,
      ja: `2 種類以上の計測がある部品が ${number(leastPaired)} 個以上`,
    })),
    fact: both(({ number }) => ({ en: number(basis.paired), ja: `${number(basis.paired)} 個` })),
  }),
  ({ findings, facts }) => {
    const lost = findings
      .filter(({ finding }) => finding.code === 'rows-unused')
      .reduce((sum, { finding }) => sum + finding.count, 0);
    const usable = facts.inventory.parts / Math.max(1, facts.inventory.parts + lost);
    return {
      needed: true,
      met: usable >= leastUsable,
      text: both(({ percent }) => ({
        en: `At least ${percent(leastUsable)} of the rows can be read`,
        ja: `行の ${percent(leastUsable)} 以上が読み取れる`,
      })),
      fact: both(({ percent }) => ({ en: percent(usable), ja: percent(usable) })),
    };
  },
  ({ facts }) => {
    const judged = facts.holdout.qualities.flatMap(judgedOf);
    const better = judged.filter((one) => one.better);
    return {
      needed: true,
      met: better.length > 0,
      text: {
        en: 'A hidden measurement, or one of its channels, is reconstructed better than by the mean',
        ja: '隠した計測またはそのチャンネルを、平均値よりよく復元できる',
      },
      fact: shareOf(better.length, judged.length),
    };
  },
  (basis) => {
    const share = shareOfDeadline(basis);
    return {
      needed: true,
      met: share <= 1,
      text: both(({ duration, number }) => ({
        en: `Training and transfer at ${number(slowest(basis))} Mbit/s end within the round (${duration(deadline(basis))})`,
        ja: `学習と ${number(slowest(basis))} Mbit/s での送受信がラウンド（${duration(deadline(basis))}）以内に終わる`,
      })),
      fact: roundFact(basis),
    };
  },
  (basis) => ({
    needed: false,
    met: shareOfDeadline(basis) <= comfortable,
    text: {
      en: 'They leave half of the round free',
      ja: 'ラウンドの半分以上の余裕がある',
    },
    fact: roundFact(basis),
  }),
  (basis) => ({
    needed: false,
    met: basis.paired >= partsForCalibration(basis),
    text: both(({ number }) => ({
      en: `At least ${number(partsForCalibration(basis))} parts with two measurements, so that confidence can be checked here`,
      ja: `信頼度をここで検証するため、2 種類以上の計測がある部品が ${number(partsForCalibration(basis))} 個以上`,
    })),
    fact: both(({ number }) => ({ en: number(basis.paired), ja: `${number(basis.paired)} 個` })),
  }),
  ({ findings }) => {
    const repairs = findings.filter(({ meaning }) => meaning.severity === 'repair').length;
    return {
      needed: false,
      met: repairs === 0,
      text: { en: 'Nothing in the data needs repair', ja: '直すべきデータがない' },
      fact: both(({ number }) => ({
        en: `${number(repairs)} to repair`,
        ja: `要修正 ${number(repairs)} 件`,
      })),
    };
  },
  ({ facts }) => {
    const judged = facts.holdout.qualities.flatMap(judgedOf);
    const clearly = judged.filter((one) => one.clearly);
    return {
      needed: false,
      met: judged.length > 0 && clearly.length === judged.length,
      text: {
        en: 'Each measurement and each channel is clearly better than the mean (1 dB, a fifth less error, or 10 points more right values)',
        ja: 'どの計測・どのチャンネルも平均値より明らかに良い（1 dB 以上、誤差が 2 割以上小さい、または正しい値の割合が 10 ポイント以上高い）',
      },
      fact: shareOf(clearly.length, judged.length),
    };
  },
  ({ facts }) => {
    const unseen = (facts.groups?.list ?? []).filter(({ paired }) => paired < leastOfGroup).length;
    return {
      needed: false,
      met: facts.groups !== null && unseen === 0,
      text: both(({ number }) => ({
        en: `Each group of parts occurs ${number(leastOfGroup)} times with two measurements`,
        ja: `どの部品グループにも、2 種類以上の計測があるものが ${number(leastOfGroup)} 個以上ある`,
      })),
      fact:
        facts.groups === null
          ? { en: 'too few parts to tell', ja: '部品が少なく分かりません' }
          : both(({ number }) => ({
              en: `${number(unseen)} too rare`,
              ja: `不足 ${number(unseen)} グループ`,
            })),
    };
  },
];

/** `7 of 9` */
function shareOf(count: number, of: number): Label {
  return both(({ number }) => ({
    en: `${number(count)} of ${number(of)}`,
    ja: `${number(of)} 件中 ${number(count)} 件`,
  }));
}

const headlines: Readonly<Record<PilotReport['decision'], Label>> = {
  go: { en: 'Go', ja: '導入できます' },
  conditions: { en: 'Go, with conditions', ja: '条件つきで導入できます' },
  'not-yet': { en: 'Not yet', ja: 'まだ早いです' },
};

/** The recommendation: "not yet" while a needed rule is unmet, "with conditions" while any is, else "go". */
export function recommend(
  basis: PilotBasis,
): Pick<PilotReport, 'rules' | 'decision' | 'headline' | 'reason'> {
  const checked = rules.map((rule) => rule(basis));
  const unmet = checked.filter(({ met }) => !met);
  const missing = unmet.filter(({ needed }) => needed);
  const decision = missing.length > 0 ? 'not-yet' : unmet.length > 0 ? 'conditions' : 'go';
  return {
    rules: checked,
    decision,
    headline: headlines[decision],
    reason: reasonOf(missing.length > 0 ? missing : unmet),
  };
}

function reasonOf(unmet: readonly PilotRule[]): Label {
  if (unmet.length === 0)
    return { en: 'Every rule of this check is met.', ja: 'この点検のすべての基準を満たしています。' };
  return {
    en: `Rules not met: ${unmet.map(({ text, fact }) => `${lowered(text.en)} (found: ${fact.en})`).join('; ')}.`,
    ja: `満たしていない基準：${unmet.map(({ text, fact }) => `${text.ja}（現在：${fact.ja}）`).join('、')}。`,
  };
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function slowest({ lines }: PilotBasis): number {
  return Math.min(...lines);
}

function deadline({ plan }: PilotBasis): number {
  return plan.rounds.deadlineSeconds;
}

/** Share of a round's deadline that training and the transfer over the slowest line take. */
export function shareOfDeadline(basis: PilotBasis): number {
  return (basis.roundSeconds + secondsOnLine(basis.roundBytes, slowest(basis))) / deadline(basis);
}

function roundFact(basis: PilotBasis): Label {
  const line = secondsOnLine(basis.roundBytes, slowest(basis));
  return both(({ duration }) => ({
    en: `${duration(basis.roundSeconds)} + ${duration(line)}`,
    ja: `${duration(basis.roundSeconds)} ＋ ${duration(line)}`,
  }));
}
