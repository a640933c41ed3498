import type { ErrorEntry } from '../entry.ts';

/** Errors of signals, in columns and in files of their own. */
export const signalErrors = {
  'signal-columns': {
    status: 422,
    en: {
      title: '{modality} has {expected} values, but the columns give value {missing} nowhere',
      cure: 'Name a column for every value, or one column that holds them all.',
    },
    ja: {
      title: '{modality}は {expected} 個の値からなりますが、{missing} 番目の値の列がありません',
      cure: 'すべての値に列を割り当てるか、1 つの列にまとめてください。',
    },
  },
  'signal-count': {
    status: 422,
    en: {
      title:
        '{modality} has {expected} values, but {actual} columns are numbered as its values ({first} … {last})',
      cure: 'Check which columns belong to it: say for each column which value it holds, or do not use those that do not belong to it ([[ignore]]).',
    },
    ja: {
      title:
        '{modality}は {expected} 個の値からなりますが、番号の付いた列が {actual} 個あります（{first} … {last}）',
      cure: 'どの列がその計測のものか確かめ、各列が何番目の値かを選ぶか、関係のない列は使わないでください（[[ignore]]）。',
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
      title: 'The file {file} cannot be read as one signal: {why}',
      cure: 'Give a file with one number a line (or a header that names time and one value), a .npy of one dimension, or an uncompressed .wav of one channel.',
    },
    ja: {
      title: 'ファイル {file} を 1 つの信号として読めません。{why}',
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
      cure: 'Correct that line, and import again.',
    },
    ja: {
      title: 'ファイル {file} の {row} 行目が 1 つの数値ではありません：「{value}」',
      cure: 'その行を直して、もう一度取り込んでください。',
    },
  },
  'signal-file-unclear': {
    status: 422,
    en: {
      title: '"{value}" in line {row} of the file {file} may be {one} or {other}',
      cure: 'Save the file with the decimal mark of the table ("{decimal}"), or with more or fewer digits behind its mark, and import again.',
    },
    ja: {
      title: 'ファイル {file} の {row} 行目の「{value}」は {one} とも {other} とも読めます',
      cure: 'ファイルの小数点を表と同じ「{decimal}」にするか、小数点より下の桁数を変えて保存し直し、もう一度取り込んでください。',
    },
  },
  'signal-file-order': {
    status: 422,
    en: {
      title:
        'The times of day in the file {file} do not follow one another, so it is not clear which come after midnight',
      cure: 'Write the date before each time (2026-03-01 08:15:22), or bring the lines into their order, and import again.',
    },
    ja: {
      title: 'ファイル {file} の時刻が順に並んでおらず、どれが日付をまたいだ後か分かりません',
      cure: '時刻の前に日付を書く（2026-03-01 08:15:22）か、行を時刻の順に並べ替えて、もう一度取り込んでください。',
    },
  },
  'signal-file-times': {
    status: 422,
    en: {
      title:
        'The time {value} stands in lines {first} and {row} of the file {file}, and in line {back} the times go back, so it is not clear how its values follow one another',
      cure: 'Give each recording a file of its own, or correct the times, and import again.',
    },
    ja: {
      title:
        'ファイル {file} の時刻 {value} が {first} 行目と {row} 行目にあり、{back} 行目で時刻が戻っているため、値の順番が分かりません',
      cure: '記録ごとにファイルを分けるか、時刻を直して、もう一度取り込んでください。',
    },
  },
  'signal-uneven': {
    status: 422,
    en: {
      title:
        '{count} recordings of "{column}" were taken at uneven times, as {file}; between their values it was interpolated, so that they follow one another evenly',
      cure: 'Nothing is to be done if the times are right. Else correct them, or leave the column of the times out.',
    },
    ja: {
      title:
        '「{column}」の記録 {count} 件は時刻の間隔が一定ではありません（例：{file}）。値の間を補間して、等間隔の値にしました',
      cure: '時刻が正しければ、そのままで構いません。違うときは時刻を直すか、時刻の列を除いてください。',
    },
  },
  'signal-spans': {
    status: 422,
    en: {
      title:
        'Recordings of "{column}" last from {least} ({file}) to {most} ({other}); each was brought to the plan’s length as a whole, so that one value stands for different lengths of time',
      cure: 'Nothing is to be done if a whole recording compares with a whole one, as a stroke of a press does. Else record at one rate and for one length of time, or cut the files alike.',
    },
    ja: {
      title:
        '「{column}」の記録の長さが {least}（{file}）から {most}（{other}）まで違います。それぞれ全体を計画書の長さに合わせたため、1 つの値が表す時間が記録ごとに違います',
      cure: 'プレスの 1 ストロークのように記録全体どうしを比べるものであれば、そのままで構いません。そうでなければ、同じサンプリング周波数と長さで記録するか、ファイルを同じ長さに切ってください。',
    },
  },
  'signal-rates': {
    status: 422,
    en: {
      title:
        'Recordings of "{column}" were sampled at different rates, from {least} ({file}) to {most} ({other}), so that a place in their spectra is not the same frequency',
      cure: 'Record at one rate, or convert the files to one; a plan that names its rate ("rate" of the reduction) refuses the others.',
    },
    ja: {
      title:
        '「{column}」の記録のサンプリング周波数が {least}（{file}）から {most}（{other}）まで違うため、スペクトルの同じ位置が同じ周波数になりません',
      cure: '1 つのサンプリング周波数で記録するか、ファイルを変換してください。計画書で周波数を決めると（「reduction」の「rate」）、違うものは読みません。',
    },
  },
  'signal-gap': {
    status: 422,
    en: {
      title: '{gaps} of the {expected} values are not there: {channels}',
      cure: 'Without them the whole measurement counts as missing for this part. Write them, or leave all empty if it was not taken; a sensor that many parts lack belongs into a measurement of its own (plan).',
    },
    ja: {
      title: '値 {expected} 個のうち {gaps} 個がありません：{channels}',
      cure: 'このままでは、この部品の計測全体を欠測として扱います。値を書くか、計測していないときはすべて空にしてください。多くの部品で欠けるセンサーは、計画書で別の計測に分けてください。',
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
} as const satisfies Record<string, ErrorEntry>;
