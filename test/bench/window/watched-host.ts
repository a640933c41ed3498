import { runBrowserHost } from '../../../main/browser/browser-host.ts';
import { windowFolder } from '../../../main/launch/build.ts';

/** What a {@link watchedHost} tells: where it is, and, when asked, what it went through since it was asked last. */
export type HostWord =
  | { readonly address: string }
  | { readonly blockedMs: number; readonly rssBytes: number };

/**
 * The app's host, as `npm start -- --browser` runs it, in a process that watches its own event loop: the longest time for
 * which nothing could have its turn.
 */
const everyMilliseconds = 5;

let [blockedMs, rssBytes] = [0, 0];
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  blockedMs = Math.max(blockedMs, now - last - everyMilliseconds);
  last = now;
  rssBytes = Math.max(rssBytes, process.memoryUsage.rss());
}, everyMilliseconds);

const tell = (word: HostWord) => process.send!(word);
const host = await runBrowserHost({ dataFolder: process.argv[2]!, windowFolder, port: 0, demo: false });
process.on('message', () => {
  tell({ blockedMs, rssBytes });
  [blockedMs, rssBytes] = [0, 0];
});
process.on('disconnect', async () => {
  await host.close();
  process.exit(0);
});
tell({ address: host.link() });
