/**
 * Every error a person or a peer can meet, in one table: a stable code, the HTTP status it travels
 * under (RFC 9457), what happened and what to do, in both languages. `{name}` is filled from `detail`.
 */
export interface ErrorEntry {
  readonly status: number;
  readonly en: { readonly title: string; readonly cure: string };
  readonly ja: { readonly title: string; readonly cure: string };
}

export const errorTable = {
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
    en: { title: 'The plan has no modality "{modality}"', cure: 'Use a modality name that the plan lists.' },
    ja: {
      title: '計画書に「{modality}」という計測はありません',
      cure: '計画書にある計測の名前を使ってください。',
    },
  },
  'request-invalid': {
    status: 400,
    en: {
      title: 'The request is wrong at {field}: {problem}',
      cure: 'Update the app; if this stays, send the diagnostic file to support.',
    },
    ja: {
      title: '要求の {field} に誤りがあります：{problem}',
      cure: 'アプリを更新してください。直らないときは診断ファイルをサポートに送ってください。',
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
  'engine-input': {
    status: 422,
    en: {
      title: 'The value {name} cannot go into the computation: {problem}',
      cure: 'Nothing was computed. Check the data or the plan for that value and start the job again.',
    },
    ja: {
      title: '値 {name} は計算に使えません：{problem}',
      cure: '計算は行われていません。データまたは計画書のその値を確かめ、もう一度実行してください。',
    },
  },
  'engine-trace': {
    status: 500,
    en: {
      title: 'A model step cannot be turned into a graph: {problem}',
      cure: 'This is a fault of the program. Use the diagnostic file to report it.',
    },
    ja: {
      title: 'モデルの計算をグラフに変換できません：{problem}',
      cure: 'プログラムの不具合です。診断ファイルを添えて報告してください。',
    },
  },
  'engine-kernel': {
    status: 500,
    en: {
      title: 'The operation {kernel} cannot run on this engine: {problem}',
      cure: 'Choose another engine in the settings, or an architecture without that operation in the plan.',
    },
    ja: {
      title: '演算 {kernel} はこのエンジンで実行できません：{problem}',
      cure: '設定で別のエンジンを選ぶか、計画書でその演算を使わない構成にしてください。',
    },
  },
  'engine-device': {
    status: 503,
    en: {
      title: 'The device {device} cannot compute: {problem}',
      cure: 'Choose another device in the settings, or update its driver and restart the app.',
    },
    ja: {
      title: 'デバイス {device} で計算できません：{problem}',
      cure: '設定で別のデバイスを選ぶか、ドライバーを更新してアプリを再起動してください。',
    },
  },
  internal: {
    status: 500,
    en: {
      title: 'Something went wrong inside the program',
      cure: 'Nothing was lost. Try again; if it stays, send the diagnostic file to support.',
    },
    ja: {
      title: 'プログラム内部で問題が起きました',
      cure: '失われたものはありません。もう一度試し、直らないときは診断ファイルをサポートに送ってください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type Language = 'en' | 'ja';
export type ErrorDetail = Readonly<Record<string, string | number>>;

/** An error with a code from the table; the only kind that crosses a border (window, wire, process). */
export class FedReconError extends Error {
  override readonly name = 'FedReconError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(`${describeError(code, detail, 'en').title} [${code}]`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** An error as it crosses a border: plain JSON. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

/** The two sentences a person reads: what happened, and what to do. */
export function describeError(
  code: ErrorCode,
  detail: ErrorDetail,
  language: Language,
): { title: string; cure: string } {
  const entry: ErrorEntry = errorTable[code];
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, key: string) => String(detail[key] ?? whole));
  return { title: fill(entry[language].title), cure: fill(entry[language].cure) };
}

/** Any thrown value as a record; what is no FedReconError becomes `internal` and keeps no stack. */
export function errorRecord(thrown: unknown): ErrorRecord {
  return thrown instanceof FedReconError
    ? { code: thrown.code, detail: thrown.detail }
    : { code: 'internal', detail: {} };
}
