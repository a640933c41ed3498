import type { ErrorEntry } from '../entry.ts';

/** Errors of what columns are taken for. */
export const columnErrors = {
  'names-near': {
    status: 422,
    en: {
      title: '"{name}" and "{other}" differ only in how they are written; they are read as two',
      cure: 'Write one name everywhere if they are the same, and import again.',
    },
    ja: {
      title: '「{name}」と「{other}」は書き方が違うだけですが、別のものとして読みます',
      cure: '同じものであれば、名前をそろえて、もう一度取り込んでください。',
    },
  },
  'units-unread': {
    status: 422,
    en: {
      title:
        'The column "{column}" names a unit in each row, and not always the same ({units}); it is not read',
      cure: 'The numbers beside it are taken as they stand. Bring them into one unit, and write it behind the name of their column, as in force (N).',
    },
    ja: {
      title: '列「{column}」には行ごとに単位が書かれていますが、同じではないため（{units}）、読みません',
      cure: '隣の数値は書かれたまま読みます。1 つの単位に換算し、force (N) のように列名の後に単位を書いてください。',
    },
  },
  'columns-unusable': {
    status: 422,
    en: {
      title: 'No column holds a measurement of the plan ({modalities})',
      cure: 'Say which column holds which measurement ([[column]]), or name the columns as the plan names its measurements.',
    },
    ja: {
      title: '計画書の計測（{modalities}）にあたる列がありません',
      cure: '各列がどの計測かを指定するか（[[column]]）、列の名前を計画書の計測の名前に合わせてください。',
    },
  },
  'column-missing': {
    status: 422,
    en: {
      title: 'The table has no column "{column}"',
      cure: 'Its columns are: {columns}. Write the name as it stands there. Where the file has changed since it was looked at, look at it again.',
    },
    ja: {
      title: '表に「{column}」という列がありません',
      cure: '表の列は {columns} です。列の名前をこのとおりに書いてください。読み取った後にファイルが変わったときは、もう一度読み取ってください。',
    },
  },
  'column-role': {
    status: 422,
    en: {
      title: 'The column "{column}" cannot be "{role}": there is no such measurement',
      cure: 'Say one of {roles} (of a signal in several columns with the number of its value behind a colon), "id", or "ignore" for a column that is not used.',
    },
    ja: {
      title: '列「{column}」を「{role}」として使えません：その計測はありません',
      cure: '{roles}（信号が複数の列に分かれているときは、コロンと値の番号を付けます）、id、または使わない列なら ignore を指定してください。',
    },
  },
  'column-kind': {
    status: 422,
    en: {
      title: 'The column "{column}" cannot be read as {kind}',
      cure: 'An image column names image files, a signal column holds numbers or names signal files, a category column holds a few values that come again and again. Choose a text measurement for notes, do not use a column that holds none of these ([[ignore]]), or correct the cells.',
    },
    ja: {
      title: '列「{column}」は {kind} として読めません',
      cure: 'image は画像ファイルの名前、signal は数値か信号ファイルの名前、category は繰り返し出てくる数種類の値の列です。メモの列には text の計測を選び、どれでもない列は使わないか（[[ignore]]）、セルを直してください。',
    },
  },
  'column-unused': {
    status: 422,
    en: {
      title: 'The column "{column}" is not used: {why} ("{value}" in row {row})',
      cure: 'Nothing is to be done if it is no measurement. Else say what it is ([[column]]), or correct its cells.',
    },
    ja: {
      title: '列「{column}」は使いません：{why}（{row} 行目の「{value}」など）',
      cure: '計測でなければ、対応は不要です。計測であれば列の内容を指定するか（[[column]]）、セルを直してください。',
    },
  },
  'columns-beside': {
    status: 422,
    en: {
      title:
        'Two tables stand side by side: behind an empty column another begins with the column "{column}"',
      cure: 'Save each as a file of its own, or write one below the other. If it is one table, delete the empty column, and give each column a name of its own.',
    },
    ja: {
      title: '表が横に 2 つ並んでいます。空の列の後に、列「{column}」から別の表が始まります',
      cure: 'それぞれ別のファイルに保存するか、縦につなげてください。1 つの表であれば、空の列を削除し、列ごとに別の名前を付けてください。',
    },
  },
  'columns-gap': {
    status: 422,
    en: {
      title: 'The numbered columns "{first}" to "{last}" leave out {missing}',
      cure: 'Nothing is to be done if there never were such columns: each value keeps the name of its own. Else add the columns that were left out, empty where nothing was measured.',
    },
    ja: {
      title: '番号付きの列「{first}」〜「{last}」に {missing} がありません',
      cure: 'もともとない列であれば、対応は不要です。値の名前はそれぞれの列の名前のままです。抜けているときは列を加え、測っていないセルは空にしてください。',
    },
  },
  'columns-same-number': {
    status: 422,
    en: {
      title: 'The columns "{column}" and "{other}" have the same number; each is a value under its own name',
      cure: 'Correct the number of one, or do not use one of them ([[ignore]]).',
    },
    ja: {
      title: '列「{column}」と「{other}」は番号が同じです。それぞれの名前で別の値として扱います',
      cure: 'どちらかの番号を直すか、片方を使わないでください（[[ignore]]）。',
    },
  },
  'columns-late': {
    status: 422,
    en: {
      title:
        'The numbered columns begin with "{first}", which is taken as the first value of the measurement',
      cure: 'Nothing is to be done if none stood before it. Else add those columns, empty where nothing was measured.',
    },
    ja: {
      title: '番号付きの列が「{first}」から始まるため、これを計測の 1 番目の値とします',
      cure: 'それより前の列がもともとなければ、対応は不要です。抜けているときは列を加え、測っていないセルは空にしてください。',
    },
  },
  'column-nested': {
    status: 422,
    en: {
      title:
        'The column "{column}" holds values with names inside its cells, or lists of such; it is not read',
      cure: 'Write each of these values into a column of its own, or one value a row (id, channel, value).',
    },
    ja: {
      title: '列「{column}」のセルには名前付きの値やその一覧が入っているため、読みません',
      cure: '値ごとに列を分けるか、1 行に 1 つの値（ID、チャンネル、値）の表にしてください。',
    },
  },
  'column-twice': {
    status: 422,
    en: {
      title: 'The columns "{column}" and "{other}" both claim to be "{role}"',
      cure: 'Do not use one of them ([[ignore]]).',
    },
    ja: {
      title: '列「{column}」と「{other}」がどちらも「{role}」になっています',
      cure: 'どちらかを使わないでください（[[ignore]]）。',
    },
  },
  'measurements-none': {
    status: 422,
    en: {
      title: 'No column of {manifest} is understood as a measurement (columns: {columns}){cells}',
      cure: 'Correct the cells that are listed, if there are any: a measurement is a number, the name of an image or signal file, a note, or one of a few categories. Row numbers and codes are none.',
    },
    ja: {
      title: '{manifest} には計測と分かる列がありません（列：{columns}）{cells}',
      cure: '一覧に出たセルがあれば直してください。計測として読めるのは、数値、画像や信号のファイル名、文章のメモ、数種類の区分です。行番号や記号は計測になりません。',
    },
  },
  'pilot-columns': {
    status: 422,
    en: {
      title: '{manifest} holds fewer than two kinds of measurement (found: {found})',
      cure: 'FedRecon learns how measurements relate. Add a column with images, numbers or notes, or give the plan of the federation that you want to join.',
    },
    ja: {
      title: '{manifest} には 2 種類以上の計測がありません（見つかったもの：{found}）',
      cure: 'FedRecon は計測どうしの関係を学習します。画像・数値・メモの列を加えるか、参加する予定の共同学習の計画書を指定してください。',
    },
  },
  'pilot-none': {
    status: 404,
    en: { title: 'No pilot check has been run yet', cure: 'Choose a folder and run the check first.' },
    ja: { title: '導入前点検をまだ行っていません', cure: '先にフォルダーを選び、点検を行ってください。' },
  },
} as const satisfies Record<string, ErrorEntry>;
