import { libvips } from '../libvips.ts';
import { tell } from './picture-answer.ts';
import { mostMemory } from './picture-bounds.ts';
import type { AnsweredPicture, AskedPicture } from './picture-questions.ts';
import { pictureWork } from './picture-work.ts';

/**
 * Picture process: opens and decodes picture files, and nothing else, so that a file that breaks or fills a decoder breaks
 * this process alone. Forked by Node or started as Electron's utility process; whoever started it ends it when a picture
 * takes too long.
 */

/** Electron's `process.parentPort` in a utility process; absent elsewhere. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const looksEvery = 25;
/** Milliseconds in which a message that memory is full has left. */
const lastWords = 100;

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };

const send = (message: AnsweredPicture | 'ready' | 'full'): void => {
  if (parentPort) parentPort.postMessage(message);
  // What asked is just ending where nobody is connected.
  else if (process.connected) process.send!(message, undefined, undefined, () => {});
};

const answer = async (message: unknown): Promise<void> => {
  const { id, question, asked } = message as AskedPicture;
  const work = pictureWork[question] as (asked: unknown) => Promise<unknown>;
  send(await tell(id, work(asked)));
};

// Decoders work on threads of their own: this one is free to look.
const watch = setInterval(() => {
  if (process.memoryUsage.rss() < mostMemory) return;
  clearInterval(watch);
  send('full');
  // Not by `exit`, which would wait for a decoder that goes on.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastWords);
}, looksEvery);

if (!parentPort) process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Where it cannot be loaded, each picture says so.
await libvips().catch(() => {});
send('ready');
if (parentPort) parentPort.on('message', ({ data }) => answer(data));
else process.on('message', answer);
