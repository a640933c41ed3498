import type { ErrorEntry } from '../entry.ts';

/** Errors of parts' ids. */
export const partIdErrors = {
  'id-unconfirmed': {
    status: 409,
    en: {
      title: 'The column "{column}" looks like the part’s id, but nothing says so',
      cure: 'Confirm it as the id ([[id]]), or say that the parts have none ([[id=none]]): they are then called after the file and the row.',
    },
    ja: {
      title: '列「{column}」は部品の ID のようですが、確かではありません',
      cure: 'ID であれば確認してください（[[id]]）。ID がない場合はそう指定すると（[[id=none]]）、ファイル名と行番号で部品を呼びます。',
    },
  },
  'ids-beside': {
    status: 422,
    en: {
      title:
        'Two columns are called "{column}" and name other parts in row {row} ("{id}" and "{other}"): two tables stand side by side',
      cure: 'Save each as a file of its own, or write one below the other. If the second holds no ids, give it another name.',
    },
    ja: {
      title:
        '「{column}」という列が 2 つあり、{row} 行目で別の部品（「{id}」と「{other}」）を指しています。表が横に 2 つ並んでいます',
      cure: 'それぞれ別のファイルに保存するか、縦につなげてください。2 つ目が ID でなければ、別の名前を付けてください。',
    },
  },
  'id-missing': {
    status: 422,
    en: {
      title: 'The part in this row has no id; the row was left out',
      cure: 'Write its id, or say that the file has no column of ids ([[id=none]]).',
    },
    ja: {
      title: 'この行の部品には ID がないため、使いませんでした',
      cure: 'ID を書くか、このファイルには ID の列がないと指定してください（[[id=none]]）。',
    },
  },
  'id-control': {
    status: 422,
    en: {
      title: 'The id "{value}" holds a control character, which nobody sees; the row was left out',
      cure: 'Type the id again without it.',
    },
    ja: {
      title: 'ID「{value}」に目に見えない制御文字が入っているため、この行は使いませんでした',
      cure: 'ID を入力し直して、制御文字を取り除いてください。',
    },
  },
  'id-unused': {
    status: 422,
    en: {
      title:
        'The column "{column}" is called as ids are, but "{value}" is a measurement or was rounded by a spreadsheet; it was not taken as the id',
      cure: 'If it is the part’s id, correct such cells (make the column one of texts, and take the ids from where they came from once more), or say so ([[id]]): rows with a rounded id are then left out. As it stands, parts are called after the file and the row.',
    },
    ja: {
      title:
        '列「{column}」は ID の名前ですが、「{value}」は計測値か、表計算ソフトで丸められた値のため、ID として使っていません',
      cure: '部品の ID であれば、列を「文字列」にして元のデータから入れ直すか、ID と指定してください（[[id]]）。指定した場合、丸められた ID の行は使いません。このままでは、ファイル名と行番号で部品を呼びます。',
    },
  },
  'id-rounded': {
    status: 422,
    en: {
      title: 'The id "{value}" was rounded by a spreadsheet; the row was left out',
      cure: 'Make the column of ids one of texts in the spreadsheet, take the ids from where they came from once more, and import again.',
    },
    ja: {
      title: 'ID「{value}」は表計算ソフトで桁が丸められているため、この行は使いませんでした',
      cure: '表計算ソフトで ID の列を「文字列」にし、元のデータから ID を入れ直して、もう一度取り込んでください。',
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
  'id-near-row': {
    status: 409,
    en: {
      title: '"{id}" is almost the id "{known}" in {first}',
      cure: 'If it is the same part, write its id in the same way in both rows. As it stands they are two parts.',
    },
    ja: {
      title: '「{id}」は、{first}の ID「{known}」とほぼ同じです',
      cure: '同じ部品であれば、両方の行で ID を同じ書き方にしてください。このままでは 2 つの部品になります。',
    },
  },
  'ids-near': {
    status: 409,
    en: {
      title: '"{id}" is almost the id "{known}", and {more} more ids are almost others',
      cure: 'If they are the same parts, write their ids in the same way in every file. As it stands they are other parts.',
    },
    ja: {
      title: '「{id}」は ID「{known}」とほぼ同じです。ほかにも {more} 個の ID がほぼ同じです',
      cure: '同じ部品であれば、どのファイルでも ID を同じ書き方にしてください。このままでは別の部品になります。',
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
      cure: 'Correct one of the two rows, or give the parts different ids. Where ids count anew in each table, say so ([[ids=by-table]]).',
    },
    ja: {
      title: '部品「{id}」は {other} の {first} 行目に違う値で出ています。この行は使いませんでした',
      cure: 'どちらかの行を直すか、部品ごとに異なる ID を付けてください。表ごとに ID を振り直しているときは、そう指定してください（[[ids=by-table]]）。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
