import type { LogEntryView, LogState } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { i18n } from '../i18n/index.svelte.ts';
import { notices } from './notices.svelte.ts';

const entriesAtOnce = 50;

/** State of the log page: the entries on show, the search, and whether the chain is whole. */
class Log {
  entries = $state.raw<readonly LogEntryView[]>([]);
  /** Number of entries that fit the search, those not yet fetched included. */
  total = $state(0);
  text = $state('');
  /** State of the chain; undefined while it is being checked. */
  chain = $state.raw<LogState | undefined>();
  /** Number of questions asked: an answer that comes after a later one is not shown. */
  #asked = 0;

  /** Reads the newest entries that fit the search. */
  async search(): Promise<void> {
    const asked = ++this.#asked;
    const page = await this.#page();
    if (!page || asked !== this.#asked) return;
    this.entries = page.entries;
    this.total = page.total;
  }

  /** Reads the entries before those on show. */
  async more(): Promise<void> {
    const asked = ++this.#asked;
    const page = await this.#page(this.entries.at(-1)?.sequence);
    if (page && asked === this.#asked) this.entries = [...this.entries, ...page.entries];
  }

  /** Lets the workstation walk the whole chain. */
  async verify(): Promise<void> {
    this.chain = undefined;
    this.chain = await notices.during(() => call('log.verify', {}));
  }

  #page(before?: number) {
    const text = this.text.trim();
    return notices.during(() =>
      call('log.list', {
        limit: entriesAtOnce,
        text,
        actions: actionsThatSay(text),
        ...(before !== undefined && { before }),
      }),
    );
  }
}

/** Actions whose words, in the person's language, contain the searched text. */
function actionsThatSay(text: string): string[] {
  if (text === '') return [];
  const wanted = text.toLocaleLowerCase();
  return Object.entries(i18n.t.log.actions)
    .filter(([, words]) => words.toLocaleLowerCase().includes(wanted))
    .map(([action]) => action);
}

export const log = new Log();
