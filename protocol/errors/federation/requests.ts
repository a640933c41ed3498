import type { ErrorEntry } from '../entry.ts';

/** Errors of signed requests: an unknown sender, or content that is not as it was sent. */
export const requestErrors = {
  'signature-missing': {
    status: 401,
    en: {
      title: 'The request is not signed',
      cure: 'Join the federation with an invitation first; if this workstation has joined, update the app.',
    },
    ja: {
      title: '要求に署名がありません',
      cure: '招待状で共同学習に参加してください。この端末が参加済みのときはアプリを更新してください。',
    },
  },
  'signature-invalid': {
    status: 401,
    en: {
      title: 'The signature of the request is wrong: {problem}',
      cure: 'Nothing of it was used. If this stays, the network changes what passes through it; tell your network administrator.',
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
      cure: '本部に新しい招待状を依頼して、もう一度参加してください。データとモデルは残ります。',
    },
  },
  'plant-revoked': {
    status: 403,
    en: {
      title: 'Headquarters has withdrawn this workstation from the federation',
      cure: 'Ask headquarters; a new invitation lets it join again. Your data and models stay.',
    },
    ja: {
      title: '本部が、この端末の共同学習への参加を取り消しました',
      cure: '本部に問い合わせてください。新しい招待状で再び参加できます。データとモデルは残ります。',
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
      cure: 'Nothing of it was used. Try again; if this stays, the network changes what passes through it.',
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
      title: 'この操作は本部だけが行えます',
      cure: '集約サーバーのある機械で aggregator コマンドを使ってください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
