import type { ErrorEntry } from './entry.ts';

/**
 * Errors of reading a plant's data. The first group stops an import; the second names single rows and cells, which are
 * left out and listed while the import goes on.
 */
export const importErrors = {
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
      cure: 'Choose the one that lists the parts, or name it parts (parts.csv, parts.xlsx). Tables of the same columns are read one below the other, tables that share an id and nothing else side by side.',
    },
    ja: {
      title: 'フォルダーに表が複数あります：{manifests}',
      cure: '部品の一覧を選ぶか、その名前を parts（parts.csv、parts.xlsx）にしてください。列が同じ表は縦につなぎ、ID だけが共通の表は横に結合して読みます。',
    },
  },
  'tables-apart': {
    status: 409,
    en: {
      title: 'These tables cannot be read together ({how}): {tables}',
      cure: 'One below the other (stack), they need a column in common. Side by side, each needs one id column under the same name, no id twice, and no other name twice. Else choose one of them.',
    },
    ja: {
      title: 'これらの表をまとめて読めません（{how}）：{tables}',
      cure: '縦につなぐ（stack）には共通の列が必要です。横に結合するには、どの表にも同じ名前の ID 列が 1 つあり、ID もほかの列名も重複しないことが必要です。できないときは表を 1 つ選んでください。',
    },
  },
  'stack-ids': {
    status: 409,
    en: {
      title:
        'Many ids stand in several tables with other values, as "{id}" in {file}, row {row}, and in {other}, row {otherRow}',
      cure: 'If ids count anew in each table, say so (ids=by-table): the table is then part of the id. If they are the same parts, say that the tables are stacked (tables=stack): the first row of each part is taken, the others are listed.',
    },
    ja: {
      title:
        '同じ ID が複数の表に違う値で出てきます（例：「{id}」、{file} の {row} 行目と {other} の {otherRow} 行目）',
      cure: '表ごとに ID を振り直しているときは、そう指定してください（ids=by-table）。表の名前を ID に含めます。同じ部品のときは縦につなぐと指定すると（tables=stack）、部品ごとに最初の行を使い、残りを一覧に出します。',
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
      cure: 'List the parts in a table (parts.csv) with an id and, in another column, the name of each recording. If each row is a part, say that the tables are stacked (tables=stack).',
    },
    ja: {
      title:
        'どの表も 1 つの部品の記録のようです：{file} に ID の列がなく、「{column}」の行が時間順に並んでいます',
      cure: '部品の一覧（parts.csv）を作り、ID の列と、記録ファイルの名前の列を書いてください。1 行が 1 部品のときは、縦につなぐと指定してください（tables=stack）。',
    },
  },
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
  'manifest-encoding': {
    status: 422,
    en: {
      title: '{manifest} is no text file, or its encoding is unknown',
      cure: 'Choose its encoding, or save it as "CSV UTF-8" (in Excel: Save as, CSV UTF-8) and try again.',
    },
    ja: {
      title: '{manifest} は文字のファイルではないか、文字コードを判別できません',
      cure: '文字コードを選ぶか、「CSV UTF-8」形式で保存し直して（Excel では「名前を付けて保存」）、もう一度試してください。',
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
  'columns-unusable': {
    status: 422,
    en: {
      title: 'No column holds a measurement of the plan ({modalities})',
      cure: 'Say which column is which, or name the columns as the plan names its measurements.',
    },
    ja: {
      title: '計画書の計測（{modalities}）にあたる列がありません',
      cure: '各列の内容を選ぶか、列の名前を計画書の計測の名前に合わせてください。',
    },
  },
  'column-missing': {
    status: 422,
    en: {
      title: 'The CSV file has no column "{column}"',
      cure: 'The file has changed since it was looked at. Look at it again and confirm the columns.',
    },
    ja: {
      title: 'CSV に「{column}」という列がありません',
      cure: '読み取った後にファイルが変わっています。もう一度読み取り、列を確かめてください。',
    },
  },
  'column-role': {
    status: 422,
    en: {
      title: 'The column "{column}" cannot be "{role}": the plan knows no such measurement',
      cure: 'Choose another meaning for that column, or set it to "ignore".',
    },
    ja: {
      title: '列「{column}」を「{role}」として使えません：計画書にその計測がありません',
      cure: 'その列の内容を選び直すか、「使わない」にしてください。',
    },
  },
  'column-twice': {
    status: 422,
    en: {
      title: 'The columns "{column}" and "{other}" both claim to be "{role}"',
      cure: 'Set one of them to "ignore".',
    },
    ja: {
      title: '列「{column}」と「{other}」がどちらも「{role}」になっています',
      cure: 'どちらかを「使わない」にしてください。',
    },
  },
  'signal-columns': {
    status: 422,
    en: {
      title: '{modality} has {expected} values, but the columns give value {missing} nowhere',
      cure: 'Name a column for every value, or one column that holds them all.',
    },
    ja: {
      title: '{modality} は {expected} 個の値からなりますが、{missing} 番目の値の列がありません',
      cure: 'すべての値に列を割り当てるか、1 つの列にまとめてください。',
    },
  },
  'signal-count': {
    status: 422,
    en: {
      title:
        '{modality} has {expected} values, but {actual} columns are numbered as its values ({first} … {last})',
      cure: 'Check which columns belong to it: say for each column which value it holds, or set those that do not belong to it to "ignore".',
    },
    ja: {
      title:
        '{modality} は {expected} 個の値からなりますが、番号の付いた列が {actual} 個あります（{first} … {last}）',
      cure: 'どの列がその計測のものか確かめ、各列が何番目の値かを選ぶか、関係のない列を「使わない」にしてください。',
    },
  },
  'signal-long': {
    status: 422,
    en: {
      title: '"{column}" has {actual} values a part; at most {limit} can be read',
      cure: 'Keep a section of at most {limit}. The plan brings so many to its length by windows or by a spectrum ("reduction" of the signal).',
    },
    ja: {
      title: '「{column}」は部品ごとに {actual} 個の値があります（読み取れる上限は {limit} 個）',
      cure: '{limit} 個以下の区間に絞ってください。そこまでの長さは、計画書の信号の「reduction」で区間ごとの値やスペクトルに変換できます。',
    },
  },
  'number-unclear': {
    status: 422,
    en: {
      title: '"{value}" in row {row}, column {column} may be {one} or {other}',
      cure: 'Choose the decimal mark of the file; nothing else in it tells which is meant.',
    },
    ja: {
      title: '{row} 行目、列「{column}」の「{value}」は {one} とも {other} とも読めます',
      cure: 'このファイルの小数点を選んでください。ほかの値からは決められません。',
    },
  },
  'number-mixed': {
    status: 422,
    en: {
      title:
        '"{value}" in row {row}, column {column} is written with another decimal mark than the rest of the file ("{decimal}")',
      cure: 'Write all numbers of the file with one decimal mark, or choose it: cells with the other are then left out and listed.',
    },
    ja: {
      title: '{row} 行目、列「{column}」の「{value}」は、ほかの値と小数点が違います（ほかは「{decimal}」）',
      cure: 'ファイルの小数点を 1 つに揃えるか、小数点を選んでください。選んだ場合、もう一方で書いたセルは使わずに一覧に出します。',
    },
  },
  'unit-other': {
    status: 422,
    en: {
      title: 'The column "{column}" is in {unit}, the plan wants {planned}',
      cure: 'Bring the numbers into the plan’s unit and write that unit in place of the other. If only the unit is written wrongly, correct it in the file.',
    },
    ja: {
      title: '列「{column}」の単位は {unit} ですが、計画書では {planned} です',
      cure: '数値を計画書の単位に換算し、書いてある単位もそれに直してください。単位の書き間違いであれば、ファイルの単位だけを直してください。',
    },
  },
  'unit-cell': {
    status: 422,
    en: {
      title: '"{value}" does not give its unit as the other cells of the column do ({unit})',
      cure: 'Convert the number if it is in another unit than {unit}, and write it as the others: all with their unit, or all without. The measurement counts as missing for this part.',
    },
    ja: {
      title: '「{value}」は、単位の書き方が列のほかのセル（{unit}）と違います',
      cure: '{unit} 以外の単位の値は換算し、ほかのセルと同じ書き方に直してください（単位は全部に付けるか、全部に付けないか）。この部品ではその計測を欠測として扱います。',
    },
  },

  'id-unconfirmed': {
    status: 409,
    en: {
      title: 'The column "{column}" looks like the part’s id, but nothing says so',
      cure: 'Confirm it as the id, or say that the parts have none: they are then called after the file and the row.',
    },
    ja: {
      title: '列「{column}」は部品の ID のようですが、確かではありません',
      cure: 'ID であれば確認してください。ID がない場合はそう指定すると、ファイル名と行番号で部品を呼びます。',
    },
  },
  'rows-unusable': {
    status: 422,
    en: {
      title: 'No row of {manifest} fits the names of its columns; the first that does not is row {row}',
      cure: 'Choose the separator, the quotation mark and the row with the names. Numbers with a decimal comma need quotation marks where a comma separates the cells.',
    },
    ja: {
      title: '{manifest} には列の名前に合う行がありません（最初に合わない行：{row} 行目）',
      cure: '区切り文字、引用符、列の名前がある行を選んでください。カンマ区切りのファイルでは、小数点がカンマの数値を引用符で囲む必要があります。',
    },
  },
  'parts-none': {
    status: 422,
    en: {
      title: 'None of the {rows} rows could be used; the first problem: row {row}, column {column}',
      cure: 'Go back to the page “What was understood”: it lists the rows with their reasons, and saves the list as a table. Nothing that was imported before is lost.',
    },
    ja: {
      title: '{rows} 行のどれも使えませんでした。最初の問題：{row} 行目、列 {column}',
      cure: '「読み取った内容」に戻ると、各行の理由を一覧で確かめ、CSV に保存できます。以前に取り込んだデータは失われていません。',
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
  'image-missing': {
    status: 404,
    en: {
      title: 'The image {file} does not exist',
      cure: 'Put the file there or correct its name, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} がありません',
      cure: 'ファイルを置くか名前を直して、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-similar': {
    status: 404,
    en: {
      title: 'The image {file} does not exist, but {similar} does: is it that one?',
      cure: 'Write the name as the file has it, large and small letters included, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} がありません。{similar} のことですか？',
      cure: '大文字・小文字も含めて、ファイルの名前のとおりに書き直し、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-range-unknown': {
    status: 422,
    en: {
      title:
        'What is white in the image {file} cannot be told: {stored} bits, values from {lowest} to {highest}',
      cure: 'Say for this measurement how many bits a value has, or which values are black and white. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} のどの値が白か分かりません：{stored} ビット、値は {lowest}〜{highest}',
      cure: 'この計測の画像のビット数か、黒と白にあたる値を指定してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-range': {
    status: 422,
    en: {
      title: 'The image {file} holds the value {value}; black is {low} and white {high} in this import',
      cure: 'If the image is right, say for this measurement how many bits a value has, or which values are black and white, and import again.',
    },
    ja: {
      title: '画像 {file} に値 {value} があります。この取り込みでは黒が {low}、白が {high} です',
      cure: '画像が正しければ、この計測の画像のビット数か、黒と白にあたる値を指定して、もう一度取り込んでください。',
    },
  },
  'image-outside': {
    status: 403,
    en: {
      title: 'The image {file} lies outside the chosen folder',
      cure: 'Only files inside the folder are read. Copy the image into it and name it relative to it.',
    },
    ja: {
      title: '画像 {file} は選んだフォルダーの外にあります',
      cure: 'フォルダー内のファイルだけを読みます。画像をフォルダーに入れ、そこからの相対名で書いてください。',
    },
  },
  'image-unreadable': {
    status: 422,
    en: {
      title: 'The image {file} cannot be decoded: {problem}',
      cure: 'Save it again as PNG, JPEG, TIFF, WebP, GIF or BMP. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} を読み取れません：{problem}',
      cure: 'PNG、JPEG、TIFF、WebP、GIF、BMP のいずれかで保存し直してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-crash': {
    status: 422,
    en: {
      title: 'Reading the image {file} makes the image reader crash ({reason})',
      cure: 'Open it in another program and save it again as PNG or TIFF. All other images are read; until then this one counts as missing.',
    },
    ja: {
      title: '画像 {file} を読むと画像の読み取り処理が異常終了します（{reason}）',
      cure: '別のソフトで開き、PNG か TIFF で保存し直してください。ほかの画像は読み取ります。それまでこの画像は欠測として扱います。',
    },
  },
  'image-memory': {
    status: 413,
    en: {
      title: 'The image {file} takes more than {limit} of memory to read',
      cure: 'Save a smaller copy, or one as PNG or TIFF that is neither interlaced nor progressive. All other images are read; until then this one counts as missing.',
    },
    ja: {
      title: '画像 {file} の読み取りには {limit} を超えるメモリーが要ります',
      cure: '小さくするか、インターレースやプログレッシブではない PNG か TIFF で保存し直してください。ほかの画像は読み取ります。それまでこの画像は欠測として扱います。',
    },
  },
  'image-slow': {
    status: 413,
    en: {
      title: 'The image {file} takes more than {seconds} seconds to read',
      cure: 'Copy it to a disk of this computer if it lies on a slow one; else save it again as PNG or TIFF. Until then it counts as missing.',
    },
    ja: {
      title: '画像 {file} の読み取りに {seconds} 秒より長くかかります',
      cure: '遅いドライブにある場合はこのパソコンにコピーし、そうでなければ PNG か TIFF で保存し直してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-large': {
    status: 413,
    en: {
      title: 'The image {file} is too large: {size}, at most {limit}',
      cure: 'Save a smaller copy. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} が大きすぎます：{size}（上限 {limit}）',
      cure: '小さくした画像を保存してください。それまでこの画像は欠測として扱います。',
    },
  },
  'number-invalid': {
    status: 422,
    en: {
      title: '"{value}" is not a number (decimal mark "{decimal}")',
      cure: 'Correct the cell, or leave it empty if it was not measured.',
    },
    ja: {
      title: '「{value}」は数ではありません（小数点は「{decimal}」）',
      cure: 'セルを直すか、測っていないときは空にしてください。',
    },
  },
  'number-with-unit': {
    status: 422,
    en: {
      title: '"{value}" is a number with its unit; a measurement is read from the number alone',
      cure: 'Write the number alone in the cell, and the unit once in the column’s name: force (N). Bring all of them into that unit.',
    },
    ja: {
      title: '「{value}」には単位が付いています。計測値は数値だけのセルから読み取ります',
      cure: 'セルには数値だけを書き、単位は「荷重 (N)」のように列の名前に 1 回だけ書いてください。値はすべてその単位に揃えてください。',
    },
  },
  'measurements-none': {
    status: 422,
    en: {
      title: 'No column of {manifest} is understood as a measurement (columns: {columns})',
      cure: 'Correct the cells that are listed, if there are any: a measurement is a number, the name of an image or signal file, a note, or one of a few categories. Row numbers and codes are none.',
    },
    ja: {
      title: '{manifest} には計測と分かる列がありません（列：{columns}）',
      cure: '一覧に出たセルがあれば直してください。計測として読めるのは、数値、画像や信号のファイル名、文章のメモ、数種類の区分です。行番号や記号は計測になりません。',
    },
  },
  'signal-file-missing': {
    status: 404,
    en: {
      title: 'The file {file} does not exist',
      cure: 'Put the file there or correct its name, and import again. Until then the signal counts as missing.',
    },
    ja: {
      title: 'ファイル {file} がありません',
      cure: 'ファイルを置くか名前を直して、もう一度取り込んでください。それまでこの信号は欠測として扱います。',
    },
  },
  'signal-file-format': {
    status: 422,
    en: {
      title: 'It is not clear which numbers of the file {file} are the signal, or the file is damaged',
      cure: 'Give a file with one number a line (or a header that names time and one value), a .npy of one dimension, or an uncompressed .wav of one channel.',
    },
    ja: {
      title: 'ファイル {file} のどの数値が信号か特定できないか、ファイルが壊れています',
      cure: '1 行に 1 つの数値を書いたファイル（見出しに時刻と値の 2 列でも可）、1 次元の .npy、または 1 チャンネルの無圧縮 .wav にしてください。',
    },
  },
  'signal-file-unit': {
    status: 422,
    en: {
      title: 'The signal file "{file}" is in {unit}, the plan wants {planned}',
      cure: 'Bring its numbers into the plan’s unit and write that unit in its heading. If only the unit is written wrongly, correct it in the file.',
    },
    ja: {
      title: '信号ファイル「{file}」の単位は {unit} ですが、計画書では {planned} です',
      cure: '数値を計画書の単位に換算し、見出しの単位もそれに直してください。単位の書き間違いであれば、ファイルの単位だけを直してください。',
    },
  },
  'signal-file-line': {
    status: 422,
    en: {
      title: 'Line {row} of the file {file} is not one number: "{value}"',
      cure: 'Correct that line, and import again. The decimal mark is that of the table.',
    },
    ja: {
      title: 'ファイル {file} の {row} 行目が 1 つの数値ではありません：「{value}」',
      cure: 'その行を直して、もう一度取り込んでください。小数点は表と同じ記号を使います。',
    },
  },
  'signal-length': {
    status: 422,
    en: {
      title: '{actual} values instead of {expected}',
      cure: 'Give all values of the measurement, or none if it was not taken.',
    },
    ja: {
      title: '値が {actual} 個です（{expected} 個必要）',
      cure: '計測のすべての値を書くか、計測していないときは空にしてください。',
    },
  },
  'signal-short': {
    status: 422,
    en: {
      title: '{actual} values are too few for the plan’s {by}; it takes at least {expected}',
      cure: 'Give the whole recording, or none if the measurement was not taken.',
    },
    ja: {
      title: '値が {actual} 個では、計画書の変換（{by}）に足りません（{expected} 個以上必要）',
      cure: '記録全体を入れるか、計測していないときは空にしてください。',
    },
  },
  'signal-rate': {
    status: 422,
    en: {
      title: 'The file was recorded at {rate} Hz, the plan wants {planned} Hz',
      cure: 'Record at the plan’s rate, or convert the file to it. The measurement counts as missing for this part.',
    },
    ja: {
      title: 'ファイルの記録は {rate} Hz ですが、計画書では {planned} Hz です',
      cure: '計画書のサンプリング周波数で記録するか、ファイルを変換してください。この部品ではその計測を欠測として扱います。',
    },
  },
  'category-unknown': {
    status: 422,
    en: {
      title: '"{value}" in the column {column} is not on the list of {modality}',
      cure: 'Write it as it is on the list ({known}), or ask headquarters to add it.',
    },
    ja: {
      title: '列 {column} の「{value}」は {modality} の一覧にありません',
      cure: '一覧のとおり（{known}）に書き直すか、本部に追加を依頼してください。',
    },
  },
  'signal-range': {
    status: 422,
    en: {
      title: 'The value {value} is far outside the plan’s range {low}…{high} {unit}',
      cure: 'Check the sensor and the unit. The measurement counts as missing for this part.',
    },
    ja: {
      title: '値 {value} は計画書の範囲 {low}〜{high} {unit} から大きく外れています',
      cure: 'センサーと単位を確かめてください。この部品ではその計測を欠測として扱います。',
    },
  },
  'channel-range': {
    status: 422,
    en: {
      title: '{channel}: the value {value} is far outside the plan’s range {low}…{high} {unit}',
      cure: 'Check the sensor, the unit and the order of the columns. The measurement counts as missing for this part.',
    },
    ja: {
      title: '{channel}：値 {value} は計画書の範囲 {low}〜{high} {unit} から大きく外れています',
      cure: 'センサーと単位、列の順番を確かめてください。この部品ではその計測を欠測として扱います。',
    },
  },
  'id-missing': {
    status: 422,
    en: {
      title: 'The part in this row has no id; the row was left out',
      cure: 'Write its id, or say that the file has no column of ids.',
    },
    ja: {
      title: 'この行の部品には ID がないため、使いませんでした',
      cure: 'ID を書くか、このファイルには ID の列がないと指定してください。',
    },
  },
  'id-near': {
    status: 409,
    en: {
      title: '"{id}" is almost the id of a part that is here: "{known}"',
      cure: 'If it is the same part, write its id in the same way in every file. As it stands it is another part.',
    },
    ja: {
      title: '「{id}」は、すでにある部品の ID「{known}」とほぼ同じです',
      cure: '同じ部品であれば、どのファイルでも ID を同じ書き方にしてください。このままでは別の部品になります。',
    },
  },
  'cell-damaged': {
    status: 422,
    en: {
      title: '"{value}" holds characters that the encoding of the file does not know; the cell was left out',
      cure: 'Write the text again, or choose another encoding if many cells look so.',
    },
    ja: {
      title: '「{value}」には、このファイルの文字コードで読めない文字があるため、使いませんでした',
      cure: 'セルを書き直してください。多くのセルがそうなるときは、別の文字コードを選んでください。',
    },
  },
  'row-summary': {
    status: 422,
    en: {
      title: 'The row "{value}" summarises other rows and is no part; it was left out',
      cure: 'Delete it from the file. If it is a part, give it another id.',
    },
    ja: {
      title: '「{value}」の行は集計の行で部品ではないため、使いませんでした',
      cure: 'ファイルからその行を消してください。部品であれば、別の ID を付けてください。',
    },
  },
  'row-quote': {
    status: 422,
    en: {
      title:
        'A quotation mark that opens in row {first} and closes in row {last} would swallow whole rows; none of them was used',
      cure: 'Close the quotation mark in row {first}, or delete it, and import again.',
    },
    ja: {
      title:
        '{first} 行目で開いた引用符が {last} 行目で閉じており、その間の行が 1 つのセルになってしまうため、どの行も使いませんでした',
      cure: '{first} 行目の引用符を閉じるか消して、もう一度取り込んでください。',
    },
  },
  'part-duplicate': {
    status: 409,
    en: {
      title: 'The part "{id}" was already in row {first}; this row was left out',
      cure: 'Give every part its own id.',
    },
    ja: {
      title: '部品「{id}」は {first} 行目にあります。この行は使いませんでした',
      cure: '部品ごとに異なる ID を付けてください。',
    },
  },
  'part-repeated': {
    status: 409,
    en: {
      title: 'The part "{id}" was already in {other}, row {first}, with other values; this row was left out',
      cure: 'Correct one of the two rows, or give the parts different ids. Where ids count anew in each table, say so (ids=by-table).',
    },
    ja: {
      title: '部品「{id}」は {other} の {first} 行目に違う値で出ています。この行は使いませんでした',
      cure: 'どちらかの行を直すか、部品ごとに異なる ID を付けてください。表ごとに ID を振り直しているときは、そう指定してください（ids=by-table）。',
    },
  },
  'long-columns': {
    status: 422,
    en: {
      title:
        'Which columns of {manifest} are the part, the time, place or channel, and the value is not clear: {columns}',
      cure: 'Ids come again and again, so each row seems to be one value. Name the columns: partColumn, timeColumn (time or place) or channelColumn, and valueColumn; or say that each row is a part (rows=parts).',
    },
    ja: {
      title: '{manifest} のどの列が部品、時刻・位置またはチャンネル、値なのか分かりません：{columns}',
      cure: '同じ ID が何度も出てくるため、1 行が 1 つの値の表と思われます。列を指定してください（partColumn、時刻または位置の timeColumn か channelColumn、valueColumn）。1 行が 1 部品のときは、そう指定してください（rows=parts）。',
    },
  },
  'long-unsorted': {
    status: 413,
    en: {
      title: '{manifest} has {actual} rows of one value each, and the rows of a part do not stand together',
      cure: 'Sort it by "{column}", or split it into files of at most {limit} rows that hold whole parts.',
    },
    ja: {
      title: '{manifest} は 1 行に 1 つの値で {actual} 行あり、部品ごとにまとまっていません',
      cure: '「{column}」で並べ替えるか、部品の途中で切らずに {limit} 行以下のファイルに分けてください。',
    },
  },
  'long-channels': {
    status: 422,
    en: {
      title: 'The column "{column}" of {manifest} names more than {limit} channels',
      cure: 'Choose another column for the channel, or say that each row is a part (rows=parts).',
    },
    ja: {
      title: '{manifest} の列「{column}」のチャンネルが {limit} 種類を超えています',
      cure: 'チャンネルの列を選び直すか、1 行が 1 部品であればそう指定してください（rows=parts）。',
    },
  },
  'long-channel': {
    status: 422,
    en: {
      title: 'This value of the part "{id}" names no channel; it was left out',
      cure: 'Write the name of its channel.',
    },
    ja: {
      title: '部品「{id}」のこの値にはチャンネルの名前がないため、使いませんでした',
      cure: 'チャンネルの名前を書いてください。',
    },
  },
  'long-varies': {
    status: 409,
    en: {
      title: '"{value}" differs from row {first} of the same part "{id}"; what row {first} says is taken',
      cure: 'Write the same in all rows of a part, or set the column to "ignore".',
    },
    ja: {
      title: '「{value}」は同じ部品「{id}」の {first} 行目と違います。{first} 行目の内容を使いました',
      cure: '1 つの部品のすべての行に同じ内容を書くか、その列を「使わない」にしてください。',
    },
  },
  'long-duplicate': {
    status: 409,
    en: {
      title:
        'The value of {channel} of the part "{id}" at this time stands in row {first} already; this row was left out',
      cure: 'Delete one of the two rows. If they are values one after the other, name the column of their time.',
    },
    ja: {
      title: '部品「{id}」の「{channel}」のこの時刻の値は {first} 行目にもあります。この行は使いませんでした',
      cure: 'どちらかの行を消してください。続けて測った値であれば、時刻の列を指定してください。',
    },
  },
  'long-gap': {
    status: 422,
    en: {
      title:
        'A value in the series {channel} of the part "{id}" was not measured; the series counts as missing',
      cure: 'Give all values of the series, or none.',
    },
    ja: {
      title: '部品「{id}」の「{channel}」の途中の値がありません。この一連の値を欠測として扱います',
      cure: 'すべての値を書くか、どれも書かないでください。',
    },
  },
  'long-unit': {
    status: 422,
    en: {
      title:
        'The value of {channel} of the part "{id}" is in {unit}, others of {channel} are in {planned}; it was left out, and its series counts as missing',
      cure: 'Bring all values of a channel into one unit.',
    },
    ja: {
      title:
        '部品「{id}」の「{channel}」の単位は {unit} ですが、ほかの {channel} は {planned} です。この値を使わず、一連の値を欠測として扱います',
      cure: '同じチャンネルの値は 1 つの単位に換算して揃えてください。',
    },
  },
  'time-invalid': {
    status: 422,
    en: {
      title: '"{value}" is no time; the value was left out, and its series counts as missing',
      cure: 'Write times as numbers, as 08:15:22.5, or as 2026-03-01 08:15:22.',
    },
    ja: {
      title: '「{value}」は時刻として読めません。この値を使わず、一連の値を欠測として扱います',
      cure: '時刻は数値、08:15:22.5、または 2026-03-01 08:15:22 の形で書いてください。',
    },
  },
  'part-empty': {
    status: 422,
    en: {
      title: 'Nothing in this row could be used; it was left out',
      cure: 'A part needs at least one measurement.',
    },
    ja: {
      title: 'この行には使える計測がないため、使いませんでした',
      cure: '部品には少なくとも 1 つの計測が必要です。',
    },
  },
  'row-width': {
    status: 422,
    en: {
      title: 'The row has {actual} cells, the first row names {expected} columns; it was left out',
      cure: 'Put quotation marks around texts that contain the separator.',
    },
    ja: {
      title: 'セルが {actual} 個あります（列の名前は {expected} 個）。この行は使いませんでした',
      cure: '区切り文字を含む文字列は引用符で囲んでください。',
    },
  },
  'row-json': {
    status: 422,
    en: {
      title: 'The line is no JSON object, or names a column twice; it was left out',
      cure: 'Write one object a line, as {"id": "A1", "force": 12.5}.',
    },
    ja: {
      title: 'JSON オブジェクトになっていないか、同じ列が 2 回あります。この行は使いませんでした',
      cure: '{"id": "A1", "force": 12.5} のように、1 行に 1 つのオブジェクトを書いてください。',
    },
  },
  'row-unclosed': {
    status: 422,
    en: {
      title: 'A quotation mark that opens in this row is not closed; the row was left out',
      cure: 'Close the quotation mark in that row and import again.',
    },
    ja: {
      title: 'この行の引用符が閉じていないため、使いませんでした',
      cure: 'その行の引用符を閉じて、もう一度取り込んでください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
