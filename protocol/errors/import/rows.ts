import type { ErrorEntry } from '../entry.ts';

/** Errors of whole rows, which are left out. */
export const rowErrors = {
  'row-summary': {
    status: 422,
    en: {
      title: 'The row "{value}" summarises other rows or sets limits, and is no part; it was left out',
      cure: 'Delete it from the file. If it is a part, give it another id.',
    },
    ja: {
      title: '「{value}」の行は集計や規格の行で、部品ではないため、使いませんでした',
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
  'part-empty': {
    status: 422,
    en: {
      title: 'Nothing in this row could be used; it brings no part',
      cure: 'A part needs at least one measurement. What is here of it stays, unless empty cells are to remove it.',
    },
    ja: {
      title: 'この行には使える計測がないため、部品になりません',
      cure: '部品には少なくとも 1 つの計測が必要です。空のセルで削除する設定でなければ、この部品の取り込み済みの値は残ります。',
    },
  },
  'part-emptied': {
    status: 422,
    en: {
      title: 'This row measures nothing of "{id}": what was here of it is removed ({modalities})',
      cure: 'If it is to stay, say that empty cells keep what is here ([[empty]]), and import again; undoing the import brings it back.',
    },
    ja: {
      title: 'この行には「{id}」の計測がないため、取り込み済みの値を削除しました（{modalities}）',
      cure: '残すときは、空のセルでは値を残すように選んで（[[empty]]）、もう一度取り込んでください。取り込みを元に戻すと、削除した値も戻ります。',
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
  'row-apart': {
    status: 422,
    en: {
      title: 'The last row stands apart from the others, behind a blank line; it was read as a part',
      cure: 'Nothing is to be done if it is one. If it sums the others up, delete it from the file.',
    },
    ja: {
      title: '最後の行が空白行をはさんで離れています。部品として読みました',
      cure: '部品であれば、対応は不要です。合計や平均の行であれば、ファイルから消してください。',
    },
  },
  'rows-above': {
    status: 422,
    en: {
      title:
        'Rows {first} to {last} are a table of their own above the names that were taken for the columns; they were not read',
      cure: 'Save them as a table of their own if they list parts, or say which row names the columns ([[header]]).',
    },
    ja: {
      title: '{first}〜{last} 行目は、列の名前とした行より上にある別の表のため、読みませんでした',
      cure: '部品の表であれば別のファイルに保存するか、列の名前がある行を指定してください（[[header]]）。',
    },
  },
  'header-repeated': {
    status: 422,
    en: {
      title: 'The names of the columns stand here again; the row was taken for no part',
      cure: 'Nothing is to be done: the rows below it are read as those above.',
    },
    ja: {
      title: '列の名前の行がもう一度あります。部品としては使いませんでした',
      cure: '対応は不要です。下の行は上の行と同じように読みます。',
    },
  },
  'header-moved': {
    status: 422,
    en: {
      title:
        'From here on the columns stand in another order: {names}{lacking}; the rows below are read by these names',
      cure: 'Nothing is to be done if the names are right. Else correct this row, and import again.',
    },
    ja: {
      title: 'ここから列の並びが変わります：{names}{lacking}。下の行はこの名前に従って読みます',
      cure: '名前が正しければ、対応は不要です。違うときはこの行を直して、もう一度取り込んでください。',
    },
  },
  'header-other': {
    status: 422,
    en: {
      title:
        'Other columns begin in row {header} ({names}), or the same in other units; the row was left out',
      cure: 'Save what stands from row {header} on as a table of its own, or name its columns, with their units, as the first row of names does.',
    },
    ja: {
      title: '{header} 行目から別の列（{names}）または別の単位になるため、この行は使いませんでした',
      cure: '{header} 行目からを別の表として保存するか、列の名前と単位を最初の見出しに揃えてください。',
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
