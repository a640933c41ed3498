import type { CallAnswer } from '../../main/api/contract.ts';
import { en } from '../i18n/en.ts';
import { ja } from '../i18n/ja.ts';

/** Answer to calls when the program behind the page is gone. */
const hostGone: CallAnswer = {
  ok: false,
  error: { code: 'host-gone', detail: {}, en: en.hostGone, ja: ja.hostGone },
};

/** Posts something to the loopback server; an answer always comes. */
export async function post(path: string, body: unknown): Promise<CallAnswer> {
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
