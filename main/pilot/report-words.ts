import type { PilotWord } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';

/** Headings of a report and the words between its figures: a report carries them, so that whatever draws it says the same. */
export const reportWords: Readonly<Record<PilotWord, Label>> = {
  rule: { en: 'The rule of this recommendation', ja: '推奨の基準' },
  data: { en: 'What is there', ja: 'データ' },
  groups: { en: 'Groups of parts found, and how many are in each', ja: '見つかった部品のグループと個数' },
  findings: { en: 'What to look after', ja: '確かめること' },
  noFindings: { en: 'No trouble was found in the data.', ja: 'データに問題は見つかりませんでした。' },
  quality: { en: 'What quality to expect', ja: '期待できる品質' },
  true: { en: 'true', ja: '実物' },
  reconstructed: { en: 'reconstructed', ja: '復元' },
  mean: { en: 'mean', ja: '平均値' },
  channels: {
    en: 'R² of each channel (1 is exact, 0 no better than its mean)',
    ja: 'チャンネルごとの R²（1 は完全一致、0 は平均値並み）',
  },
  speed: { en: 'Speed and line', ja: '速さと回線' },
  device: { en: 'one round on', ja: '1 ラウンド' },
  line: { en: 'line', ja: '回線' },
  round: { en: 'a round', ja: '1 ラウンド' },
  allRounds: { en: 'all rounds', ja: '全ラウンド' },
  effort: { en: 'Work of a person', ja: '人の作業' },
  risks: { en: 'Risks', ja: 'リスク' },
};
