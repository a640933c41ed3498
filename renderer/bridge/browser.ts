import type { Bridge, CallAnswer, WorkstationEvent } from '../../main/api/contract.ts';
import { post } from './post.ts';
import { openSession, tokenIn } from './start-link.ts';

/** What the page hears of its line to the loopback server. */
export interface LineWords {
  /** Called while the line for events is broken, at every attempt to mend it. */
  lost(): void;
  /** Called when the server does not know this page. @param used it came with a start link that is used up */
  unknown(used: boolean): void;
}

/**
 * Bridge over the loopback server. The address bar's fragment carries the token of a start link when the page is first
 * opened: it is exchanged for a cookie and taken out of the address before anything else.
 */
export async function browserBridge(words: LineWords): Promise<Bridge> {
  const known = (answer: CallAnswer, used: boolean) => {
    if (!answer.ok && answer.error.code === 'session-missing') words.unknown(used);
    return answer;
  };
  const enter = async (token: string) => {
    history.replaceState(null, '', '/');
    return known(await openSession(token), true);
  };
  const token = tokenIn(location.hash);
  // A used link in a tab that has been let in already does no harm.
  const entered = token === undefined ? undefined : await enter(token);
  // A link that is pasted over the address of this page loads nothing anew.
  addEventListener('hashchange', async () => {
    const pasted = tokenIn(location.hash);
    if (pasted !== undefined && (await enter(pasted)).ok) location.reload();
  });
  return {
    call: async (name, input) => known(await post('/api/call', { name, input }), entered?.ok === false),
    subscribe(listener) {
      const source = new EventSource('/api/events');
      source.onmessage = (message: MessageEvent<string>) =>
        listener(JSON.parse(message.data) as WorkstationEvent);
      source.onerror = () => words.lost();
      return () => source.close();
    },
    notify(title, body) {
      if (Notification.permission === 'granted') new Notification(title, { body });
    },
    mayNotify: async () => (await Notification.requestPermission()) === 'granted',
  };
}
