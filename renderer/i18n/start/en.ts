/** Strings of the page that asks for a start link in English; `ja.ts` must hold the same keys. */
export const startTexts = {
  start: {
    title: 'Open with a new link',
    why: 'This address is right, but this browser has not been let in since the program was started. Measurements stay hidden until it is.',
    refused: 'This link is used up: each opens the window once, and for five minutes only.',
    again:
      'Run npm start again, where the program was started. It opens the window by itself, or shows a link.',
    enter: 'Where the program runs in a terminal, pressing Enter there shows a new link, too.',
    paste: 'Paste the link here',
    open: 'Open the window',
    noLink: 'This is no start link. It begins with http://127.0.0.1: and ends in # and 43 letters.',
    silent: 'The program does not answer. Run npm start again.',
  },
};
