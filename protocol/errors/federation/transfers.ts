import type { ErrorEntry } from '../entry.ts';

/** Errors of transferring blobs, and of addresses that do not exist. */
export const transferErrors = {
  'blob-unknown': {
    status: 404,
    en: {
      title: 'There is no such file at the aggregator',
      cure: 'Ask for the model again; it names the files to fetch.',
    },
    ja: {
      title: '集約サーバーにそのファイルはありません',
      cure: 'モデルの情報を取得し直すと、必要なファイルが分かります。',
    },
  },
  'blob-mismatch': {
    status: 422,
    en: {
      title: 'The uploaded file is not the one its name promises',
      cure: 'What had arrived was thrown away. The app sends it again from the start.',
    },
    ja: {
      title: '送られたファイルが名前と一致しません',
      cure: '届いた分は破棄しました。最初から送り直します。',
    },
  },
  'blob-too-large': {
    status: 413,
    en: {
      title: 'A file of {bytes} bytes is larger than any module of the plan ({limit})',
      cure: 'Make sure both sides use the same plan and app version.',
    },
    ja: {
      title: '{bytes} バイトのファイルは計画書のどのモジュールよりも大きすぎます（上限 {limit}）',
      cure: '計画書とアプリの版が両者で同じか確かめてください。',
    },
  },
  'upload-offset': {
    status: 409,
    en: {
      title: 'The upload continues at byte {offset}',
      cure: 'The app goes on from there by itself.',
    },
    ja: {
      title: 'アップロードは {offset} バイト目から続きます',
      cure: '自動でそこから続けます。',
    },
  },
  'upload-interrupted': {
    status: 408,
    en: {
      title: 'The upload broke off or was started again',
      cure: 'What had arrived is kept. The app goes on from there by itself.',
    },
    ja: {
      title: 'アップロードが中断されたか、もう一度始められました',
      cure: '届いた分は保存されています。自動でそこから続けます。',
    },
  },
  'not-found': {
    status: 404,
    en: {
      title: 'There is nothing at this address',
      cure: 'Check the address of the aggregator and the version of the app.',
    },
    ja: {
      title: 'このアドレスには何もありません',
      cure: '集約サーバーのアドレスとアプリの版を確かめてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
