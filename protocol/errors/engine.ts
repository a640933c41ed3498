import type { ErrorEntry } from './entry.ts';

/** Errors of the numeric engines. */
export const engineErrors = {
  'engine-input': {
    status: 422,
    en: {
      title: 'The value {name} cannot go into the computation: {problem}',
      cure: 'Nothing was computed. Check the data or the plan for that value and start the job again.',
    },
    ja: {
      title: '値 {name} は計算に使えません：{problem}',
      cure: '計算は行われていません。データまたは計画書のその値を確かめ、もう一度実行してください。',
    },
  },
  'engine-trace': {
    status: 500,
    en: {
      title: 'A model step cannot be turned into a graph: {problem}',
      cure: 'This is a fault of the program. Tell headquarters what stands above.',
    },
    ja: {
      title: 'モデルの計算をグラフに変換できません：{problem}',
      cure: 'プログラムの不具合です。上の文を本部に知らせてください。',
    },
  },
  'engine-kernel': {
    status: 500,
    en: {
      title: 'The operation {kernel} cannot run on this device: {problem}',
      cure: 'Choose another device on the Overview page, or an architecture without that operation in the plan.',
    },
    ja: {
      title: '演算 {kernel} はこの計算装置で実行できません：{problem}',
      cure: '概要ページで別の計算装置を選ぶか、計画書でその演算を使わない構成にしてください。',
    },
  },
  'engine-device': {
    status: 503,
    en: {
      title: 'The device {device} cannot compute: {problem}',
      cure: 'Choose another device on the Overview page, or update its driver and restart the app.',
    },
    ja: {
      title: '計算装置 {device} で計算できません：{problem}',
      cure: '概要ページで別の計算装置を選ぶか、ドライバーを更新してアプリを再起動してください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
