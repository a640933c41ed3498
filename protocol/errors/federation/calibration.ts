import type { ErrorEntry } from '../entry.ts';

/** Errors of calibrations, and of the sums that plants send for them. */
export const calibrationErrors = {
  'calibration-unknown': {
    status: 404,
    en: {
      title: 'There is no calibration {number}',
      cure: 'Ask for one that status names.',
    },
    ja: {
      title: '校正 {number} はありません',
      cure: 'status に表示される校正を指定してください。',
    },
  },
  'calibration-closed': {
    status: 409,
    en: {
      title: 'Calibration {number} does not take "{pass}" now',
      cure: 'Nothing was lost. The app takes part in what is open, or fetches the result, by itself.',
    },
    ja: {
      title: '校正 {number} は現在「{pass}」を受け付けていません',
      cure: '失われたものはありません。受付中の段階に自動で参加するか、結果を自動で取得します。',
    },
  },
  'calibration-impossible': {
    status: 409,
    en: {
      title:
        'Model {version} cannot be calibrated: no plant has on the same parts the measurements that it relates',
      cure: 'Calibrate a model of a later round, or invite a plant that has two measurements or more.',
    },
    ja: {
      title:
        'モデル {version} は校正できません。モデルが関係づける計測を同じ部品について両方もつ工場がありません',
      cure: '後のラウンドのモデルを校正するか、2 種類以上の計測をもつ工場を招待してください。',
    },
  },
  'calibration-parts-few': {
    status: 422,
    en: {
      title:
        '{parts} parts are too few to calibrate {route}: sums of less than {least} would speak of single parts',
      cure: 'Import at least {missing} more parts that have all of these measurements.',
    },
    ja: {
      title:
        '{route} の校正には部品が {parts} 個では足りません。{least} 個未満の合計は個々の部品を表してしまいます',
      cure: 'これらの計測がすべてそろった部品を、あと {missing} 個以上取り込んでください。',
    },
  },
  'sums-refused': {
    status: 422,
    en: {
      title: 'The sums "{name}" are refused: {problem}',
      cure: 'Update the workstation, or ask headquarters which version the federation uses.',
    },
    ja: {
      title: '合計「{name}」は受け付けられません（{problem}）',
      cure: '端末を更新するか、共同学習で使っている版を本部に問い合わせてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
