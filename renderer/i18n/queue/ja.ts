import type { Messages } from '../en.ts';

/** Strings of what leads through the queue to review, in Japanese. */
export const queueTexts: Pick<Messages, 'find'> = {
  find: {
    open: '部品を探す',
    label: '部品の名前',
    hint: '名前の一部で探せます。↑ ↓ で選び、Enter で移動します。',
    found: '見つかった部品',
    where: {
      here: '一覧にあります',
      decided: '判定済みです。判定済みも含めて表示します。',
      elsewhere: '別の計測を復元した部品です。そちらを表示します。',
      measured: 'この一覧にはありません。この部品には実測値があります。',
      'not-reconstructed': 'この一覧にはありません。この部品はまだ復元していません。',
    },
    unknown: (text) =>
      `「${text}」という部品はこの端末にありません。名前を確かめるか、データを取り込んでください。`,
    copyLink: 'リンクをコピー',
    copied: (part) => `部品 ${part} へのリンクをコピーしました。`,
    notCopied: 'コピーできませんでした。次のリンクを選んでコピーしてください：',
  },
};
