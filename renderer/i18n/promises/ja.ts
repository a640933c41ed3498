import type { promises as en } from './en.ts';

export const promises: typeof en = {
  promises: {
    title: '復元の答え合わせ',
    why: '復元のあとで実測された部品について、事前の予告と実際を比べます。',
    axis: 'あとから実測された部品',
    promised: '予告',
    range: (measurement) => `${measurement}：範囲`,
    likely: (measurement) => `${measurement}：許容値`,
    held: (inside, parts, promised) =>
      `最近の部品 ${parts} 個で、値の ${inside} が範囲内（予告 ${promised}）`,
    cameTrue: (said, came, parts) => `予告 ${said}、実際は最近の部品 ${parts} 個のうち ${came}`,
    rangeBroken: (measurement) => `${measurement}：現在、範囲が予告どおりではありません。`,
    rangeChance: '偶然でこれほど多くの値が外れるのは 100 回に 1 回未満です。',
    widened: (percent) => `範囲は校正時より ${percent} 広くなっています。`,
    likelyBroken: (measurement) => `${measurement}：現在、許容値以内の部品が予告より少なくなっています。`,
    likelyChance: '偶然でこれほど少なくなるのは 100 回に 1 回未満です。',
    corrected: '今後の予告にはこれらの部品も数えます。',
    cure: '予告どおりに戻るまで、「使用可」の部品も一部実測してください。続く場合は部品や計測器の変化を調べ、本部に再校正を依頼してください。',
  },
};
