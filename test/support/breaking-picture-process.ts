import { existsSync, writeFileSync } from 'node:fs';
import '../../training/cells/images/reader/picture-process.ts';

/**
 * The picture process as it is, but for files whose names say what they do to it: `crash`, `hang`, `swell`, `lie`, and
 * `once` crashes it one time. One that hangs leaves a file beside the picture that says so.
 */
const deeds: Readonly<Record<string, (path: string, id: number) => void>> = {
  crash: () => process.kill(process.pid, 'SIGKILL'),
  hang: (path) => {
    writeFileSync(`${path}.hangs`, '');
    sleep();
  },
  swell: () => {
    process.memoryUsage.rss = () => 1e12;
    // Until the process has to look.
    sleep(60);
  },
  lie: (_path, id) => process.send!({ id, answer: { width: -1, isColoured: 'no' } }),
  once: (path) => {
    if (existsSync(`${path}.was`)) return;
    writeFileSync(`${path}.was`, '');
    process.kill(process.pid, 'SIGKILL');
  },
};

function sleep(milliseconds?: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

type Asked = { id: number; asked: { path: string } };
(process as NodeJS.EventEmitter).prependListener('message', ({ id, asked: { path } }: Asked) => {
  for (const [name, deed] of Object.entries(deeds)) if (path.includes(name)) deed(path, id);
});
