import { federationErrors } from './federation-errors.ts';
import { importErrors } from './import-errors.ts';
import { trainingErrors } from './training-errors.ts';

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
  'data-folder-in-use': {
    status: 409,
    en: {
      title: 'Another FedRecon is using the data folder {folder}',
      cure: 'Close the other window, or start this one with another data folder.',
    },
    ja: {
      title: 'データフォルダー {folder} は別の FedRecon が使用中です',
      cure: 'もう一方のウィンドウを閉じるか、別のデータフォルダーで起動してください。',
    },
  },
  'data-folder-unusable': {
    status: 500,
    en: {
      title: 'The data folder {folder} cannot be used: {problem}',
      cure: 'Make sure the folder exists and that you may write to it, or choose another one.',
    },
    ja: {
      title: 'データフォルダー {folder} を使えません：{problem}',
      cure: 'フォルダーがあり、書き込みできることを確かめるか、別のフォルダーを選んでください。',
    },
  },
  'store-damaged': {
    status: 500,
    en: {
      title: 'The stored data are damaged: {problem}',
      cure: 'Do not delete anything. Restore the data folder from a backup, or send the diagnostic file to support.',
    },
    ja: {
      title: '保存されたデータが壊れています：{problem}',
      cure: '何も削除しないでください。データフォルダーをバックアップから戻すか、診断ファイルをサポートに送ってください。',
    },
  },
  'store-newer': {
    status: 409,
    en: {
      title: 'The data folder was written by a newer version (format {found}, this app knows {known})',
      cure: 'Update the app. The data were not touched.',
    },
    ja: {
      title: 'データフォルダーは新しい版で書かれています（形式 {found}、このアプリは {known} まで）',
      cure: 'アプリを更新してください。データには触れていません。',
    },
  },
  'training-crashed': {
    status: 500,
    en: {
      title: 'The training process ended {times} times without getting further',
      cure: 'Nothing that was finished is lost. Choose another device on the Overview page and join again.',
    },
    ja: {
      title: '学習プロセスが進まないまま {times} 回終了しました',
      cure: '完了した作業は失われていません。概要ページで別のデバイスを選び、もう一度参加してください。',
    },
  },
  'job-busy': {
    status: 409,
    en: {
      title: 'The workstation is busy with another job ({kind})',
      cure: 'Wait until it is done, or stop it first.',
    },
    ja: {
      title: '別の作業（{kind}）を実行中です',
      cure: '終わるまで待つか、先に停止してください。',
    },
  },
  'aggregator-unreachable': {
    status: 503,
    en: {
      title: 'The aggregator at {address} does not answer ({problem})',
      cure: 'Check the network cable and whether headquarters has started the aggregator. The app goes on by itself when it answers.',
    },
    ja: {
      title: '集約サーバー {address} が応答しません（{problem}）',
      cure: 'ネットワークの接続と、本社の集約サーバーが起動しているかを確かめてください。応答があれば自動で続きます。',
    },
  },
  'wrong-aggregator': {
    status: 502,
    en: {
      title: 'The server at {address} is not the aggregator of this invitation',
      cure: 'Do not go on. Ask headquarters to check the address; its fingerprint must be {expected}, the server showed {actual}.',
    },
    ja: {
      title: '{address} のサーバーは、この招待状の集約サーバーではありません',
      cure: '先に進まないでください。本社にアドレスを確かめてください（正しい指紋：{expected}、サーバーの指紋：{actual}）。',
    },
  },
  'certificate-wrong': {
    status: 502,
    en: {
      title: 'The certificate of {address} cannot be trusted: {problem}',
      cure: 'Nothing was sent. Ask headquarters whether the server certificate was changed.',
    },
    ja: {
      title: '{address} の証明書を信頼できません：{problem}',
      cure: '何も送信していません。サーバー証明書が変わったか本社に確かめてください。',
    },
  },
  'answer-invalid': {
    status: 502,
    en: {
      title: 'The aggregator answered something this app does not understand ({problem})',
      cure: 'Update the app, and ask headquarters which version the aggregator has.',
    },
    ja: {
      title: '集約サーバーの応答を理解できません（{problem}）',
      cure: 'アプリを更新し、集約サーバーの版を本社に確かめてください。',
    },
  },
  'transfer-damaged': {
    status: 502,
    en: {
      title: 'A file arrived damaged ({name})',
      cure: 'It was thrown away. Try again; if this stays, the network changes what passes through it.',
    },
    ja: {
      title: '受信したファイルが壊れていました（{name}）',
      cure: 'ファイルは破棄しました。もう一度試してください。直らないときは、通信経路で内容が変えられています。',
    },
  },
  'not-enrolled': {
    status: 409,
    en: {
      title: 'This workstation has not joined a federation yet',
      cure: 'Paste the invitation from headquarters on the Connect page.',
    },
    ja: {
      title: 'この端末はまだ連合に参加していません',
      cure: '接続ページに本社からの招待状を貼り付けてください。',
    },
  },
  'already-enrolled': {
    status: 409,
    en: {
      title: 'This workstation already belongs to the federation at {aggregator}',
      cure: 'Use another data folder to join another federation.',
    },
    ja: {
      title: 'この端末はすでに {aggregator} の連合に参加しています',
      cure: '別の連合に参加するには、別のデータフォルダーを使ってください。',
    },
  },
  'plan-changed': {
    status: 409,
    en: {
      title: 'The plan is not the one that was shown',
      cure: 'Read the invitation again and look at the plan before you agree.',
    },
    ja: {
      title: '計画書が表示したものと異なります',
      cure: '招待状をもう一度読み込み、計画書を確かめてから同意してください。',
    },
  },
  'no-data': {
    status: 409,
    en: {
      title: 'There are no parts to learn from',
      cure: 'Import a folder with a CSV file first.',
    },
    ja: {
      title: '学習に使う部品データがありません',
      cure: '先に CSV ファイルのあるフォルダーを取り込んでください。',
    },
  },
  'modality-without-data': {
    status: 409,
    en: {
      title: 'This plant joined with "{modality}", but no imported part has it',
      cure: 'Import data that have it. To join without it, ask headquarters for a new invitation.',
    },
    ja: {
      title: 'この工場は「{modality}」ありで参加していますが、取り込んだ部品にその計測がありません',
      cure: 'その計測を含むデータを取り込んでください。計測なしで参加するには、本社に新しい招待状を頼んでください。',
    },
  },
  'model-not-ready': {
    status: 409,
    en: {
      title: 'No model can reconstruct anything for this plant yet',
      cure: 'Take part in the rounds until the mappings have been trained.',
    },
    ja: {
      title: 'この工場で再構成に使えるモデルがまだありません',
      cure: '写像の学習が済むまでラウンドに参加してください。',
    },
  },
  'part-unknown': {
    status: 404,
    en: {
      title: 'There is no reconstruction of "{modality}" for part {part}',
      cure: 'It may have been replaced by a new import. Go back to the queue.',
    },
    ja: {
      title: '部品 {part} の「{modality}」の再構成はありません',
      cure: '新しい取り込みで置き換わった可能性があります。一覧に戻ってください。',
    },
  },
  ...federationErrors,
  ...importErrors,
  ...trainingErrors,
  'session-missing': {
    status: 401,
    en: {
      title: 'This page is not connected to the workstation',
      cure: 'Open the address that the program printed when it started, with everything after the #.',
    },
    ja: {
      title: 'この画面はワークステーションにつながっていません',
      cure: 'プログラムが起動したときに表示したアドレスを、「#」の後ろも含めて開いてください。',
    },
  },
  'session-foreign': {
    status: 403,
    en: {
      title: 'A request that did not come from this window was refused',
      cure: 'Open the address that the program printed when it started, and no other.',
    },
    ja: {
      title: 'この画面以外からの要求を拒否しました',
      cure: 'プログラムが起動したときに表示したアドレスを開いてください。',
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
