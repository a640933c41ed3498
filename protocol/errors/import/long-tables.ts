import type { ErrorEntry } from '../entry.ts';

/** Errors of tables whose rows are one value each. */
export const longTableErrors = {
  'long-columns': {
    status: 422,
    en: {
      title:
        'Which columns of {manifest} are the part, the time, place or channel, and the value is not clear: {columns}',
      cure: 'Ids come again and again, so each row seems to be one value. Name the columns: of the part ([[partColumn]]), of the time or place ([[timeColumn]]) or the channel ([[channelColumn]]), and of the value ([[valueColumn]]); or say that each row is a part ([[rows=parts]]).',
    },
    ja: {
      title: '{manifest} のどの列が部品、時刻・位置またはチャンネル、値なのか分かりません：{columns}',
      cure: '同じ ID が何度も出てくるため、1 行が 1 つの値の表と思われます。部品の列（[[partColumn]]）、時刻・位置の列（[[timeColumn]]）かチャンネルの列（[[channelColumn]]）、値の列（[[valueColumn]]）を指定してください。1 行が 1 部品のときは、そう指定してください（[[rows=parts]]）。',
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
      cure: 'Choose another column for the channel ([[channelColumn]]), or say that each row is a part ([[rows=parts]]).',
    },
    ja: {
      title: '{manifest} の列「{column}」のチャンネルが {limit} 種類を超えています',
      cure: 'チャンネルの列を選び直すか（[[channelColumn]]）、1 行が 1 部品であればそう指定してください（[[rows=parts]]）。',
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
      cure: 'Write the same in all rows of a part, or do not use the column ([[ignore]]).',
    },
    ja: {
      title: '「{value}」は同じ部品「{id}」の {first} 行目と違います。{first} 行目の内容を使いました',
      cure: '1 つの部品のすべての行に同じ内容を書くか、その列を使わないでください（[[ignore]]）。',
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
  'time-order': {
    status: 422,
    en: {
      title:
        'The times of day of {channel} of the part "{id}" do not follow one another, so it is not clear which come after midnight; the series counts as missing',
      cure: 'Write the date before each time (2026-03-01 08:15:22), or bring the rows into their order.',
    },
    ja: {
      title:
        '部品「{id}」の「{channel}」の時刻が順に並んでおらず、どれが日付をまたいだ後か分かりません。この一連の値を欠測として扱います',
      cure: '時刻の前に日付を書く（2026-03-01 08:15:22）か、行を時刻の順に並べ替えてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
