import type { ErrorEntry } from '../entry.ts';

/** Errors of model versions, and of the modules that plants contribute to them. */
export const contributionErrors = {
  'model-outdated': {
    status: 409,
    en: {
      title: 'Training started from model {actual}, round {round} starts from model {expected}',
      cure: 'Fetch the model of this round and train it again.',
    },
    ja: {
      title: 'モデル {actual} から学習していますが、ラウンド {round} はモデル {expected} から始まります',
      cure: 'このラウンドのモデルを取得して学習し直してください。',
    },
  },
  'model-unknown': {
    status: 404,
    en: {
      title: 'There is no model version {version}',
      cure: 'Ask for the round again; it names the model to use.',
    },
    ja: {
      title: 'モデルの版 {version} はありません',
      cure: 'ラウンドの情報を取得し直すと、使うモデルが分かります。',
    },
  },
  'module-refused': {
    status: 422,
    en: {
      title: 'This plant may not send the module {module} in the stage {stage}',
      cure: 'Only what the plan lets this plant train of what it measured when the round opened is taken; what came since counts from the next round. Make sure both sides use the same app version.',
    },
    ja: {
      title: 'この工場は段階「{stage}」でモジュール {module} を送れません',
      cure: 'ラウンドが始まった時点でこの工場が計測していたもののうち、計画書で学習対象になっているものだけを受け付けます。その後に加わった計測は次のラウンドから対象です。アプリの版が両者で同じか確かめてください。',
    },
  },
  'backing-refused': {
    status: 422,
    en: {
      title: 'This plant cannot have the parts that {module} is said to have learned from ({field})',
      cure: 'Measured pairs need both instruments, completed ones another source. Make sure both sides use the same app version.',
    },
    ja: {
      title: 'モジュール {module} の学習に使ったとされる部品は、この工場にはないはずです（{field}）',
      cure: '実測の組には両方の計測器が、補完した組には別の計測が必要です。アプリの版が両者で同じか確かめてください。',
    },
  },
  'tensor-unexpected': {
    status: 422,
    en: {
      title: 'The module {module} {problem} the tensor {name}',
      cure: 'The module was refused. Make sure both sides use the same plan and app version.',
    },
    ja: {
      title: 'モジュール {module} のテンソル {name} に過不足があります（{problem}）',
      cure: 'モジュールは受け付けませんでした。計画書とアプリの版が両者で同じか確かめてください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
