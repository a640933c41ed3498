import { join } from 'node:path';
import { writePrivately } from './host-note.ts';

/** File that is opened in place of a start link: whoever lists the programs of this machine reads its path, and no secret. */
export const startPageIn = (dataFolder: string) => join(dataFolder, 'open-fedrecon.html');

/**
 * Writes a page that leads on to a start link, readable by the owner of the data folder only.
 * @returns its path
 * @throws the file system's error
 */
export async function writeStartPage(dataFolder: string, link: string): Promise<string> {
  const path = startPageIn(dataFolder);
  await writePrivately(
    path,
    `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${link}">
<title>FedRecon Workstation</title>
<a href="${link}">FedRecon Workstation</a>
`,
  );
  return path;
}
