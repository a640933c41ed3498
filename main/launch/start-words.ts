import type { Language } from '../../protocol/errors.ts';

/** What `npm start` says of the browser host, where the program was started. */
interface StartWords {
  /** @param minutes for which the link is good */
  readonly open: (origin: string, link: string, minutes: number) => string;
  readonly enter: string;
  /** The port is that of another program. */
  readonly taken: (wanted: number, port: number) => string;
  /** The program runs already, and has given a link. */
  readonly runsAlready: (link: string, minutes: number) => string;
}

export const startWords: Readonly<Record<Language, StartWords>> = {
  en: {
    open: (origin, link, minutes) =>
      `FedRecon is at ${origin} (Ctrl-C ends it). This link opens it, once and within ${minutes} minutes:\n  ${link}`,
    enter: 'Enter makes a new link.',
    taken: (wanted, port) =>
      `Port ${wanted} is taken by another program; this time the window is at port ${port}. A bookmark works again once ${wanted} is free.`,
    runsAlready: (link, minutes) =>
      `FedRecon runs already. This link opens it, once and within ${minutes} minutes:\n  ${link}`,
  },
  ja: {
    open: (origin, link, minutes) =>
      `FedRecon は ${origin} で動いています（Ctrl-C で終わります）。次のリンクで開きます。使えるのは 1 回だけで、${minutes} 分以内です。\n  ${link}`,
    enter: 'Enter キーを押すと、新しいリンクを出します。',
    taken: (wanted, port) =>
      `ポート ${wanted} はほかのプログラムが使っているため、今回はポート ${port} で開きます。${wanted} が空けば、ブックマークはまた使えます。`,
    runsAlready: (link, minutes) =>
      `FedRecon はすでに動いています。次のリンクで開きます。使えるのは 1 回だけで、${minutes} 分以内です。\n  ${link}`,
  },
};
