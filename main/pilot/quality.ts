import { unitOf } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import type { HoldoutQuality } from '../../training/pilot/pilot-facts.ts';
import { counted } from '../api/format.ts';
import type { PilotQuality, PilotReport } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import { channelViews } from '../measures/channel-view.ts';
import { measureView } from '../measures/measure-view.ts';
import { leadOf, type PilotBasis, weakChannels } from './basis.ts';
import type { Keep } from './keep.ts';
import { both } from './labels.ts';

/** Section on quality: results of the hold-out in words, and what a joined federation publishes. */
export function qualitySection(basis: PilotBasis, keep: Keep): PilotReport['quality'] {
  const { holdout } = basis.facts;
  return {
    summary:
      holdout.qualities.length === 0
        ? {
            en: 'Nothing could be hidden and reconstructed: too few parts have two measurements.',
            ja: '2 種類以上の計測がある部品が少なく、隠して復元する試験ができませんでした。',
          }
        : both(({ duration }) => ({
            en: `On this workstation a model was trained for ${duration(holdout.seconds)} on this plant's parts alone. On parts it had not seen, one measurement at a time was hidden and reconstructed from the others.`,
            ja: `この端末で、この工場の部品だけを使ってモデルを ${duration(holdout.seconds)}学習し、学習に使わなかった部品の計測を 1 つずつ隠して、残りから復元しました。`,
          })),
    modalities: holdout.qualities.map((quality) => ofModality(basis, quality, keep)),
    published: publishedText(basis),
  };
}

function ofModality({ plan, labelOf }: PilotBasis, quality: HoldoutQuality, keep: Keep): PilotQuality {
  const modality = modalityOf(plan, quality.modality);
  return {
    label: labelOf(quality.modality),
    unit: unitOf(modality),
    summary: both(({ number }) => ({
      en: `${counted(number(quality.parts), 'part')} evaluated, ${number(quality.trainedOn)} learned from`,
      ja: `${number(quality.parts)} 部品で評価（学習 ${number(quality.trainedOn)} 部品）`,
    })),
    figures: quality.figures.map((figure) => ({
      measure: measureView(figure.measure, modality),
      reconstructed: figure.reconstructed,
      mean: figure.mean,
      better: leadOf(figure).better,
    })),
    channels: channelViews(quality.channels),
    caution: cautionOf(weakChannels(quality.channels)),
    examples: quality.examples.map(({ id, truth, reconstructed }) => ({
      id,
      truth: keep(truth),
      reconstructed: keep(reconstructed),
    })),
  };
}

function cautionOf(weak: readonly string[]): Label | null {
  if (weak.length === 0) return null;
  return {
    en: `No better than the mean: ${weak.join(', ')}.`,
    ja: `平均値より良くないチャンネル：${weak.join('、')}`,
  };
}

function publishedText({ origin, published }: PilotBasis): Label {
  if (origin !== 'federation')
    return {
      en: 'No federation is joined, so there are no figures of one to compare with.',
      ja: '共同学習に参加していないため、比べられる数値はありません。',
    };
  if (!published)
    return {
      en: 'The federation has not sent a model yet, so it publishes no figures.',
      ja: '共同学習のモデルがまだ届いていないため、公表された数値はありません。',
    };
  const { version, round } = published;
  return {
    en: `The federation's model (version ${version}, after round ${round}) publishes no quality figures; ask headquarters for them.`,
    ja: `共同学習のモデル（第 ${version} 版、ラウンド ${round} の後）は品質の数値を公表していません。本部に問い合わせてください。`,
  };
}
