import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { readHeldStatus } from '../services/held-status.ts';
import { readHostNote } from './host-note.ts';

/**
 * A start link of the browser host that has this data folder open already; undefined where none has. Whoever can read the folder's
 * note may have one: they could read everything else there, too.
 */
export async function linkOfRunningHost(dataFolder: string): Promise<string | undefined> {
  const note = await readHostNote(dataFolder);
  // A secret that a killed host left behind is shown to nobody who took its port since.
  if (note?.secret === undefined || !(await readHeldStatus(dataFolder))) return undefined;
  const origin = `http://127.0.0.1:${note.port}`;
  const token = await ask(`${origin}/api/link`, origin, JSON.stringify({ secret: note.secret }));
  return token === undefined ? undefined : `${origin}/#${token}`;
}

/** The token that a host answers with; undefined where it gives none. */
function ask(address: string, origin: string, body: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json', Origin: origin };
    const asked = request(address, { method: 'POST', headers, timeout: 5000 }, (response) => {
      text(response)
        .then((answer) => resolve(response.statusCode === 200 ? tokenIn(answer) : undefined))
        .catch(() => resolve(undefined));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end(body);
  });
}

function tokenIn(answer: string): string | undefined {
  const token: unknown = (JSON.parse(answer) as { value?: unknown }).value;
  return typeof token === 'string' ? token : undefined;
}
