import type { ErrorEntry } from './entry.ts';

/** Errors that both sides can meet: of plans, requests, tensors and the disk. */
export const generalErrors = {
  'plan-invalid': {
    status: 422,
    en: {
      title: 'The plan is wrong at {field}: {problem}',
      cure: 'Correct that field in the plan file and load it again.',
    },
    ja: {
      title: '計画書の {field} に誤りがあります：{problem}',
      cure: '計画書のその項目を直して、もう一度読み込んでください。',
    },
  },
  'modality-unknown': {
    status: 422,
    en: {
      title: 'The plan has no measurement "{modality}"',
      cure: 'Use a name that the plan lists: {known}.',
    },
    ja: {
      title: '計画書に「{modality}」という計測はありません',
      cure: '計画書にある名前を使ってください：{known}',
    },
  },
  'request-invalid': {
    status: 400,
    en: {
      title: 'The request is wrong at {field}: {problem}',
      cure: 'Update the app on both sides; if this stays, restart the program and tell headquarters what you did.',
    },
    ja: {
      title: '要求の {field} に誤りがあります：{problem}',
      cure: 'アプリを更新してください。直らないときはプログラムを再起動し、操作の内容を本部に知らせてください。',
    },
  },
  'tensors-invalid': {
    status: 422,
    en: {
      title: 'The tensor file is damaged: {problem}',
      cure: 'Nothing was used. Fetch or send it again; if this stays, retrain this round.',
    },
    ja: {
      title: 'テンソルファイルが壊れています：{problem}',
      cure: '何も使われていません。もう一度送受信し、直らないときはこのラウンドを学習し直してください。',
    },
  },
  'tensor-shape': {
    status: 422,
    en: {
      title: 'Tensor {name} has shape {actual}, the plan says {expected}',
      cure: 'The module was refused. Make sure both sides use the same plan and app version.',
    },
    ja: {
      title: 'テンソル {name} の形が {actual} です（計画書では {expected}）',
      cure: 'モジュールは受け付けませんでした。計画書とアプリの版が両者で同じか確かめてください。',
    },
  },
  'tensor-not-finite': {
    status: 422,
    en: {
      title: 'Tensor {name} holds values that are not numbers',
      cure: 'The module was refused. Check the data for extreme values and train the round again.',
    },
    ja: {
      title: 'テンソル {name} に数でない値があります',
      cure: 'モジュールは受け付けませんでした。データに極端な値がないか確かめ、このラウンドを学習し直してください。',
    },
  },
  'disk-full': {
    status: 507,
    en: {
      title: 'The disk is full: {path}',
      cure: 'Nothing was lost. Free some space on that disk, then try again.',
    },
    ja: {
      title: 'ディスクの空きがありません：{path}',
      cure: '失われたものはありません。ディスクの空きを増やして、もう一度試してください。',
    },
  },
  internal: {
    status: 500,
    en: {
      title: 'Something went wrong inside the program',
      cure: 'Nothing was lost. Try again; if it stays, restart the program and tell headquarters what you did.',
    },
    ja: {
      title: 'プログラム内部で問題が起きました',
      cure: '失われたものはありません。もう一度試し、直らないときはプログラムを再起動し、操作の内容を本部に知らせてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
