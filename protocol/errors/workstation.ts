import type { ErrorEntry } from './entry.ts';

/** Errors of a workstation: of its store, its training process, its connection to the aggregator and its window. */
export const workstationErrors = {
  'data-folder-in-use': {
    status: 409,
    en: {
      title: 'Another FedRecon is using the data folder {folder}{holder}',
      cure: 'Close its window, or stop its command with Ctrl-C; or use another data folder (--data).',
    },
    ja: {
      title: 'データフォルダー {folder} は別の FedRecon が使用中です{holder}',
      cure: 'そのウィンドウを閉じるかコマンドを Ctrl-C で止めるか、別のデータフォルダー（--data）を使ってください。',
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
      cure: 'Do not delete anything. Restore the data folder from a backup, or ask headquarters for help.',
    },
    ja: {
      title: '保存されたデータが壊れています：{problem}',
      cure: '何も削除しないでください。データフォルダーをバックアップから戻すか、本部に相談してください。',
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
  'store-other': {
    status: 409,
    en: {
      title: 'The data folder was made by another version of the app, whose data this one cannot read',
      cure: 'Nothing in it was changed. Open it with the version that made it; or give this one a new data folder (--data DIR), join and import again.',
    },
    ja: {
      title: 'データフォルダーはアプリの別の版で作られたもので、この版では読み取れません',
      cure: '中のデータには触れていません。作成した版で開くか、新しいデータフォルダー（--data フォルダー）で参加と取り込みをやり直してください。',
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
      cure: '完了した作業は失われていません。概要ページで別の計算装置を選び、もう一度参加してください。',
    },
  },
  'log-broken': {
    status: 409,
    en: {
      title: 'The log is not as it was written from line {line} on: {problem}',
      cure: 'Everything above that line is as it was written. Ask the plant for the log again and compare the two.',
    },
    ja: {
      title: '記録は {line} 行目から書かれたときのままではありません：{problem}',
      cure: 'その行より上は書かれたままです。工場に記録をもう一度求め、二つを比べてください。',
    },
  },
  'person-unknown': {
    status: 403,
    en: {
      title: 'Nobody has said who is working here',
      cure: 'Give your name and role [[person]], then do it again.',
    },
    ja: {
      title: '作業者が登録されていません',
      cure: '[[person]]名前と役割を入れてから、もう一度行ってください。',
    },
  },
  'pin-missing': {
    status: 403,
    en: {
      title: 'The plan asks for a PIN here',
      cure: '[[confirmed]], then do it again. Whoever has none sets one there.',
    },
    ja: {
      title: '計画書により、この操作には暗証番号が必要です',
      cure: '[[confirmed]]てから、もう一度行ってください。暗証番号がまだなければ、そこで決められます。',
    },
  },
  'pin-needed': {
    status: 403,
    en: { title: '{name} has a PIN', cure: '[[confirmed]].' },
    ja: { title: '{name} さんには暗証番号が設定されています', cure: '[[confirmed]]てください。' },
  },
  'pin-wrong': {
    status: 403,
    en: {
      title: 'This is not the PIN',
      cure: 'Try again. An administrator who gave a PIN can set a new one in the settings.',
    },
    ja: {
      title: '暗証番号が違います',
      cure: 'もう一度入力してください。忘れたときは、暗証番号で確認済みの管理者が設定ページで新しく決められます。',
    },
  },
  'pin-waits': {
    status: 429,
    en: {
      title: 'Too many wrong PINs',
      cure: 'Wait {seconds} s, then try again. Starting the program anew does not shorten the wait.',
    },
    ja: {
      title: '暗証番号を続けて間違えました',
      cure: '{seconds} 秒待ってから入力してください。プログラムを起動し直しても、待ち時間は短くなりません。',
    },
  },
  'pin-other-role': {
    status: 403,
    en: {
      title: 'The PIN of {name} is for another role',
      cure: 'Choose the role that they had when they set it. To change it, an administrator who gave a PIN sets a new one in the settings.',
    },
    ja: {
      title: '{name} さんの暗証番号は別の役割のものです',
      cure: '暗証番号を決めたときの役割を選んでください。役割を変えるには、暗証番号で確認済みの管理者が設定ページで新しい暗証番号を決めます。',
    },
  },
  'pin-not-yours': {
    status: 403,
    en: {
      title: 'The PIN of {name} is theirs',
      cure: 'They change it themselves, or an administrator who gave a PIN does.',
    },
    ja: {
      title: '{name} さんの暗証番号は変えられません',
      cure: '本人か、暗証番号で確認済みの管理者が変えてください。',
    },
  },
  'policy-view': {
    status: 403,
    en: {
      title: 'The plan does not let your role see reconstructions',
      cure: 'The plan on the Overview says who may. Ask one of them, or headquarters.',
    },
    ja: {
      title: '計画書により、あなたの役割では復元を見られません',
      cure: '見てよい人は概要ページの計画書にあります。その人か本部に相談してください。',
    },
  },
  'policy-export': {
    status: 403,
    en: {
      title: 'The plan does not let your role export reconstructions',
      cure: 'The plan on the Overview says who may. The attempt is in the log.',
    },
    ja: {
      title: '計画書により、あなたの役割では復元を書き出せません',
      cure: '書き出してよい人は概要ページの計画書にあります。この操作は記録されました。',
    },
  },
  'policy-limits': {
    status: 403,
    en: {
      title: 'The plan does not let your role set tolerance and thresholds',
      cure: 'They say which reconstructions may be used: whoever may sign model versions off sets them. The plan on the Overview says who that is.',
    },
    ja: {
      title: '計画書により、あなたの役割では許容値としきい値を設定できません',
      cure: 'どの復元を使用可とするかを決める値です。モデルの版を承認できる人が設定します。その役割は概要ページの計画書にあります。',
    },
  },
  'export-empty': {
    status: 409,
    en: {
      title: 'There is nothing to export of {modality}',
      cure: 'Decide on some reconstructions of the newest model first, or choose parts.',
    },
    ja: {
      title: '{modality}の復元で、書き出せるものがありません',
      cure: '最新のモデルによる復元をいくつか判定するか、部品を選んでください。',
    },
  },
  'reconstructions-none': {
    status: 409,
    en: {
      title: 'Nothing is reconstructed here yet',
      cure: 'The command status says what is waited for: rounds, a version to sign off, or parts that lack a measurement.',
    },
    ja: {
      title: 'この端末にはまだ復元がありません',
      cure: '何を待っているか（ラウンド、版の承認、計測の欠けた部品）は、コマンド status で分かります。',
    },
  },
  'folder-of-data': {
    status: 400,
    en: {
      title: 'The folder {folder} lies in the data folder of this workstation, or holds it',
      cure: 'Choose a folder that is apart from {data}.',
    },
    ja: {
      title: 'フォルダー {folder} は、この端末のデータフォルダーの中にあるか、データフォルダーを含んでいます',
      cure: '{data} とは別の場所にあるフォルダーを選んでください。',
    },
  },
  'export-stopped': {
    status: 409,
    en: {
      title: 'The export was stopped',
      cure: 'Nothing of it was kept. Start it again when you like.',
    },
    ja: {
      title: '書き出しを止めました',
      cure: '途中のファイルは残っていません。いつでもやり直せます。',
    },
  },
  'change-stopped': {
    status: 409,
    en: {
      title: 'Taking out of the data was stopped',
      cure: 'The data are as they were. Do it again when you like.',
    },
    ja: {
      title: 'データの取り除きを止めました',
      cure: 'データは元のままです。いつでもやり直せます。',
    },
  },
  'export-unwritable': {
    status: 400,
    en: {
      title: 'Nothing can be written to {path}: {problem}',
      cure: 'Choose a folder that exists, with room in it, where you may write.',
    },
    ja: {
      title: '{path} に書き込めません：{problem}',
      cure: '空きがあり、書き込みできる既存のフォルダーを選んでください。',
    },
  },
  'no-workstation': {
    status: 404,
    en: {
      title: 'There is no workstation in {folder}',
      cure: 'Name the data folder that the app was started with: --data DIR.',
    },
    ja: {
      title: '{folder} に端末のデータがありません',
      cure: 'アプリが使っているデータフォルダーを --data で指定してください。',
    },
  },
  'job-busy': {
    status: 409,
    en: {
      title: 'The workstation is busy with another job ({kind})',
      cure: 'Wait until it is done, or stop it first.',
    },
    ja: {
      title: 'この端末は別の処理（{kind}）を実行中です',
      cure: '終わるまで待つか、先に停止してください。',
    },
  },
  'aggregator-unreachable': {
    status: 503,
    en: {
      title: 'The aggregator at {address} does not answer ({problem})',
      cure: 'Check the network cable, the proxy in the settings where there is one, and whether headquarters has started the aggregator. [[asked again]].',
    },
    ja: {
      title: '集約サーバー {address} が応答しません（{problem}）',
      cure: 'ネットワークの接続、設定のプロキシ（ある場合）、本部の集約サーバーが起動しているかを確かめてください。[[asked again]]。',
    },
  },
  'proxy-invalid': {
    status: 400,
    en: {
      title: 'This is no address of a proxy',
      cure: 'Write it as http://name:port, for example http://proxy.plant.example:3128. Ask whoever runs the network.',
    },
    ja: {
      title: 'プロキシのアドレスとして読めません',
      cure: 'http://名前:ポート の形で入力してください（例: http://proxy.plant.example:3128）。分からないときは、ネットワークの担当者に確かめてください。',
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
      cure: '先に進まないでください。本部にアドレスを確かめてください（正しい照合値：{expected}、サーバーの照合値：{actual}）。',
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
      cure: '何も送信していません。サーバー証明書が変わったか本部に確かめてください。',
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
      cure: 'アプリを更新し、集約サーバーの版を本部に確かめてください。',
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
      cure: 'First [[enrol]].',
    },
    ja: {
      title: 'この端末はまだ共同学習に参加していません',
      cure: 'まず[[enrol]]してください。',
    },
  },
  'already-enrolled': {
    status: 409,
    en: {
      title: 'This workstation already belongs to the federation at {aggregator}',
      cure: 'Use another data folder to join another federation.',
    },
    ja: {
      title: 'この端末はすでに {aggregator} の共同学習に参加しています',
      cure: '別の共同学習に参加するには、別のデータフォルダーを使ってください。',
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
  'command-stopped': {
    status: 409,
    en: {
      title: 'The command was stopped',
      cure: 'What was finished is kept; type it again to go on.',
    },
    ja: {
      title: 'コマンドを中止しました',
      cure: '済んだ分は残っています。続けるには、もう一度実行してください。',
    },
  },
  'plan-not-agreed': {
    status: 409,
    en: {
      title: 'Nothing was joined: the plan was not agreed to',
      cure: 'Read the plan above; type yes when you are asked, or add --yes to the command.',
    },
    ja: {
      title: '計画書への同意がないため、参加していません',
      cure: '上の計画書を読み、質問に「はい」と答えるか、コマンドに --yes を付けてください。',
    },
  },
  'deletion-not-confirmed': {
    status: 409,
    en: {
      title: 'Nothing was deleted: it was not agreed to',
      cure: 'Read above what would go; type yes when you are asked, or add --yes to the command.',
    },
    ja: {
      title: '確認がないため、何も削除していません',
      cure: '上に示した削除の対象を確かめ、質問に「はい」と答えるか、コマンドに --yes を付けてください。',
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
  'import-unknown': {
    status: 404,
    en: {
      title: 'There is no import {import} any more',
      cure: 'It was undone, or all that it brought was deleted. Open the page anew (on the command line: undo --list).',
    },
    ja: {
      title: '取り込み {import} はもうありません',
      cure: '取り消されたか、取り込んだ計測がすべて削除されています。ページを開き直してください（コマンドでは undo --list）。',
    },
  },
  'part-gone': {
    status: 404,
    en: {
      title: 'There is no part {part} any more',
      cure: 'It was deleted, or its import was undone. Search for it again.',
    },
    ja: {
      title: '部品 {part} はもうありません',
      cure: '削除されたか、その取り込みが取り消されています。もう一度探してください。',
    },
  },
  'model-not-ready': {
    status: 409,
    en: {
      title: 'No model can reconstruct anything for this plant yet',
      cure: 'Take part in the rounds until it has been learned how the measurements relate.',
    },
    ja: {
      title: 'この工場で復元に使えるモデルがまだありません',
      cure: '計測どうしの関係の学習が済むまでラウンドに参加してください。',
    },
  },
  'part-unknown': {
    status: 404,
    en: {
      title: 'There is no reconstruction of "{modality}" for part {part}',
      cure: 'It may have been replaced by a new import. Go back to the queue.',
    },
    ja: {
      title: '部品 {part} の「{modality}」の復元はありません',
      cure: '新しい取り込みで置き換わった可能性があります。一覧に戻ってください。',
    },
  },
  'reconstruction-changed': {
    status: 409,
    en: {
      title: 'Part {part} was reconstructed anew while you looked at it; nothing was decided',
      cure: 'Look at the new reconstruction, then decide.',
    },
    ja: {
      title: '見ている間に部品 {part} が復元し直されたため、判定していません',
      cure: '新しい復元を見てから判定してください。',
    },
  },
  'report-too-long': {
    status: 400,
    en: {
      title: 'A report to print holds up to {most} parts, and these are {parts}',
      cure: 'Export without the report, or fewer parts.',
    },
    ja: {
      title: '印刷用の報告書は部品 {most} 件までですが、{parts} 件あります',
      cure: '報告書なしで書き出すか、部品を減らしてください。',
    },
  },
  'queue-changed': {
    status: 409,
    en: {
      title: 'What is to be decided has changed since the number was shown; nothing was decided',
      cure: 'Look at the new number, then confirm again.',
    },
    ja: {
      title: '件数を表示したあとに判定の対象が変わったため、判定していません',
      cure: '新しい件数を確かめてから、もう一度実行してください。',
    },
  },
  'views-full': {
    status: 409,
    en: {
      title: '{most} views are kept already',
      cure: 'Delete one that nobody needs, then keep this one.',
    },
    ja: {
      title: '保存した表示条件がすでに {most} 件あります',
      cure: '使わないものを削除してから保存してください。',
    },
  },
  'session-missing': {
    status: 401,
    en: {
      title: 'This page is not connected to the workstation',
      cure: 'A link opens the window once and for five minutes. Run npm start again, or press Enter where the program runs, for a new one.',
    },
    ja: {
      title: 'この画面は端末につながっていません',
      cure: 'リンクで開けるのは 1 回だけで、5 分以内です。もう一度 npm start を実行するか、プログラムが動いているところで Enter キーを押すと、新しいリンクが出ます。',
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
} as const satisfies Record<string, ErrorEntry>;
