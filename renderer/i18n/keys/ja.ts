import type { Messages } from '../en.ts';

/** Strings of the keys in Japanese. */
export const keyTexts: Pick<Messages, 'keys'> = {
  keys: {
    title: 'キー操作',
    off: '入力欄に文字を入れている間は使えません。',
    actions: {
      previous: '前の部品',
      next: '次の部品',
      accept: '採用',
      flag: '保留',
      reject: '不採用',
      undo: '直前の判定を取り消す',
      redo: '取り消した判定をやり直す',
      comment: 'コメント・その他の理由を書く',
      find: '名前で部品を探す',
      filter: '一覧を絞り込む',
      many: '部品の複数表示と 1 件表示を切り替える',
      uncertainty: '不確かさの表示・非表示',
      explain: '説明の表示・非表示',
      compare: '比較のオン・オフ',
      way: '比べ方を変える',
      flip: '復元と計測値を切り替える',
      nearer: '拡大',
      farther: '縮小',
      whole: '画像全体を表示',
    },
    fixed: [
      ['1 – 4', '理由を選ぶ'],
      ['Shift + ← → ↑ ↓', '拡大した画像を動かす'],
      ['Ctrl + K', '名前で部品を探す（文字の入力中も使えます）'],
      ['?', 'この一覧'],
      ['Esc', '閉じる'],
    ],
    change: '変更',
    changeOf: (action, key) => `${action}：${key}。キーを変更`,
    press: '新しいキーを押してください（Esc でやめる）…',
    reset: 'すべて初めのキーに戻す',
    taken: (key, action) => `${key} は「${action}」に使われています。先にそちらのキーを変えてください。`,
    reserved: (key) => `${key} は働きが決まっているキーです。別のキーを選んでください。`,
    why: 'この端末でのキーを変えます。英字は Shift を押しても同じ働きをします。',
  },
};
