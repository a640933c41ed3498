import type { ErrorEntry } from '../entry.ts';

/** Errors of numbers, units and words in cells. */
export const cellErrors = {
  'number-unclear': {
    status: 422,
    en: {
      title: '"{value}" in row {row}, column {column} may be {one} or {other}',
      cure: 'Choose the decimal mark of the file ([[decimal=.]] or [[decimal=,]]); nothing else in it tells which is meant.',
    },
    ja: {
      title: '{row} 行目、列「{column}」の「{value}」は {one} とも {other} とも読めます',
      cure: 'このファイルの小数点を選んでください（[[decimal=.]] または [[decimal=,]]）。ほかの値からは決められません。',
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
  'list-unclear': {
    status: 422,
    en: {
      title: '"{value}" in row {row}, column {column} may be {one}, or with decimal commas {other}',
      cure: 'If the commas stand between whole numbers, say so ([[decimal=.]]). Else save the file with another mark between its numbers (a blank or a bar), or with decimal points.',
    },
    ja: {
      title: '{row} 行目、列「{column}」の「{value}」は {one} とも、小数点がカンマの {other} とも読めます',
      cure: 'カンマが整数の区切りであれば、そう指定してください（[[decimal=.]]）。小数点であれば、数の区切りを空白か縦棒にするか、小数点をピリオドにして保存し直してください。',
    },
  },
  'list-grouped': {
    status: 422,
    en: {
      title: '"{value}" in row {row}, column {column} may be {one}, or the one number {other}',
      cure: 'If it is several numbers, say that no mark stands between thousands ([[thousands=none]]); if it is one, choose the decimal point ([[decimal=.]]).',
    },
    ja: {
      title: '{row} 行目、列「{column}」の「{value}」は {one} とも、1 つの数 {other} とも読めます',
      cure: '複数の数であれば、桁区切りはないと指定してください（[[thousands=none]]）。1 つの数であれば、小数点をピリオドと指定してください（[[decimal=.]]）。',
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
  'number-duration': {
    status: 422,
    en: {
      title: '"{value}" is a length of time, which is not read as a number',
      cure: 'Write it as a number of seconds, minutes or hours, with the unit in the column’s name: cycle (s).',
    },
    ja: {
      title: '「{value}」は時間の長さで、数値としては読みません',
      cure: '秒・分・時間のいずれかの数値で書き、単位は「サイクル (s)」のように列の名前に書いてください。',
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
  'category-unknown': {
    status: 422,
    en: {
      title: '"{value}" in the column {column} is not on the list of {modality}',
      cure: 'Write it as it is on the list ({known}), or ask headquarters to add it.',
    },
    ja: {
      title: '列 {column} の「{value}」は{modality}の一覧にありません',
      cure: '一覧のとおり（{known}）に書き直すか、本部に追加を依頼してください。',
    },
  },
  'formula-unsaved': {
    status: 422,
    en: {
      title: 'The formula "{value}" was saved without what it gives; the cell was left out',
      cure: 'Open the workbook in a spreadsheet program, save it there so that its formulas are calculated, and import again.',
    },
    ja: {
      title: '数式「{value}」は計算結果なしで保存されているため、使いませんでした',
      cure: 'Excel などの表計算ソフトで開いて再計算し、保存し直してから、もう一度取り込んでください。',
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
} as const satisfies Record<string, ErrorEntry>;
