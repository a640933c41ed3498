import type { ErrorEntry } from '../entry.ts';

/** Errors of the invitations that plants join with. */
export const invitationErrors = {
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
      cure: 'この集約サーバーの新しい招待状を本部に依頼してください。',
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
      cure: '新しい招待状を本部に依頼してください。',
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
      cure: '招待状は一度しか使えません。新しい招待状を本部に依頼してください。',
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
      cure: 'その名前で参加するか、この工場の招待状を本部に依頼してください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
