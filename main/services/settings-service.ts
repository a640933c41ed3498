import { createPublicKey, X509Certificate } from 'node:crypto';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { keyIdOf } from '../../protocol/signatures.ts';
import type { Api } from '../api/contract.ts';
import type { PlaceView, Settings } from '../api/views.ts';
import type { Store } from '../store/store.ts';
import { readProxy, shownProxy } from '../sync/proxy.ts';
import type { Connection } from './aggregator-connection.ts';
import { type Context, proxyInUse, settingNames } from './context.ts';

const firstSettings: Settings = {
  ...{ language: 'system', theme: 'system', textSize: 'normal', keys: {}, notifies: false, toured: false },
};

/** The window's settings; what was never chosen is as it is at the first start. */
export function windowSettings(store: Pick<Store, 'settings'>): Settings {
  return { ...firstSettings, ...store.settings.get<Partial<Settings>>(settingNames.window) };
}

/** Settings of a workstation: how its window looks, where it lives, how it reaches headquarters. */
export function settingsService(
  { store, changed }: Pick<Context, 'store' | 'changed'>,
  connection: Pick<Connection, 'reconnect'>,
): Pick<Api, 'settings.change' | 'settings.place' | 'settings.proxy'> {
  const place: Api['settings.place'] = async () => {
    const { bavail, bsize } = await statfs(store.folder);
    const enrolment = store.enrolment.get();
    const proxy = proxyInUse(store);
    return {
      folder: store.folder,
      bytes: await bytesIn(store.folder),
      freeBytes: bavail * bsize,
      keyId: keyIdOf(createPublicKey(store.key)),
      authority: enrolment ? authorityOf(enrolment.ca) : null,
      proxy: proxy === undefined ? null : shownProxy(proxy),
    };
  };
  return {
    'settings.change': async (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const settings: Settings = { ...windowSettings(store), ...Object.fromEntries(given) };
      store.settings.set(settingNames.window, settings);
      changed();
      return settings;
    },
    'settings.place': place,
    'settings.proxy': async ({ proxy }) => {
      store.settings.set(settingNames.proxy, proxy === null ? null : readProxy(proxy));
      connection.reconnect();
      changed();
      return place({});
    },
  };
}

/** The authority that a certificate is of, as it was kept; a kept one that somebody changed may be none. */
function authorityOf(ca: string): PlaceView['authority'] {
  try {
    const { fingerprint256, validToDate } = new X509Certificate(ca);
    return {
      fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
      expires: validToDate.toISOString(),
    };
  } catch {
    return 'unreadable';
  }
}

/** Bytes of all files in a folder, however deep; what goes away meanwhile counts nothing. */
async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path);
    else if (entry.isFile()) bytes += (await stat(path).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
