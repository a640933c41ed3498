import type { Settings } from '../../../main/api/views.ts';

/** Strings of the settings in English; `ja.ts` must hold the same keys. */
export const settingsTexts = {
  settings: {
    title: 'Settings',
    more: 'Settings and help',
    pages: 'Settings and help',
    look: 'How the window looks',
    language: 'Language',
    languages: { system: 'As on this machine', en: 'English', ja: 'Japanese' },
    theme: 'Light and dark',
    textSize: 'Size of the text',
    textSizes: { normal: 'Normal', large: 'Large', largest: 'Largest' } satisfies Record<
      Settings['textSize'],
      string
    >,
    news: {
      title: 'News and start',
      notifies:
        'Tell me when a round is done, reconstructions wait for review, or a model version waits for a signature',
      how: 'A notification of the system, while this window is not looked at. Names of parts are never in it.',
      refused:
        'The browser does not let this page show notifications. Allow them for this address in the browser, then choose this again.',
      start: 'Start FedRecon when somebody logs in',
      startHow: 'It goes on with its rounds without being opened by hand.',
      notHere:
        'Only the installed app on Windows and macOS can start by itself. Here the program is started by hand, or by the system’s own service.',
      roundDone: (rounds: number) => `Round done: ${rounds} contributed so far`,
      toReview: (parts: number) =>
        parts === 1 ? '1 part waits for review' : `${parts} parts wait for review`,
      toSign: (version: number) => `Model version ${version} waits for a signature`,
    },
    place: {
      title: 'Data folder and key',
      folder: 'Data folder',
      bytes: 'Size',
      free: 'Free beside it',
      move: 'To use another folder, close the program and start it with --data FOLDER. Copy the whole folder to move a workstation: it is one only with its key.',
      key: 'Key of this workstation',
      keyHow: 'Headquarters knows this workstation by it. The key itself never leaves the folder.',
      measuring: 'Measuring …',
    },
    way: {
      title: 'Way to headquarters',
      aggregator: 'Aggregator',
      authority: 'Trusted authority',
      unreadable:
        'Its certificate in the data folder cannot be read. Ask headquarters for a new invitation and join again.',
      until: (time: string) => `until ${time}`,
      authorityHow:
        'Of this federation, from the invitation; no other is trusted, whatever this machine trusts. An authority of the plant that opens connections to look into them is refused.',
      none: 'No federation joined yet.',
      proxy: 'Proxy',
      proxyHow:
        'For networks that reach the outside only so: http://name:port, with name:password@ before it where it asks for one. It carries the connection and cannot look into it.',
      noProxy: 'None: the connection is made directly.',
      use: 'Use this proxy',
      remove: 'Use none',
      kept: 'Changed. What is asked next takes this way.',
    },
  },
};
