import type { FoundWhere } from '../../../main/api/views.ts';

/** Strings of what leads through the queue to review, in English; `ja.ts` must hold the same keys. */
export const queueTexts = {
  find: {
    open: 'Go to a part',
    label: 'Name of the part',
    hint: 'A few letters of it are enough. ↑ ↓ choose, Enter goes there.',
    found: 'Parts found',
    where: {
      here: 'In the queue',
      decided: 'Decided already. It is shown with the decided ones.',
      elsewhere: 'Another measurement was reconstructed of it. That one is shown.',
      measured: 'Not in this queue: the real measurement of this part is here.',
      'not-reconstructed': 'Not in this queue: nothing was reconstructed of this part yet.',
    } satisfies Record<FoundWhere, string>,
    unknown: (text: string) => `No part here is called “${text}”. Look at the spelling, or import its data.`,
    copyLink: 'Copy link',
    copied: (part: string) => `Link to part ${part} copied.`,
    notCopied: 'Copying was refused. Copy this link by hand:',
  },
};
