import type { settingsTexts as en } from './en.ts';

/** Strings of the settings in Japanese. */
export const settingsTexts: typeof en = {
  settings: {
    title: '設定',
    more: '設定とヘルプ',
    pages: '設定とヘルプ',
    look: '画面の見え方',
    language: '言語',
    languages: { system: 'この端末に合わせる', en: '英語（English）', ja: '日本語' },
    theme: '明るさ',
    textSize: '文字の大きさ',
    textSizes: { normal: '標準', large: '大きい', largest: '特大' },
    news: {
      title: 'お知らせと起動',
      notifies: 'ラウンドの完了、確認待ちの復元、署名待ちのモデルの版を知らせる',
      how: 'この画面を見ていないときに、システムの通知を出します。部品の名前は載せません。',
      refused:
        'ブラウザーがこのページの通知を許可していません。ブラウザーでこのアドレスの通知を許可してから、もう一度選んでください。',
      start: 'ログインしたときに FedRecon を起動する',
      startHow: '手で開かなくても、ラウンドを続けます。',
      notHere:
        '自動で起動できるのは、Windows と macOS にインストールしたアプリだけです。ここでは手で起動するか、システムのサービスとして起動してください。',
      roundDone: (rounds) => `ラウンドが終わりました（提出 ${rounds} 回）`,
      toReview: (parts) => `${parts} 個の部品が確認を待っています`,
      toSign: (version) => `モデルの版 ${version} が署名を待っています`,
    },
    place: {
      title: 'データフォルダーと鍵',
      folder: 'データフォルダー',
      bytes: '大きさ',
      free: '空き容量',
      move: '別のフォルダーを使うには、プログラムを閉じ、--data フォルダー を付けて起動します。端末を移すときは、鍵ごとフォルダー全体をコピーしてください。',
      key: 'この端末の鍵',
      keyHow: '本部は、この鍵で端末を見分けます。鍵そのものがフォルダーの外に出ることはありません。',
      measuring: '調べています…',
    },
    way: {
      title: '本部への経路',
      aggregator: '集約サーバー',
      authority: '信頼する認証局',
      unreadable:
        'データフォルダーにある証明書を読めません。本部から新しい招待状を受け取り、もう一度参加してください。',
      until: (time) => `有効期限 ${time}`,
      authorityHow:
        'この共同学習の認証局です（招待状で確認済み）。端末がほかに何を信頼していても、ここではこれだけを信頼します。通信を開いて中を見る工場内の認証局は使えません。',
      none: 'まだ共同学習に参加していません。',
      proxy: 'プロキシ',
      proxyHow:
        '外部への接続にプロキシが必要なときに入力します（http://名前:ポート。認証が要るときは 名前:パスワード@ を前に付けます）。プロキシは通信を中継するだけで、中を見ることはできません。',
      noProxy: 'なし（直接つなぎます）',
      use: 'このプロキシを使う',
      remove: '使わない',
      kept: '変更しました。次の通信からこの経路を使います。',
    },
  },
};
