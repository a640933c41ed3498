import type { ErrorEntry } from '../entry.ts';

/** Errors of a folder and of which tables in it are read, alone or together. */
export const folderErrors = {
  'folder-missing': {
    status: 404,
    en: {
      title: 'The folder {folder} cannot be read',
      cure: 'Check that it exists, that the drive is connected and that you may read it.',
    },
    ja: {
      title: 'フォルダー {folder} を読み取れません',
      cure: 'フォルダーの場所、ドライブの接続、読み取り権限を確かめてください。',
    },
  },
  'folder-is-file': {
    status: 422,
    en: {
      title: '{folder} is a file, not a folder',
      cure: 'Name the folder that it lies in; if it is one of several tables there, name it as well ([[table]]).',
    },
    ja: {
      title: '{folder} はフォルダーではなくファイルです',
      cure: 'そのファイルがあるフォルダーを指定してください。フォルダーに表が複数あるときは、ファイル名も指定できます（[[table]]）。',
    },
  },
  'file-unfinished': {
    status: 409,
    en: {
      title: 'The file {file} is still being written, or does not go to its end',
      cure: 'It is read by itself once it is whole; until then the measurement counts as missing. If nobody writes it any more, put a whole copy there, or take it as it is ([[take]]).',
    },
    ja: {
      title: 'ファイル {file} は書き込み中か、途中で終わっています',
      cure: '書き込みが終わると自動で読み取り、それまでこの計測は欠測として扱います。もう書き込まれないときは、完全なコピーを置くか、そのまま取り込んでください（[[take]]）。',
    },
  },
  'watched-file-missing': {
    status: 404,
    en: {
      title: 'There is no file {file} in a watched folder here',
      cure: 'Write its name as the watched folder has it, with the folders in it (day 2/parts.csv).',
    },
    ja: {
      title: '監視するフォルダーにファイル {file} がありません',
      cure: '監視するフォルダーから見た名前を、途中のフォルダーも含めて書いてください（例：day 2/parts.csv）。',
    },
  },
  'manifest-missing': {
    status: 404,
    en: {
      title: 'There is no table {manifest} in {folder}',
      cure: 'Put a table with one row a part (.csv, .tsv, .xlsx, .parquet, .jsonl) into that folder, or choose the folder that holds it.',
    },
    ja: {
      title: '{folder} に表 {manifest} がありません',
      cure: '1 行に 1 部品を書いた表（.csv、.tsv、.xlsx、.parquet、.jsonl）をそのフォルダーに置くか、表のあるフォルダーを選んでください。',
    },
  },
  'manifest-ambiguous': {
    status: 409,
    en: {
      title: 'The folder holds several tables: {manifests}',
      cure: 'Choose the one that lists the parts ([[table]]), or name it parts (parts.csv, parts.xlsx). Tables of the same columns are read one below the other, tables that share an id and nothing else side by side.',
    },
    ja: {
      title: 'フォルダーに表が複数あります：{manifests}',
      cure: '部品の一覧を選ぶか（[[table]]）、その名前を parts（parts.csv、parts.xlsx）にしてください。列が同じ表は縦につなぎ、ID だけが共通の表は横に結合して読みます。',
    },
  },
  'join-ids': {
    status: 409,
    en: {
      title:
        'The tables write the ids of their parts in different ways: "{id}" in {file}, "{known}" in {other}',
      cure: 'Write each id in the same way in every table (leading zeros, large and small letters, width); they can then be read side by side. Or choose one of the tables.',
    },
    ja: {
      title: '表によって部品の ID の書き方が違います：{file} では「{id}」、{other} では「{known}」',
      cure: 'どの表でも ID を同じ書き方（先頭の 0、大文字・小文字、全角・半角）に揃えると、横に結合して読めます。または、表を 1 つ選んでください。',
    },
  },
  'table-unread': {
    status: 422,
    en: {
      title: 'Tables beside the one that is read were not read: {tables}',
      cure: 'Nothing is to be done if they list no parts. Tables with the same columns, or with the same ids and other columns, are read together once none is called parts; those in other formats after you have saved them as .xlsx or CSV, and those in folders after you have put them beside the others.',
    },
    ja: {
      title: '読み取った表のほかに、読まなかった表があります：{tables}',
      cure: '部品の表でなければ、そのままで構いません。列が同じ表や、ID が同じで列が違う表は、parts という名前の表がなければまとめて読みます。ほかの形式の表は .xlsx か CSV で保存し直し、下のフォルダーの表は同じ場所に置いてください。',
    },
  },
  'tables-apart': {
    status: 409,
    en: {
      title: 'These tables cannot be read together ({how}): {tables}',
      cure: 'One below the other (stack), they need a column in common. Side by side, each needs one id column under the same name, no id twice, and no other name twice. Else choose one of them ([[table]]).',
    },
    ja: {
      title: 'これらの表をまとめて読めません（{how}）：{tables}',
      cure: '縦につなぐ（stack）には共通の列が必要です。横に結合するには、どの表にも同じ名前の ID 列が 1 つあり、ID もほかの列名も重複しないことが必要です。できないときは表を 1 つ選んでください（[[table]]）。',
    },
  },
  'stack-ids': {
    status: 409,
    en: {
      title:
        'Many ids stand in several tables with other values, as "{id}" in {file}, row {row}, and in {other}, row {otherRow}',
      cure: 'If ids count anew in each table, say so ([[ids=by-table]]): the table is then part of the id. If they are the same parts, say that the tables are stacked ([[tables=stack]]): the first row of each part is taken, the others are listed.',
    },
    ja: {
      title:
        '同じ ID が複数の表に違う値で出てきます（例：「{id}」、{file} の {row} 行目と {other} の {otherRow} 行目）',
      cure: '表ごとに ID を振り直しているときは、そう指定してください（[[ids=by-table]]）。表の名前を ID に含めます。同じ部品のときは縦につなぐと指定すると（[[tables=stack]]）、部品ごとに最初の行を使い、残りを一覧に出します。',
    },
  },
  'stack-units': {
    status: 409,
    en: {
      title: 'The column "{column}" is in {unit} in {file}, and in {otherUnit} in {other}',
      cure: 'Bring the numbers of both files into one unit and write that unit above them. If only the unit is written wrongly, correct it there.',
    },
    ja: {
      title: '列「{column}」の単位が、{file} では {unit}、{other} では {otherUnit} です',
      cure: '両方のファイルの数値を 1 つの単位に揃え、列の単位も書き直してください。単位の書き間違いであれば、単位だけを直してください。',
    },
  },
  'stack-recordings': {
    status: 409,
    en: {
      title:
        'Each table looks like the recording of one part: in {file} no column is an id, and the rows of "{column}" follow one another',
      cure: 'List the parts in a table (parts.csv) with an id and, in another column, the name of each recording. If each row is a part, say that the tables are stacked ([[tables=stack]]).',
    },
    ja: {
      title:
        'どの表も 1 つの部品の記録のようです：{file} に ID の列がなく、「{column}」の行が時間順に並んでいます',
      cure: '部品の一覧（parts.csv）を作り、ID の列と、記録ファイルの名前の列を書いてください。1 行が 1 部品のときは、縦につなぐと指定してください（[[tables=stack]]）。',
    },
  },
  'table-empty': {
    status: 422,
    en: {
      title: 'This table has no row below the names of its columns; it brings no parts',
      cure: 'Nothing is to be done where nothing was produced. Else write the table again, and import again.',
    },
    ja: {
      title: 'この表には列の名前の下に行がないため、部品はありません',
      cure: '生産がなかった日であれば、そのままで構いません。そうでなければ、表を出力し直して、もう一度取り込んでください。',
    },
  },
  'recordings-unnamed': {
    status: 422,
    en: {
      title:
        '{count} files look like the recording of one part each, and no row names them; they were not read',
      cure: 'Write the name of each file into the row of its part, in a column of its own. A file of which each row is a part needs a column of ids.',
    },
    ja: {
      title:
        '部品 1 つの記録と思われるファイルが {count} 個ありますが、どの行にも名前がないため、読みませんでした',
      cure: '各部品の行に、記録ファイルの名前の列を加えてください。1 行が 1 部品の表には、ID の列を加えてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
