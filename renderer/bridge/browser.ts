import type { Bridge, CallAnswer, WorkstationEvent } from '../../main/api/contract.ts';
import { en } from '../i18n/en.ts';
import { ja } from '../i18n/ja.ts';

/** Answer to calls when the program behind the page is gone. */
const hostGone: CallAnswer = {
  ok: false,
  error: { code: 'host-gone', detail: {}, en: en.hostGone, ja: ja.hostGone },
};

/**
 * Bridge over the loopback server. The address bar's fragment carries the session's secret when the page is first
 * opened: it is exchanged for a cookie and taken out of the address before anything else.
 * @param lost called while the line for events is broken, at every attempt to mend it
 */
export async function browserBridge(lost: () => void): Promise<Bridge> {
  const token = /^#([\w-]{43})$/.exec(location.hash)?.[1];
  if (token) {
    history.replaceState(null, '', '/');
    await post('/api/session', { token });
  }
  return {
    call: (name, input) => post('/api/call', { name, input }),
    subscribe(listener) {
      const source = new EventSource('/api/events');
      source.onmessage = (message: MessageEvent<string>) =>
        listener(JSON.parse(message.data) as WorkstationEvent);
      source.onerror = lost;
      return () => source.close();
    },
    notify(title, body) {
      if (Notification.permission === 'granted') new Notification(title, { body });
    },
    mayNotify: async () => (await Notification.requestPermission()) === 'granted',
  };
}

async function post(path: string, body: unknown): Promise<CallAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status === 204 ? { ok: true, value: undefined } : ((await response.json()) as CallAnswer);
  } catch {
    return hostGone;
  }
}
