import type { ErrorEntry } from './entry.ts';

/** Errors of evaluating model versions and deciding about them. */
export const modelErrors = {
  'model-not-evaluated': {
    status: 409,
    en: {
      title: 'Model version {version} has not been evaluated at this plant',
      cure: 'Evaluate it on the Models page first (on the command line: sign VERSION).',
    },
    ja: {
      title: 'モデル第 {version} 版は、この工場でまだ評価されていません',
      cure: '先に「モデル」のページ（コマンドでは sign 版の番号）で評価してください。',
    },
  },
  'model-gone': {
    status: 404,
    en: {
      title: 'Model version {version} is not kept at this workstation any more',
      cure: 'Choose another version on the Models page (on the command line: models).',
    },
    ja: {
      title: 'モデル第 {version} 版は、この端末にもう残っていません',
      cure: '「モデル」のページ（コマンドでは models）で別の版を選んでください。',
    },
  },
  'model-in-use': {
    status: 409,
    en: {
      title: 'Model version {version} is in use already',
      cure: 'To use another one, sign that one off or go back to an earlier one.',
    },
    ja: {
      title: 'モデル第 {version} 版はすでに使用中です',
      cure: '別の版を使うには、その版を承認するか、前の版に戻してください。',
    },
  },
  'model-not-used-before': {
    status: 409,
    en: {
      title: 'Model version {version} was not in use before',
      cure: 'Read its card and sign it off instead.',
    },
    ja: {
      title: 'モデル第 {version} 版は以前に使われていません',
      cure: '評価書を読み、承認してください。',
    },
  },
  'model-not-signed': {
    status: 409,
    en: {
      title: 'No model version has been signed off for use at this plant',
      cure: 'Evaluate the newest version on the Models page (on the command line: sign VERSION), read its card and sign it off.',
    },
    ja: {
      title: 'この工場で使用を承認されたモデルの版がありません',
      cure: '「モデル」のページ（コマンドでは sign 版の番号）で最新の版を評価し、評価書を読んで承認してください。',
    },
  },
  'model-card-changed': {
    status: 409,
    en: {
      title: 'The card of model version {version} is not as it was written',
      cure: 'It was refused. Evaluate the version again, and find out who changed the data folder.',
    },
    ja: {
      title: 'モデル第 {version} 版の評価書が書き換えられています',
      cure: 'この評価書は使いません。もう一度評価し、データフォルダーを変更した人を調べてください。',
    },
  },
  'sign-off-invalid': {
    status: 409,
    en: {
      title: 'The sign-off of model version {version} does not hold: signature, card or model were changed',
      cure: 'Nothing is reconstructed with it. Evaluate and sign again on the Models page, or go back to another version.',
    },
    ja: {
      title: 'モデル第 {version} 版の承認は無効です（署名・評価書・モデルのいずれかが変わっています）',
      cure: 'この版では復元しません。「モデル」のページで評価と承認をやり直すか、別の版に戻してください。',
    },
  },
  'sign-off-not-allowed': {
    status: 403,
    en: {
      title: 'The plan does not let you sign off model versions',
      cure: 'Say above who is working here (on the command line: --as NAME:ROLE). May sign off: {roles}.',
    },
    ja: {
      title: '計画書により、あなたはモデルの版を承認できません',
      cure: '画面上部（コマンドでは --as 名前:役割）で作業者を入力してください。承認できる役割：{roles}',
    },
  },
  'sign-off-not-confirmed': {
    status: 409,
    en: {
      title: 'Model version {version} was not signed off: it was not agreed to',
      cure: 'Read its card above; type yes when you are asked, or add --yes to the command.',
    },
    ja: {
      title: '確認がないため、モデル第 {version} 版を承認していません',
      cure: '上の評価書を読み、質問に「はい」と答えるか、コマンドに --yes を付けてください。',
    },
  },
  'sign-off-reason': {
    status: 422,
    en: {
      title: 'This needs a reason: signing off, holding back or going back to model version {version}',
      cure: 'Write in a sentence why (on the command line: --reason TEXT); it goes into the log.',
    },
    ja: {
      title: 'モデル第 {version} 版の承認・見送り・再使用には理由が必要です',
      cure: '理由を一文で書いてください（コマンドでは --reason 文）。記録に残ります。',
    },
  },
  'sign-off-acknowledge': {
    status: 422,
    en: {
      title: 'Nothing at this plant could judge all that model version {version} reconstructs',
      cure: 'Tick that you know this (on the command line: --acknowledge), then sign again.',
    },
    ja: {
      title: 'モデル第 {version} 版が復元するものの一部は、この工場では評価できませんでした',
      cure: '承知したことに印を付けて（コマンドでは --acknowledge）、もう一度承認してください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
