import type { dataTexts as english } from './en.ts';

/** The Data page, in Japanese. */
export const dataTexts: typeof english = {
  preview: {
    restored: '画面を再読み込みしましたが、入力と選択の内容は残っています。',
    afresh: '最初からやり直す',
    samples: (count) => `取り込んだときの部品の見え方（${count} 個）`,
    samplesWhy:
      '画像は向き・明るさの範囲・切り出しを、信号は単位を合わせて表示します。下で設定を直すとすぐに反映します。',
    row: (row) => `${row} 行目`,
    nothing: '計測なし',
    reading: {
      thousands: '桁区切り',
      thousandsMarks: { none: 'なし', ',': 'カンマ', '.': 'ピリオド', "'": 'アポストロフィ', ' ': '空白' },
      quote: '引用符',
      quotes: { '"': '"', "'": "'", none: 'なし' },
      id: '部品番号の列',
      noId: 'なし（ファイル名と行番号で呼ぶ）',
      badReadings: '「計測失敗」を表す語（数値と画像の列だけ）',
      reads: (cell, value) => `${cell} → ${value}`,
      plainLetters: '英数字だけなので、どの文字コードでも同じです',
      columns: (count) => `${count} 列`,
      empty: (cells) => `計測なしとして読む値：${cells}`,
      noneEmpty: '先頭の行に、この語はありません。',
    },
    pictures: {
      title: (label) => `「${label}」の画像の読み取り方`,
      bits: '値のビット数',
      found: '自動',
      bitsOf: (bits) => `${bits} ビット`,
      black: '黒とする値',
      white: '白とする値',
      region: '使う範囲',
      regions: {
        whole: '画像全体',
        object: '背景から浮き出た部分',
        rectangle: 'すべて同じ長方形',
      },
      edges: { left: '左から（%）', top: '上から（%）', width: '幅（%）', height: '高さ（%）' },
      page: 'ページ（番号または名前）',
      behind: '透明な部分の背景',
      behinds: { black: '黒', white: '白' },
      plain: '8 ビット（黒 0、白 255）',
      scale: ({ low, high, bits, stored }) => {
        const kind = { unsigned: '', signed: '（符号付き）', float: '（浮動小数点）' }[stored.format];
        return bits === null
          ? `${stored.bits} ビット${kind}のうち ${low} … ${high}`
          : `${stored.bits} ビット${kind}のうち ${bits} ビット`;
      },
      from: {
        given: '指定どおり',
        earlier: '以前の取り込みと同じ',
        file: 'ファイルの記載による',
        sample: '一部の画像の最大値から推定。ご確認ください',
      },
    },
  },

  effect: {
    title: 'この取り込みで変わること',
    counting: 'ファイル全体を読んでいます…',
    allNew: (parts) => `部品 ${parts} 個。すべて新しい部品です。`,
    parts: (added, known) =>
      `新しい部品 ${added} 個、すでにある部品 ${known} 個。取り込むまでは何も書き込みません。`,
    measurement: '計測',
    added: '追加',
    replaced: '置き換え',
    unsaid: '空欄・読めない値',
    rule: 'そのとき、今ある計測の扱い',
    ruleOf: (measurement) => `${measurement} の空欄`,
    keep: (count) => `${count} 件をそのまま残す`,
    remove: (count) => `${count} 件を取り除く`,
    undoable: '置き換えたり取り除いたりした計測は保管します。取り込みを取り消すと元に戻ります。',
  },

  dataPage: {
    imports: '取り込みの一覧',
    noImports: 'まだ何も取り込んでいません。',
    by: (name) => `${name} さん`,
    brought: (added, known) => `新しい部品 ${added} 個、すでにある部品 ${known} 個`,
    did: {
      added: (count) => `追加 ${count}`,
      replaced: (count) => `置き換え ${count}`,
      removed: (count) => `取り除き ${count}`,
      stayed: (count) => `そのまま ${count}`,
    },
    holds: (count) => `使用中 ${count}`,
    details: '詳細',
    folder: 'フォルダー',
    file: 'CSV ファイル',
    hash: '値の照合値（SHA-256）',
    columns: '列',
    older: '以前の取り込み',

    undo: '取り消す',
    undoOf: (time) => `${time} の取り込みを取り消す`,
    undoTitle: 'この取り込みを取り消しますか？',
    undoWhat: 'この取り込みで入ったものをすべて取り下げ、その前の状態に戻します。',
    goes: (count) => `計測 ${count} 件がなくなります（それ以前の値はありません）。`,
    returns: (count) => `計測 ${count} 件が以前の値に戻ります。`,
    covered: (count) => `計測 ${count} 件は、より新しい取り込みの値なのでそのままです。`,
    undoNow: '取り込みを取り消す',
    follows: 'これらの部品の復元は作り直します。誰が行ったかは記録に残ります。',
    cancel: 'やめる',

    coverage: 'そろっている計測と欠けている計測',
    coverageWhy:
      '部品を、最初に入った取り込みごとに示します。数を選ぶと、その計測が欠けている部品を表示します。',
    parts: (count) => `部品 ${count} 個`,
    lacking: (count) => `欠 ${count}`,
    lackingOf: (count, measurement) => `${measurement} が欠けている部品 ${count} 個を表示`,
    complete: '欠測なし',

    partsTitle: '部品',
    search: '検索',
    searchHint: '名前の一部（3 文字以上）',
    lacks: '欠けている計測',
    any: '指定なし',
    from: '取り込み',
    name: '部品',
    measured: '計測あり',
    none: '当てはまる部品はありません。',
    more: '部品の続きを表示',
    choose: (name) => `${name} を選ぶ`,
    open: (name) => `${name} を表示`,
    chosen: (count) => `${count} 個を選択中`,
    history: '値の由来',
    cameWith: (time) => `${time} の取り込み`,
    states: { holds: '使用中', covered: '置き換え済み', removal: '計測なしとの記載' },
    nothingNow: '今は計測がありません。',

    deleteChosen: '削除…',
    deleteTitle: (count) => `部品 ${count} 個から削除`,
    deleteWhat: '何を削除しますか？',
    wholeParts: '部品そのもの（すべての計測を含む）',
    only: (measurement) => `${measurement} だけ`,
    deleteWhy:
      '削除した計測は、それ以前の値も含めてこの端末からなくなり、取り込みを取り消しても戻りません。元のフォルダーのファイルはそのままです。',
    deleteNow: '削除する',
    deleted: (values, parts) => `計測 ${values} 件を削除し、部品 ${parts} 個がなくなりました。`,

    saveProblems: 'CSV で保存',
    savedProblems: (count, path) => `${count} 件の問題を ${path} に書きました`,
    back: 'データに戻る',
  },
};
