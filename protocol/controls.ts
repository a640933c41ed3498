/** Words of a person's language. */
interface Words {
  readonly en: string;
  readonly ja: string;
}

/** What a person can set, as the cure of an error names it. */
export interface Control {
  /** Where it stands in the window: its words there, from the outer one to the inner. */
  readonly window: Words;
  /** How it is written on the command line. */
  readonly command: Words;
}

/** Control with a setting that `--set` takes. */
const set = (setting: string, en: string, ja: string): Control => ({
  window: { en, ja },
  command: { en: `--set ${setting}`, ja: `--set ${setting}` },
});

/**
 * Controls that cures name. A text holds `[[name]]`; `describeError` puts the words in its place that a person finds where
 * they read it, in the window or on the command line.
 */
export const controls = {
  'asked again': {
    window: { en: 'The app goes on by itself when it answers', ja: '応答があれば自動で続きます' },
    command: {
      en: 'run and watch go on by themselves when it answers; give another command again',
      ja: 'run と watch は応答があれば自動で続きます。ほかのコマンドはもう一度実行してください',
    },
  },
  'ids=by-table': set(
    'ids=by-table',
    '“Part numbers in several tables” → “count anew in each table”',
    '「複数の表に出てくる部品番号」→「表ごとに番号を振り直している」',
  ),
  'tables=stack': set(
    'tables=stack',
    '“Tables of the folder” → “all, one below the other”',
    '「フォルダー内の表」→「すべてを縦につなぐ」',
  ),
  'rows=parts': set('rows=parts', '“Each row is” → “a part”', '「1 行の内容」→「1 つの部品」'),
  partColumn: set('partColumn=', '“Part”', '「部品」'),
  timeColumn: set('timeColumn=', '“Time or place”', '「時刻・位置」'),
  channelColumn: set('channelColumn=', '“Channel”', '「チャンネル」'),
  valueColumn: set('valueColumn=', '“Value”', '「値」'),
  delimiter: set('delimiter=', '“How the table is read” → “Separator”', '「表の読み取り方」→「区切り文字」'),
  encoding: set('encoding=', '“How the table is read” → “Encoding”', '「表の読み取り方」→「文字コード」'),
  quote: set('quote=', '“Quotation mark”', '「引用符」'),
  header: set('header=', '“Row with the names of the columns (0: none)”', '「列の名前がある行（0：なし）」'),
  sheet: set('sheet=', '“Sheet”', '「シート」'),
  'hidden=read': set('hidden=read', '“Hidden rows of the sheet” → “read”', '「シートの非表示の行」→「読む」'),
  'hidden=leave': set(
    'hidden=leave',
    '“Hidden rows of the sheet” → “left out”',
    '「シートの非表示の行」→「除く」',
  ),
  'decimal=.': set('decimal=.', '“Decimal mark” → “point”', '「小数点」→「ピリオド」'),
  'decimal=,': set('decimal=,', '“Decimal mark” → “comma”', '「小数点」→「カンマ」'),
  'thousands=none': set('thousands=none', '“Thousands mark” → “none”', '「桁区切り」→「なし」'),
  id: set('id={column}', '“Column of the part number” → “{column}”', '「部品番号の列」→「{column}」'),
  'id=none': set(
    'id=none',
    '“Column of the part number” → “none: named after file and row”',
    '「部品番号の列」→「なし（ファイル名と行番号で呼ぶ）」',
  ),
  column: {
    window: { en: '“Column” → “Is”', ja: '「列」→「内容」' },
    command: { en: '--set column.NAME=MEASUREMENT', ja: '--set column.列名=計測の名前' },
  },
  ignore: {
    window: { en: '“Is” → “Not used”', ja: '「内容」→「使わない」' },
    command: { en: '--set column.NAME=ignore', ja: '--set column.列名=ignore' },
  },
  empty: {
    window: {
      en: '“What then becomes of the measurement that is here”',
      ja: '「そのとき、今ある計測の扱い」',
    },
    command: { en: '--set empty.MEASUREMENT=keep', ja: '--set empty.計測の名前=keep' },
  },
  table: {
    window: { en: '“Table, if there are several”', ja: '「表のファイル（複数ある場合）」' },
    command: { en: '--manifest FILE', ja: '--manifest ファイル' },
  },
  bits: {
    window: {
      en: '“Bits of a value”',
      ja: '「値のビット数」',
    },
    command: { en: '--set bits.MEASUREMENT=12', ja: '--set bits.計測の名前=12' },
  },
  blackWhite: {
    window: {
      en: '“Value that is black” and “Value that is white”',
      ja: '「黒とする値」「白とする値」',
    },
    command: { en: '--set range.MEASUREMENT=BLACK,WHITE', ja: '--set range.計測の名前=黒の値,白の値' },
  },
  page: {
    window: { en: '“Page, number or name”', ja: '「ページ（番号または名前）」' },
    command: { en: '--set page.MEASUREMENT=2', ja: '--set page.計測の名前=2' },
  },
  rowList: {
    window: {
      en: 'back on the page “What was understood”, which saves the list as a table, too',
      ja: '「読み取った内容」に戻ると一覧があり、CSV にも保存できます',
    },
    command: { en: 'inspect FOLDER', ja: 'inspect フォルダー' },
  },
  take: {
    window: {
      en: '“Data” → “Watched folder” → “Take it as it is”',
      ja: '「データ」→「監視するフォルダー」→「そのまま取り込む」',
    },
    command: { en: 'watch FOLDER --take FILE', ja: 'watch フォルダー --take ファイル' },
  },
  person: {
    window: { en: 'with the circle at the top right', ja: '右上の丸いボタンで' },
    command: { en: 'with --as NAME:ROLE', ja: '--as 名前:役割 で' },
  },
  confirmed: {
    window: {
      en: 'Enter the PIN with the circle at the top right',
      ja: '右上の丸いボタンで暗証番号を入力し',
    },
    command: {
      en: 'Give the PIN with --pin-file FILE (- for standard input) or in FEDRECON_PIN',
      ja: '--pin-file ファイル（- で標準入力）または環境変数 FEDRECON_PIN で暗証番号を渡し',
    },
  },
  enrol: {
    window: {
      en: 'paste the invitation from headquarters on the page “Connect”',
      ja: '「接続」の画面に本部からの招待状を貼り付けて参加',
    },
    command: {
      en: 'join with the invitation from headquarters (join INVITATION)',
      ja: '本部からの招待状で参加（join 招待状）',
    },
  },
} as const satisfies Readonly<Record<string, Control>>;
