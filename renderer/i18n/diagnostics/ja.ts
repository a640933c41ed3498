import type { diagnosticsTexts as en } from './en.ts';

/** Strings of the diagnosis in Japanese. */
export const diagnosticsTexts: typeof en = {
  diagnostics: {
    title: '診断',
    lead: '本部への経路から記録まで、8 項目を調べます。調べるだけで何も変えません。部品のデータはどこにも送りません。',
    run: 'すべて調べる',
    stop: '停止',
    progress: '診断の進み具合',
    at: (number, of) => `${of} 項目中 ${number} 項目目`,
    done: (bad) =>
      bad === 0
        ? 'すべて調べました。止まっているところはありません。'
        : `すべて調べました。対応が必要な項目が ${bad} 件あります。`,
    notYet: 'まだ調べていません。',
    now: '調べています…',
    toDo: '対応',
    states: { good: '正常', look: '要注意', bad: '異常', 'left-out': '対象外' },
    checks: {
      address: '本部のアドレス',
      certificate: '証明書',
      clock: '時計',
      version: '版',
      disk: 'ディスク',
      engine: '計算装置の自己診断',
      'data-folder': 'データフォルダー',
      'log-chain': '記録が書かれたままか',
    },
    support: {
      title: '問い合わせ用ファイル',
      what: '診断の結果、版、件数、記録にある操作の種類を、1 つの JSON ファイルにまとめます。鍵、人・工場・部品の名前、メモ、値、画像は入りません。送る前に中身を確かめてください。',
      folder: '保存先のフォルダー',
      make: 'ファイルを作る',
      made: (file) => `保存しました：${file}`,
    },
  },
};
