import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkPictureHost, type PictureHost } from '../../training/cells/images/reader/picture-host.ts';

const program = fileURLToPath(new URL('./measured-picture-process.ts', import.meta.url));

/** A host whose picture process says how many megabytes it took at most. */
export function measuredPictureHost(): { readonly host: PictureHost; peak(): number } {
  const file = join(mkdtempSync(join(tmpdir(), 'fedrecon-peak-')), 'peak');
  process.env.FEDRECON_PEAK_FILE = file;
  return { host: forkPictureHost(program), peak: () => Number(readFileSync(file, 'utf8')) };
}
