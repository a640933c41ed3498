import type { ErrorEntry } from './entry.ts';

/** Errors of training and reconstructing on a plant's own files. */
export const trainingErrors = {
  'dataset-invalid': {
    status: 422,
    en: {
      title: 'The data set {path} cannot be used: {problem}',
      cure: 'Import the folder again. If the plan has changed since the import, that is why.',
    },
    ja: {
      title: 'データセット {path} を使えません：{problem}',
      cure: 'フォルダーをもう一度取り込んでください。取り込みの後で計画書が変わった場合は、それが原因です。',
    },
  },
  'module-invalid': {
    status: 422,
    en: {
      title: 'The file of module {module} cannot be used: {problem}',
      cure: 'Download the model again; if this stays, ask headquarters for help.',
    },
    ja: {
      title: 'モジュール {module} のファイルを使えません：{problem}',
      cure: 'モデルをもう一度ダウンロードしてください。直らないときはプログラムを再起動し、操作の内容を本部に知らせてください。',
    },
  },
  'explain-source': {
    status: 409,
    en: {
      title: 'Nothing that was measured of this part leads to {modality}',
      cure: 'Take at least one other measurement of the part, or reconstruct again with the newest model.',
    },
    ja: {
      title: 'この部品の計測値から{modality}につながるものがありません',
      cure: 'この部品について他の計測を 1 つ以上行うか、最新のモデルでもう一度復元してください。',
    },
  },
  'training-diverged': {
    status: 500,
    en: {
      title: 'Training of {task} went out of bounds; nothing of it was sent',
      cure: 'Ask headquarters to lower training.learningRate in the plan, and check the data for extreme values.',
    },
    ja: {
      title: '{task} の学習が発散しました（結果は送信していません）',
      cure: '計画書の training.learningRate を下げるよう本部に依頼し、データに極端な値がないか確かめてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
