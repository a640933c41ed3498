import type { startTexts as en } from './en.ts';

/** Strings of the page that asks for a start link in Japanese. */
export const startTexts: typeof en = {
  start: {
    title: '新しいリンクで開いてください',
    why: 'アドレスは合っていますが、プログラムを起動してから、このブラウザーではまだ開いていません。開くまで計測は表示しません。',
    refused: 'このリンクはもう使えません。1 つのリンクで開けるのは 1 回だけで、5 分以内です。',
    again:
      'プログラムを起動したところで、もう一度 npm start を実行してください。画面が自動で開くか、リンクが表示されます。',
    enter: 'ターミナルで動いているときは、そこで Enter キーを押しても新しいリンクが出ます。',
    paste: 'リンクをここに貼り付けてください',
    open: '画面を開く',
    noLink: 'リンクではないようです。http://127.0.0.1: で始まり、# と 43 文字で終わります。',
    silent: 'プログラムが応答しません。もう一度 npm start を実行してください。',
  },
};
