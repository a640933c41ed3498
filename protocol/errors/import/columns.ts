import type { ErrorEntry } from '../entry.ts';

/** Errors of what columns are taken for. */
export const columnErrors = {
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
