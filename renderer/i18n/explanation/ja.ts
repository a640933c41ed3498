import type { explanationTexts as english } from './en.ts';
import type { PieceFact } from './facts.ts';
import type { Patterns } from './sentence.ts';

const places = (first: number, last: number) =>
  first === last ? `${first} 番目の値` : `${first}～${last} 番目の値`;

/** Texts of an explanation in Japanese. */
export const explanationTexts: typeof english = {
  explanation: {
    title: '説明',
    open: '説明',
    loading: '調べています…',
    towards: 'この復元に近づける',
    against: '遠ざける',
    raises: '印の場所を上げる',
    lowers: '下げる',
    legend: (limit) => `普段の部品との違いに占める割合。棒の最大は ${limit}`,
    legendRegion: (limit) => `印を付けた場所を増減させた量（フルスケールに対する割合）。棒の最大は ${limit}`,
    contribution: (percent) => `これがないと復元が ${percent} 変わります`,
    usual:
      'この工場の計測の平均と、何も書かれていないメモからモデルが作った復元と比べています。数値を合計すると違いの全体になります。',
    neighbours: 'この工場で最も似ている部品',
    notMeasured: 'この部品では未計測',
    noNeighbours: '同じ計測がそろった部品は他にありません。',
    point: '場所を指して聞く',
    pointHint: '画像の上をドラッグするか、矢印キーで枠を動かし、Shift と矢印キーで大きさを変えてください。',
    pointLabel: (left, top, width, height) => `印：左上 ${left}, ${top}、大きさ ${width} × ${height}`,
    whole: '全体について聞く',
    whatIf: 'もし…だったら',
    whatIfShown: 'もし…だったら：計測と違う値で描いています',
    group: '値',
    otherValue: '別の値',
    groupOf: (first, last) => (first === last ? `${first} 番` : `${first}～${last} 番`),
    by: (amount) => `${amount} 変更`,
    word: (word) => `語「${word}」`,
    reset: '元に戻す',
    changed: (percent) => `復元はフルスケールの ${percent} 変わります。`,
    beyond: (sources) => `${sources}：この工場で計測したことのない範囲です。モデルの推測にすぎません。`,
  },
};

/** Sentences of an explanation in Japanese. */
export const patterns: Patterns = {
  one: (target, source) => `${target}の復元は、${source}だけに基づいています。`,
  several: (target, sources) =>
    `${target}の復元は、${sources.map(({ name, change }) => `${name}がなければ ${change} %`).join('、')}（フルスケールに対する割合）変わります。`,
  region: (value, usual) => `印を付けた場所はフルスケールの ${value} % です。普段は ${usual} % です。`,
  towards: (pieces) => `この形になったのは、主に${pieces.join('、')}によります。`,
  against: (pieces) => `反対の向きに働いたのは、${pieces.join('、')}です。`,
  raised: (pieces) => `そこを高くしているのは、${pieces.join('、')}です。`,
  lowered: (pieces) => `そこを低くしているのは、${pieces.join('、')}です。`,
  nothing: '計測のなかに、特に目立つものはありません。',
  agreement: {
    strong: (agreement) => `一つずつ取り除いて確かめた結果とも合っています（順位相関 ${agreement}）。`,
    partly: (agreement) =>
      `一つずつ取り除いて確かめた結果とは、一部だけ合っています（順位相関 ${agreement}）。`,
    none: (agreement) =>
      `一つずつ取り除いて確かめた結果とは合いません（順位相関 ${agreement}）。この説明には頼らないでください。`,
  },
  nearest: (id) => `この工場で最も似ている部品は ${id} です。`,
  piece: ({ source, label, percent }: PieceFact) => {
    const figure = `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
    if (label.kind === 'word') return `語「${label.word}」（${figure}）`;
    if (label.kind === 'value') return `${source}「${label.value ?? '–'}」（${figure}）`;
    if (label.kind === 'channels')
      return `${source}の ${label.name ?? places(label.first, label.last)}（${figure}）`;
    return `${source}の ${label.left}, ${label.top} の区画（${figure}）`;
  },
};
