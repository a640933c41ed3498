import type { ErrorEntry } from './entry.ts';

/** The part of the error table that is about the federation: invitations, signatures, rounds, models, uploads. */
export const federationErrors = {
  'invitation-mistyped': {
    status: 422,
    en: {
      title: 'This is not a complete invitation',
      cure: 'Copy the whole text from FEDRECON1- to its end and paste it again.',
    },
    ja: {
      title: '招待状の文字が正しくないか、途中で切れています',
      cure: 'FEDRECON1- から最後まで全体をコピーして、もう一度貼り付けてください。',
    },
  },
  'invitation-unknown': {
    status: 403,
    en: {
      title: 'This aggregator did not issue the invitation',
      cure: 'Ask headquarters for a new invitation from this aggregator.',
    },
    ja: {
      title: 'この集約サーバーが発行した招待状ではありません',
      cure: 'この集約サーバーの新しい招待状を本社に依頼してください。',
    },
  },
  'invitation-expired': {
    status: 403,
    en: {
      title: 'The invitation expired at {expired}',
      cure: 'Ask headquarters for a new invitation.',
    },
    ja: {
      title: '招待状の期限が切れています（{expired}）',
      cure: '新しい招待状を本社に依頼してください。',
    },
  },
  'invitation-used': {
    status: 409,
    en: {
      title: 'The invitation was already used by another workstation',
      cure: 'Ask headquarters for a new invitation; each one works once.',
    },
    ja: {
      title: '招待状は別の端末で使用済みです',
      cure: '招待状は一度しか使えません。新しい招待状を本社に依頼してください。',
    },
  },
  'invitation-other-plant': {
    status: 403,
    en: {
      title: 'The invitation is for the plant "{plant}"',
      cure: 'Join under that name, or ask headquarters for an invitation for this plant.',
    },
    ja: {
      title: '招待状は工場「{plant}」のものです',
      cure: 'その名前で参加するか、この工場の招待状を本社に依頼してください。',
    },
  },
  'signature-missing': {
    status: 401,
    en: {
      title: 'The request is not signed',
      cure: 'Join the federation with an invitation first; if this workstation has joined, update the app.',
    },
    ja: {
      title: '要求に署名がありません',
      cure: '招待状で連合に参加してください。参加済みのときはアプリを更新してください。',
    },
  },
  'signature-invalid': {
    status: 401,
    en: {
      title: 'The signature of the request is wrong: {problem}',
      cure: 'Nothing was accepted. If this stays, the network changes what passes through it; tell your network administrator.',
    },
    ja: {
      title: '要求の署名が正しくありません：{problem}',
      cure: '何も受け付けていません。直らないときは通信経路で内容が変えられています。ネットワーク管理者に連絡してください。',
    },
  },
  'key-unknown': {
    status: 401,
    en: {
      title: 'The aggregator does not know this workstation',
      cure: 'Ask headquarters for a new invitation and join again; your data and models stay.',
    },
    ja: {
      title: '集約サーバーにこの端末が登録されていません',
      cure: '本社に新しい招待状を依頼して、もう一度参加してください。データとモデルは残ります。',
    },
  },
  'plant-revoked': {
    status: 403,
    en: {
      title: 'Headquarters has withdrawn this workstation from the federation',
      cure: 'Ask headquarters; a new invitation lets it join again. Your data and models stay.',
    },
    ja: {
      title: '本社がこの端末の参加を取り消しました',
      cure: '本社に問い合わせてください。新しい招待状で再び参加できます。データとモデルは残ります。',
    },
  },
  'clock-skew': {
    status: 401,
    en: {
      title: 'The clock of this workstation is {minutes} minutes off; the aggregator says {serverTime}',
      cure: 'Set the date, time and time zone of this workstation, then try again.',
    },
    ja: {
      title: 'この端末の時計が {minutes} 分ずれています（集約サーバーの時刻：{serverTime}）',
      cure: 'この端末の日付、時刻、タイムゾーンを合わせて、もう一度試してください。',
    },
  },
  'request-replayed': {
    status: 401,
    en: {
      title: 'The same request arrived twice',
      cure: 'Nothing was counted twice. Try again.',
    },
    ja: {
      title: '同じ要求が二度届きました',
      cure: '二重には数えていません。もう一度試してください。',
    },
  },
  'digest-mismatch': {
    status: 400,
    en: {
      title: 'What arrived is not what was signed',
      cure: 'Nothing was accepted. Try again; if this stays, the network changes what passes through it.',
    },
    ja: {
      title: '届いた内容が署名された内容と異なります',
      cure: '何も受け付けていません。もう一度試してください。直らないときは通信経路で内容が変えられています。',
    },
  },
  'admin-only': {
    status: 403,
    en: {
      title: 'Only headquarters may do this',
      cure: 'Use the aggregator command on the machine where the aggregator runs.',
    },
    ja: {
      title: 'この操作は本社だけが行えます',
      cure: '集約サーバーのある機械で aggregator コマンドを使ってください。',
    },
  },
  'plan-foreign': {
    status: 409,
    en: {
      title: 'The plan {actual} is not the one of this federation, {expected}',
      cure: 'Fetch the plan of the federation again, agree to it and train the round anew.',
    },
    ja: {
      title: '計画書 {actual} はこの連合のもの（{expected}）ではありません',
      cure: '連合の計画書を取得し直し、同意してからラウンドを学習し直してください。',
    },
  },
  'round-open': {
    status: 409,
    en: {
      title: 'Round {round} is still open',
      cure: 'Wait until it closes; then open the next one.',
    },
    ja: {
      title: 'ラウンド {round} はまだ開いています',
      cure: '閉じるまで待ってから、次のラウンドを開いてください。',
    },
  },
  'round-not-open': {
    status: 409,
    en: {
      title: 'Round {round} is not open',
      cure: 'Nothing was lost. The app takes part in the next round by itself.',
    },
    ja: {
      title: 'ラウンド {round} は開いていません',
      cure: '失われたものはありません。次のラウンドに自動で参加します。',
    },
  },
  'calibration-unknown': {
    status: 404,
    en: {
      title: 'There is no calibration {number}',
      cure: 'Ask for one that status names.',
    },
    ja: {
      title: '校正 {number} はありません',
      cure: 'status に表示される校正を指定してください。',
    },
  },
  'calibration-open': {
    status: 409,
    en: {
      title: 'Calibration {number} is not finished',
      cure: 'Wait until it is. It goes on by itself, without plants that do not answer.',
    },
    ja: {
      title: '校正 {number} はまだ終わっていません',
      cure: '終わるまでお待ちください。応答しない工場を除いて自動で進みます。',
    },
  },
  'calibration-closed': {
    status: 409,
    en: {
      title: 'Calibration {number} does not take "{pass}" now',
      cure: 'Nothing was lost. The app takes part in what is open, or fetches the result, by itself.',
    },
    ja: {
      title: '校正 {number} は現在「{pass}」を受け付けていません',
      cure: '失われたものはありません。受付中の段階に自動で参加するか、結果を自動で取得します。',
    },
  },
  'calibration-impossible': {
    status: 409,
    en: {
      title: 'Model {version} cannot be calibrated: no plant measures together what its mappings connect',
      cure: 'Calibrate a model whose mappings were trained, or invite a plant that has two modalities or more.',
    },
    ja: {
      title: 'モデル {version} は校正できません。写像がつなぐ測定を両方もつ工場がありません',
      cure: '写像を学習したモデルを校正するか、2 種類以上の測定をもつ工場を招待してください。',
    },
  },
  'calibration-parts-few': {
    status: 422,
    en: {
      title:
        '{parts} parts are too few to calibrate {route}: sums of less than {least} would speak of single parts',
      cure: 'Import at least {missing} more parts that have all of these measurements.',
    },
    ja: {
      title:
        '{route} の校正には部品が {parts} 個では足りません。{least} 個未満の合計は個々の部品を表してしまいます',
      cure: 'これらの測定がすべてそろった部品を、あと {missing} 個以上取り込んでください。',
    },
  },
  'sums-refused': {
    status: 422,
    en: {
      title: 'The sums "{name}" are refused: {problem}',
      cure: 'Update the workstation, or ask headquarters which version the federation uses.',
    },
    ja: {
      title: '合計「{name}」は受け付けられません（{problem}）',
      cure: '端末を更新するか、連合で使っている版を本社に確認してください。',
    },
  },
  'quorum-missing': {
    status: 409,
    en: {
      title: 'A round needs {quorum} plants, and {plants} have joined',
      cure: 'Invite more plants, or wait until those invited have joined.',
    },
    ja: {
      title: 'ラウンドには {quorum} 工場が必要ですが、参加は {plants} 工場です',
      cure: '工場を追加で招待するか、招待済みの工場の参加を待ってください。',
    },
  },
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
      cure: 'Only what the plan lets this plant train is accepted. Make sure both sides use the same app version.',
    },
    ja: {
      title: 'この工場は段階「{stage}」でモジュール {module} を送れません',
      cure: '計画書で学習対象になっているものだけを受け付けます。アプリの版が両者で同じか確かめてください。',
    },
  },
  'evidence-refused': {
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
  'blob-unknown': {
    status: 404,
    en: {
      title: 'There is no such file at the aggregator',
      cure: 'Ask for the model again; it names the files to fetch.',
    },
    ja: {
      title: '集約サーバーにそのファイルはありません',
      cure: 'モデルの情報を取得し直すと、必要なファイルが分かります。',
    },
  },
  'blob-mismatch': {
    status: 422,
    en: {
      title: 'The uploaded file is not the one its name promises',
      cure: 'What had arrived was thrown away. The app sends it again from the start.',
    },
    ja: {
      title: '送られたファイルが名前と一致しません',
      cure: '届いた分は破棄しました。最初から送り直します。',
    },
  },
  'blob-too-large': {
    status: 413,
    en: {
      title: 'A file of {bytes} bytes is larger than any module of the plan ({limit})',
      cure: 'Make sure both sides use the same plan and app version.',
    },
    ja: {
      title: '{bytes} バイトのファイルは計画書のどのモジュールよりも大きすぎます（上限 {limit}）',
      cure: '計画書とアプリの版が両者で同じか確かめてください。',
    },
  },
  'upload-offset': {
    status: 409,
    en: {
      title: 'The upload continues at byte {offset}',
      cure: 'The app goes on from there by itself.',
    },
    ja: {
      title: 'アップロードは {offset} バイト目から続きます',
      cure: '自動でそこから続けます。',
    },
  },
  'upload-interrupted': {
    status: 408,
    en: {
      title: 'The upload broke off or was started again',
      cure: 'What had arrived is kept. The app goes on from there by itself.',
    },
    ja: {
      title: 'アップロードが中断されたか、もう一度始められました',
      cure: '届いた分は保存されています。自動でそこから続けます。',
    },
  },
  'not-found': {
    status: 404,
    en: {
      title: 'There is nothing at this address',
      cure: 'Check the address of the aggregator and the version of the app.',
    },
    ja: {
      title: 'このアドレスには何もありません',
      cure: '集約サーバーのアドレスとアプリの版を確かめてください。',
    },
  },
  'federation-exists': {
    status: 409,
    en: {
      title: 'The data folder {folder} already holds a federation',
      cure: 'Start that one, or choose another folder with --data.',
    },
    ja: {
      title: 'データフォルダー {folder} にはすでに連合があります',
      cure: 'それを起動するか、--data で別のフォルダーを指定してください。',
    },
  },
  'federation-missing': {
    status: 404,
    en: {
      title: 'There is no federation in {folder}',
      cure: 'Make one with "aggregator init --plan FILE", or name its folder with --data.',
    },
    ja: {
      title: '{folder} に連合がありません',
      cure: '「aggregator init --plan ファイル」で作るか、--data でフォルダーを指定してください。',
    },
  },
  usage: {
    status: 400,
    en: {
      title: '{problem}',
      cure: 'Give the command "help" to see what there is.',
    },
    ja: {
      title: '{problem}',
      cure: '「help」コマンドで使い方を確かめてください。',
    },
  },
  'database-unreachable': {
    status: 503,
    en: {
      title: 'The database cannot be used: {problem}',
      cure: 'Check DATABASE_URL and that the database server runs.',
    },
    ja: {
      title: 'データベースを使えません：{problem}',
      cure: 'DATABASE_URL と、データベースサーバーの起動を確かめてください。',
    },
  },
  'database-newer': {
    status: 409,
    en: {
      title: 'The database was written by a newer version ({version})',
      cure: 'Update the aggregator.',
    },
    ja: {
      title: 'データベースは新しい版（{version}）で書かれています',
      cure: '集約サーバーを更新してください。',
    },
  },
  'port-in-use': {
    status: 409,
    en: {
      title: 'Port {port} is used by another program',
      cure: 'Stop that program, or start with --port and another number.',
    },
    ja: {
      title: 'ポート {port} は別のプログラムが使用中です',
      cure: 'そのプログラムを止めるか、--port で別の番号を指定してください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
