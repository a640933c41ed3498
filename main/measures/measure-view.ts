import { channelsOf, type Modality } from '../../protocol/kinds/index.ts';
import { type MeasureName, measureOf } from '../../training/measures/measure-table.ts';
import type { Label } from '../api/views/general.ts';
import type { MeasureView } from '../api/views/measures.ts';

/** Names of the measures in front of a person. */
const labels: Readonly<Record<MeasureName, Label>> = {
  psnr: { en: 'Fidelity', ja: '忠実度' },
  ssim: { en: 'Likeness of structure', ja: '構造の一致度' },
  error: { en: 'Mean error', ja: '平均誤差' },
  accuracy: { en: 'Right values', ja: '正しい値の割合' },
  trueShare: { en: 'Share given to the true value', ja: '正しい値に付いた割合' },
  wrongWords: { en: 'Wrong words', ja: '語の誤り' },
};

/** Label of the mean error where each value has a unit of its own. */
const ofRanges: Label = { en: 'Mean error, of each channel’s range', ja: '平均誤差（各チャンネルの範囲比）' };

/** A measure as terminal, paper and window show it. */
export function measureView(name: MeasureName, modality: Modality): MeasureView {
  const { better, written, unit } = measureOf(name);
  const label = name === 'error' && channelsOf(modality) ? ofRanges : labels[name];
  return { ...{ name, better, written, label }, unit: unit(modality) };
}
