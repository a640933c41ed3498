import { counted } from '../api/format.ts';
import type { Label } from '../api/views.ts';
import { leadOf, type PilotBasis, weakChannels } from './basis.ts';
import { both } from './labels.ts';
import { leastOfGroup, partsForCalibration, shareOfDeadline } from './recommendation.ts';

/** Share of all parts beyond which one group makes the data one-sided. */
const oneSided = 0.4;
/** Least number of judged parts: fewer are no ground for a figure. */
const leastJudged = 50;

type Risk = (basis: PilotBasis) => Label | Label[] | undefined;

/** Risks, each from a fact of this folder. */
const risks: readonly Risk[] = [
  (basis) => {
    const needed = partsForCalibration(basis);
    if (basis.paired >= needed) return undefined;
    return both(({ number }) => ({
      en: `Only ${counted(number(basis.paired), 'part has', 'parts have')} two measurements (at least ${number(needed)} wanted): how far a reconstruction can be trusted cannot be checked at this plant alone.`,
      ja: `2 種類以上の計測がある部品が ${number(basis.paired)} 個しかなく（目安 ${number(needed)} 個以上）、復元をどこまで信頼できるかをこの工場だけでは検証できません。`,
    }));
  },
  ({ facts, labelOf }) =>
    facts.inventory.pairs
      .filter(({ parts }) => parts === 0)
      .map(({ one, other }) => ({
        en: `${labelOf(one).en} and ${labelOf(other).en} never occur on the same part: only other plants can teach how they relate.`,
        ja: `${labelOf(one).ja}と${labelOf(other).ja}が同じ部品に揃っていないため、両者の関係は他の工場からしか学べません。`,
      })),
  ({ plan, has, labelOf, origin }) =>
    origin === 'standard'
      ? undefined
      : plan.modalities
          .filter(({ name }) => !has.includes(name))
          .map(({ name }) => ({
            en: `${labelOf(name).en} is not measured here: you will see it reconstructed, and cannot compare it with the real one.`,
            ja: `${labelOf(name).ja}はここでは測っていません。復元は見られますが、実物と比べられません。`,
          })),
  ({ facts }) => {
    const [largest] = facts.groups?.list ?? [];
    if (!largest || largest.parts <= oneSided * facts.inventory.parts) return undefined;
    return both(({ percent }) => ({
      en: `The data are one-sided: ${percent(largest.parts / facts.inventory.parts)} of the parts look alike. Rare groups will be reconstructed worse.`,
      ja: `データが偏っています。部品の ${percent(largest.parts / facts.inventory.parts)} が似たものです。まれなグループの復元は悪くなります。`,
    }));
  },
  ({ facts }) => {
    const unseen = (facts.groups?.list ?? []).filter(({ paired }) => paired < leastOfGroup);
    if (unseen.length === 0) return undefined;
    const parts = unseen.reduce((sum, group) => sum + group.parts, 0);
    return both(({ number }) => ({
      en: `${number(unseen.length)} groups of parts (${counted(number(parts), 'part')}) hardly ever have two measurements: for these the model has no example.`,
      ja: `${number(unseen.length)} グループ（${number(parts)} 部品）には、2 種類以上の計測があるものがほとんどなく、モデルに見本がありません。`,
    }));
  },
  ({ facts, labelOf }) =>
    facts.holdout.qualities
      .filter(({ channels, figures }) => channels.length === 0 && !leadOf(figures[0]!).better)
      .map(({ modality }) => ({
        en: `${labelOf(modality).en} was not reconstructed better than by its mean. Alone, this plant's data do not show how to.`,
        ja: `${labelOf(modality).ja}の復元は平均値より良くなりませんでした。この工場のデータだけでは関係を学べません。`,
      })),
  ({ facts, labelOf }) =>
    facts.holdout.qualities.flatMap(({ modality, channels }) => {
      const weak = weakChannels(channels);
      if (weak.length === 0) return [];
      return {
        en: `${labelOf(modality).en}: ${weak.join(', ')} ${weak.length === 1 ? 'was' : 'were'} not reconstructed better than by the mean. Of these the model knows nothing here.`,
        ja: `${labelOf(modality).ja}：${weak.join('、')}の復元は平均値より良くなりませんでした。この工場では、モデルはこれらについて何も分かりません。`,
      };
    }),
  ({ facts, labelOf }) =>
    facts.holdout.qualities
      .filter(({ parts }) => parts < leastJudged)
      .map(({ modality, parts }) =>
        both(({ number }) => ({
          en: `The figures of ${labelOf(modality).en} rest on ${counted(number(parts), 'part')} only; another ${number(parts)} may give others.`,
          ja: `${labelOf(modality).ja}の数値は ${number(parts)} 部品だけに基づき、別の部品では変わりえます。`,
        })),
      ),
  ({ facts }) =>
    facts.holdout.cutShort
      ? both(({ duration }) => ({
          en: `Training was cut after ${duration(facts.holdout.seconds)}, before the plan's schedule was over: the quality shown is a lower bound of what this plant reaches alone.`,
          ja: `学習は計画書の予定の途中、${duration(facts.holdout.seconds)}で打ち切りました。示した品質は、この工場だけで届く水準の下限です。`,
        }))
      : undefined,
  (basis) => {
    const share = shareOfDeadline(basis);
    if (share <= 0.5) return undefined;
    return both(({ percent }) => ({
      en: `A round takes ${percent(share)} of the time that the plan allows: this plant may come late and be left out of rounds.`,
      ja: `1 ラウンドに、計画書で認められた時間の ${percent(share)} がかかり、この工場が間に合わないラウンドが出るおそれがあります。`,
    }));
  },
];

/** The risks in plain words; one sentence that there are none, where there are none. */
export function findRisks(basis: PilotBasis): Label[] {
  const found = risks.flatMap((risk) => risk(basis) ?? []);
  if (found.length > 0) return found;
  return [{ en: 'These checks found none.', ja: 'この点検では見つかりませんでした。' }];
}
