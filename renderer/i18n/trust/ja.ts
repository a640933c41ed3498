import type { trust as en } from './en.ts';

export const trust: typeof en = {
  trust: {
    title: '使ってよいか',
    verdicts: { use: '使用可', check: '要確認', 'no-ground': '根拠なし' },
    within: (percent, tolerance) => `${percent}の確率で誤差が${tolerance}以内`,
    withinWhy: (parts, plants) => `${plants}工場の${parts}個の部品で数えました`,
    meaning: '実測値が分かっている似た部品のうち、これだけが許容値以内でした。',
    surely: (percent) => `${percent}超`,
    expected: (error) => `予想誤差 フルスケールの${error}`,
    withinShare: (percent, share) => `${percent}の確率で正しい値に付いた割合が${share}以上`,
    expectedShare: (share) => `正しい値に付くと予想される割合 ${share}`,
    expectedWords: (error) => `予想誤差 ${error}`,
    blind:
      '語だけによる復元です。誤ったメモや、新しい品種を既知の語で書いたメモは、正しいメモと見分けられません。',
    interval: (covered, seen, worst) =>
      `範囲は値の${covered}を含みます。学習に使わない部品では${seen}、最も低い工場では${worst}でした。`,
    noInterval: (parts) => `範囲は表示しません。実測値のある部品があと${parts}個以上必要です。`,
    own: (parts) => `あとから実測された自工場の部品${parts}個も数えています。`,
    ownWider: (parts, percent) =>
      `あとから実測された自工場の部品${parts}個も数え、範囲を${percent}広げました。`,
    ownNarrower: (parts, percent) =>
      `あとから実測された自工場の部品${parts}個も数え、範囲を${percent}狭めました。`,
    unfamiliar: (percent) =>
      `このような部品はほとんど学習していません。既知の部品のうち、これほど離れたものは${percent}です。`,
    strange: (source) => `${source}：学習したどれにも似ていません。新しい品種か異常です。`,
    contradiction: (sources) =>
      `${sources}が矛盾しています。それぞれは既知ですが、同じ部品のものではありません。`,
    cautions: {
      latent: (source) => `${source}は、学習した範囲の端にあります。`,
      idle: (source) => `${source}から考えられる復元のうち、計測値を説明できるものがほとんどありません。`,
      itself: (source) => `${source}：値の並びが、学習したどの型にも合いません。`,
      worst: (source) => `${source}：一部の値が他から飛び離れています。`,
      consistency: (source) => `復元では、${source}の計測値を説明できません。`,
      crossed: (source, other) => `${source}は、${other}から予想されるものと違います。`,
      apart: (source, other) => `${source}と${other}とでは、復元が食い違います。`,
    },
    aWord: (error) => `1語あたりの意外さ${error}`,
    aWordUnit: '／語',
    rules: '許容値としきい値',
    open: '許容値などの設定',
    rulesWhy: '曲線は残るリスクを示します。使う部品を増やすほど、許容値を超えるものが増えます。',
    tolerance: '許容値',
    toleranceWhy:
      '許容できる最大の誤差（二乗平均平方根、フルスケールの%）。空欄なら、既知の部品の5個中4個が満たす値。',
    toleranceWords:
      '許容できる最大の誤差（正しい語の意外さ、語彙1語あたりの平均。0 は意外さなし）。空欄なら、既知の部品の5個中4個が満たす値。',
    toleranceShare:
      '許容できる最小の割合（正しい値に付いた割合、%）。空欄なら、既知の部品の5個中4個が満たす値。',
    use: '使用可とする確率',
    check: '根拠なしとする確率（未満）',
    familiarity: '根拠なしとする既知部品の割合（未満）',
    coverage: '使用可となる部品の割合',
    risk: '許容値を超える見込み',
    left: (use, check, none) => `使用可 ${use}、要確認 ${check}、根拠なし ${none}`,
    riskNow: (risk) => `使用可のうち${risk}が許容値を超える見込みです。`,
    none: 'まだどの工場もこの復元を確かめていません。校正が終わると曲線が表示されます。',
    save: '設定',
    saved: '設定しました。記録に残ります。',
  },
};
