import type { ErrorEntry } from '../entry.ts';

/** Errors of a table as a file: its format, encoding, size and what it lists. */
export const tableFileErrors = {
  'table-unreadable': {
    status: 422,
    en: {
      title:
        '{manifest} cannot be read: it is damaged, protected by a password, or of another format than its name says',
      cure: 'Open it in the program that made it and save it again without a password, or save it as CSV.',
    },
    ja: {
      title:
        '{manifest} を読み取れません。壊れているか、パスワードで保護されているか、拡張子と中身の形式が違います',
      cure: '作成したソフトで開き、パスワードなしで保存し直すか、CSV で保存してください。',
    },
  },
  'table-format': {
    status: 422,
    en: {
      title: '{manifest} is {format}, which is not read as a table',
      cure: 'Open it in the program that made it and save it as .xlsx or as CSV (UTF-8); unpack it first if it is packed. A text file with one row a part needs no more than another name (.csv).',
    },
    ja: {
      title: '{manifest} は{format}のため、表として読めません',
      cure: '作成したソフトで開き、.xlsx か CSV（UTF-8）で保存し直してください。圧縮ファイルは先に展開してください。1 行に 1 部品を書いた文字のファイルは、名前を .csv に変えるだけで読めます。',
    },
  },
  'table-protected': {
    status: 422,
    en: {
      title: '{manifest} is protected by a password or a key',
      cure: 'Save a copy without one: of a Parquet file without encryption; in Excel, File, Info, Protect Workbook, Encrypt with Password, and empty the box. A protected sheet needs no password to be read.',
    },
    ja: {
      title: '{manifest} はパスワードか鍵で保護されています',
      cure: '保護のないコピーを保存してください（Parquet は暗号化せずに書き出します。Excel では「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」で入力欄を空にします）。シートの保護だけであれば、そのままで読めます。',
    },
  },
  'parquet-unread': {
    status: 422,
    en: {
      title: 'The column "{column}" of {manifest} is stored in a way of Parquet that is not read ({way})',
      cure: 'Write the file again without this column, or with it as numbers or texts, packed by Snappy, Zstandard or not at all; or save it as CSV.',
    },
    ja: {
      title: '{manifest} の列「{column}」は、読めない形式（{way}）で Parquet に保存されています',
      cure: 'この列を除くか、数値か文字にし、圧縮を Snappy、Zstandard、または無圧縮にして書き出し直してください。CSV で保存しても構いません。',
    },
  },
  'json-lines-none': {
    status: 422,
    en: {
      title: '{manifest} holds no line that is a JSON object; row {row} is the first that is none',
      cure: 'Write one object a line in UTF-8, as {"id": "A1", "force": 12.5}, without brackets around all of them, a comma behind it, or a name that comes twice in it.',
    },
    ja: {
      title: '{manifest} には JSON オブジェクトの行がありません（最初の行：{row} 行目）',
      cure: 'UTF-8 で、{"id": "A1", "force": 12.5} のように 1 行に 1 つのオブジェクトを書いてください。全体を [ ] で囲んだり、行末にカンマを付けたり、同じ名前を 2 回書いたりしないでください。',
    },
  },
  'file-unreadable': {
    status: 409,
    en: {
      title: '{file} cannot be read ({problem})',
      cure: 'Check that it is still there, that the drive is connected, that you may read it and that no other program holds it; then try again.',
    },
    ja: {
      title: '{file} を読み取れません（{problem}）',
      cure: 'ファイルがあること、ドライブの接続、読み取り権限、ほかのソフトが使用中でないことを確かめて、もう一度試してください。',
    },
  },
  'table-changed': {
    status: 409,
    en: {
      title: '{manifest} is not as it was when it was looked at: it has been changed since',
      cure: 'Nothing was imported. Wait until nobody writes to it, look at what was understood again, and import it then.',
    },
    ja: {
      title: '{manifest} は確認したときの内容から変わっています',
      cure: '何も取り込んでいません。書き込みが終わってから、読み取った内容をもう一度確かめて取り込んでください。',
    },
  },
  'files-changed': {
    status: 409,
    en: {
      title:
        'Image or signal files that {manifest} names were replaced or taken away since they were looked at',
      cure: 'Nothing was imported. Wait until nobody writes to them, look at what was understood again, and import it then.',
    },
    ja: {
      title: '{manifest} に書かれた画像や信号ファイルが、確認した後に差し替えられたか、なくなっています',
      cure: '何も取り込んでいません。書き込みが終わってから、読み取った内容をもう一度確かめて取り込んでください。',
    },
  },
  'table-large': {
    status: 413,
    en: {
      title: '{manifest} unpacks to {actual} MB at a time, more than {limit} MB',
      cure: 'Save it as CSV, which is read row by row, or split it (Parquet: into smaller row groups).',
    },
    ja: {
      title: '{manifest} は展開すると一度に {actual} MB になり、上限 {limit} MB を超えます',
      cure: '1 行ずつ読み取れる CSV で保存するか、ファイルを分けてください（Parquet は行グループを小さくしてください）。',
    },
  },
  'table-columns': {
    status: 422,
    en: {
      title: '{manifest} names more than {limit} different columns',
      cure: 'Give every line the same names, and write measured values behind them, not into them.',
    },
    ja: {
      title: '{manifest} の列名が {limit} 種類を超えています',
      cure: '各行で同じ名前を使い、数値などは名前ではなく値として書いてください。',
    },
  },
  'columns-alike': {
    status: 422,
    en: {
      title: '{manifest} has two columns with the name {column}',
      cure: 'Give each a name of its own in the program that makes the file.',
    },
    ja: {
      title: '{manifest} に同じ名前の列「{column}」が 2 つあります',
      cure: 'ファイルを作るソフトで、列ごとに別の名前を付けてください。',
    },
  },
  'sheet-missing': {
    status: 404,
    en: {
      title: '{manifest} has no sheet {sheet}',
      cure: 'Choose one of its visible sheets: {sheets}.',
    },
    ja: {
      title: '{manifest} にシート「{sheet}」がありません',
      cure: '表示されているシートから選んでください：{sheets}',
    },
  },
  'sheets-hidden': {
    status: 422,
    en: {
      title: 'The tables of {manifest} stand on hidden sheets ({sheets}), which are not read',
      cure: 'Unhide the sheet in the spreadsheet program and save the workbook again.',
    },
    ja: {
      title: '{manifest} の表は非表示のシート（{sheets}）にあるため、読みません',
      cure: '表計算ソフトでシートを再表示して、保存し直してください。',
    },
  },
  'sheets-unread': {
    status: 422,
    en: {
      title: 'Other sheets of the workbook hold tables that were not read: {sheets}',
      cure: 'Nothing is to be done if they list no parts. Else choose the sheet ([[sheet]]; unhide it first if it is hidden), or save each as a file of its own: files are read together.',
    },
    ja: {
      title: 'ブックのほかのシートにも表がありますが、読みませんでした：{sheets}',
      cure: '部品の表でなければ、そのままで構いません。読むシートを選ぶか（[[sheet]]。非表示のシートは先に再表示）、シートごとにファイルを分けると、まとめて読みます。',
    },
  },
  'rows-hidden': {
    status: 422,
    en: {
      title: '{count} rows of the sheet are hidden; they were read as the others',
      cure: 'Nothing is to be done if they count. Else leave hidden rows out ([[hidden=leave]]), or delete them from the sheet.',
    },
    ja: {
      title: 'シートに非表示の行が {count} 行ありますが、ほかの行と同じように読みました',
      cure: '使う行であれば、そのままで構いません。使わないときは、非表示の行を除くと指定する（[[hidden=leave]]）か、シートから削除してください。',
    },
  },
  'rows-hidden-left': {
    status: 422,
    en: {
      title: '{count} hidden rows of the sheet were left out, as you said',
      cure: 'Read them too ([[hidden=read]]) if they count.',
    },
    ja: {
      title: '指定のとおり、シートの非表示の行 {count} 行を使いませんでした',
      cure: '使うときは、非表示の行も読むと指定してください（[[hidden=read]]）。',
    },
  },
  'columns-hidden': {
    status: 422,
    en: {
      title: 'Columns of the sheet are hidden and were read as the others: {columns}',
      cure: 'Nothing is to be done if they count. Else leave them unused ([[ignore]]), or delete them from the sheet.',
    },
    ja: {
      title: 'シートの非表示の列も、ほかの列と同じように読みました：{columns}',
      cure: '使う列であれば、そのままで構いません。使わないと指定する（[[ignore]]）か、シートから削除してください。',
    },
  },
  'cells-merged': {
    status: 422,
    en: {
      title:
        'The sheet has {count} cells that were merged over several rows; what stands in them was taken for each of these rows',
      cure: 'If it is meant for the first row alone, unmerge the cells and import again.',
    },
    ja: {
      title: 'シートに複数の行にまたがる結合セルが {count} 個あり、その値を各行の値として使いました',
      cure: '最初の行だけの値であれば、セルの結合を解除して、もう一度取り込んでください。',
    },
  },
  'columns-apart': {
    status: 422,
    en: {
      title:
        'Columns of the sheet stand apart from the table, behind an empty column, and were not read: {columns}',
      cure: 'Nothing is to be done if they are notes or another table that lists no parts. Save another table as a sheet or file of its own; delete the empty column if they belong to the table.',
    },
    ja: {
      title: 'シートの空の列より右にある列は、表の外とみなして読みませんでした：{columns}',
      cure: 'メモや、部品の一覧ではない別の表であれば、そのままで構いません。別の表は別のシートかファイルに保存し、表の一部であれば間の空の列を削除してください。',
    },
  },
  'manifest-encoding': {
    status: 422,
    en: {
      title: '{manifest} is no text file, or its encoding is unknown',
      cure: 'Save it as "CSV UTF-8" (in Excel: Save as, CSV UTF-8) and try again.',
    },
    ja: {
      title: '{manifest} は文字のファイルではないか、文字コードを判別できません',
      cure: '「CSV UTF-8」形式で保存し直して（Excel では「名前を付けて保存」）、もう一度試してください。',
    },
  },
  'encoding-unclear': {
    status: 422,
    en: {
      title:
        'Nothing says for certain which encoding {manifest} is written in: a cell reads "{value}" in {encoding}; others read it so: {others}',
      cure: 'Choose the encoding in which the text reads rightly ([[encoding]]); letters of notes and ids would be others in the rest.',
    },
    ja: {
      title:
        '{manifest} の文字コードは 1 つに決められません。{encoding} ではセルが「{value}」と読め、ほかの文字コードでは次のように読めます（{others}）',
      cure: '正しく読める文字コードを選んでください（[[encoding]]）。違う文字コードでは、メモや ID の文字が別の文字になります。',
    },
  },
  'table-blanks': {
    status: 422,
    en: {
      title:
        'The columns of {manifest} are kept apart by blanks alone, which cannot be told from blanks in a cell',
      cure: 'Save it with a comma, a semicolon or a tab between the columns (in a spreadsheet: open it as fixed width, then save as CSV). If it is a single column, choose a separator.',
    },
    ja: {
      title: '{manifest} の列は空白だけで区切られていて、セルの中の空白と区別できません',
      cure: '列の間をカンマ、セミコロンまたはタブで区切って保存し直してください（表計算ソフトでは「固定長」のファイルとして開き、CSV で保存）。1 列だけの表であれば、区切り文字を選んでください。',
    },
  },
  'decimal-typed': {
    status: 422,
    en: {
      title: 'The numbers of {manifest} have no decimal mark to choose: the file holds them as numbers',
      cure: 'Leave the decimal and thousands marks out. Numbers that stand in it as text are listed: make them numbers there, or save the table as CSV.',
    },
    ja: {
      title: '{manifest} の数値は数値として保存されているため、小数点を選べません',
      cure: '小数点と桁区切りの指定を外してください。文字で入っている数値は一覧に出ます。数値に直すか、表を CSV で保存してください。',
    },
  },
  'manifest-empty': {
    status: 422,
    en: {
      title: '{manifest} lists no part',
      cure: 'It needs a first row with column names and below it one row a part.',
    },
    ja: {
      title: '{manifest} に部品が 1 つもありません',
      cure: '1 行目に列の名前、2 行目以降に 1 行 1 部品を書いてください。',
    },
  },
  'rows-unusable': {
    status: 422,
    en: {
      title: 'No row of {manifest} fits the names of its columns; the first that does not is row {row}',
      cure: 'Write as many cells in each row as there are names; numbers with a decimal comma need quotation marks where a comma separates the cells. How the table is to be read can be said: [[delimiter]], [[quote]], [[header]].',
    },
    ja: {
      title: '{manifest} には列の名前に合う行がありません（最初に合わない行：{row} 行目）',
      cure: '各行のセルの数を列の名前の数に揃えてください。カンマ区切りのファイルでは、小数点がカンマの数値を引用符で囲む必要があります。読み取り方は指定できます（[[delimiter]]、[[quote]]、[[header]]）。',
    },
  },
  'rows-longer': {
    status: 422,
    en: {
      title:
        'The rows of {manifest} have a cell more than there are names ({actual}, {expected}); row {row} begins with "{value}"',
      cure: 'Name the first column where a program gives no name to the names of its rows (in R: write.csv, or col.names = NA), as "id" if it tells parts apart; or the last one where that has none. Numbers with a decimal comma need quotation marks where a comma separates the cells.',
    },
    ja: {
      title:
        '{manifest} の行は、列の名前よりセルが 1 つ多くなっています（{actual} 個と {expected} 個）。{row} 行目は「{value}」で始まります',
      cure: '行の名前の列に見出しを付けないソフトでは（R なら write.csv か col.names = NA）、最初の列に名前を付け、部品を見分ける列なら id にしてください。最後の列に名前がないときはそこに付けてください。カンマ区切りのファイルでは、小数点がカンマの数値を引用符で囲む必要があります。',
    },
  },
  'table-transposed': {
    status: 422,
    en: {
      title:
        '{manifest} lies on its side: its columns are parts ("{part}"), and its rows are measurements ("{measured}")',
      cure: 'Swap rows and columns (in a spreadsheet: copy, paste transposed) and save it again. If its rows are parts after all, say so ([[rows=parts]]).',
    },
    ja: {
      title: '{manifest} は行と列が逆です。列が部品（「{part}」）、行が計測（「{measured}」）になっています',
      cure: '行と列を入れ替えて（表計算ソフトでは「行/列の入れ替え」で貼り付け）、保存し直してください。行が部品であれば、そう指定してください（[[rows=parts]]）。',
    },
  },
  'parts-none': {
    status: 422,
    en: {
      title: 'None of the {rows} rows could be used; the first problem: {place}',
      cure: 'The rows are listed with their reasons: [[rowList]]. Nothing that was imported before is lost.',
    },
    ja: {
      title: '{rows} 行のどれも使えませんでした。最初の問題：{place}',
      cure: '各行の理由は一覧で確かめられます（[[rowList]]）。以前に取り込んだデータは失われていません。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
