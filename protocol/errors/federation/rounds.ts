import type { ErrorEntry } from '../entry.ts';

/** Errors of opening rounds and taking part in them. */
export const roundErrors = {
  'plan-foreign': {
    status: 409,
    en: {
      title: 'The plan {actual} is not the one of this federation, {expected}',
      cure: 'Fetch the plan of the federation again, agree to it and train the round anew.',
    },
    ja: {
      title: '計画書 {actual} はこの共同学習のもの（{expected}）ではありません',
      cure: '共同学習の計画書を取得し直し、同意してからラウンドを学習し直してください。',
    },
  },
  'round-open': {
    status: 409,
    en: {
      title: 'Round {round} is still open',
      cure: 'Wait until it closes; then open the next one.',
    },
    ja: {
      title: 'ラウンド {round} はまだ開いています',
      cure: '閉じるまで待ってから、次のラウンドを開いてください。',
    },
  },
  'round-not-open': {
    status: 409,
    en: {
      title: 'Round {round} is not open',
      cure: 'Nothing was lost. The app takes part in the next round by itself.',
    },
    ja: {
      title: 'ラウンド {round} は開いていません',
      cure: '失われたものはありません。次のラウンドに自動で参加します。',
    },
  },
  'quorum-missing': {
    status: 409,
    en: {
      title: 'A round needs {quorum} plants, and {plants} have joined',
      cure: 'Invite more plants, or wait until those invited have joined.',
    },
    ja: {
      title: 'ラウンドには {quorum} 工場が必要ですが、参加は {plants} 工場です',
      cure: '工場を追加で招待するか、招待済みの工場の参加を待ってください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
