import { createInterface } from 'node:readline';
import { withPictureFile } from '../../../training/cells/images/picture-file.ts';
import { usualLook } from '../../../training/cells/images/picture-look.ts';
import { readPicture } from '../../../training/cells/images/read-picture.ts';

/** Decodes and resizes what stdin names, a JSON list [file, side] a line, and answers the CPU seconds of each, of all threads. */
console.log(JSON.stringify('FedRecon'));
for await (const line of createInterface({ input: process.stdin })) {
  const [file, side] = JSON.parse(line) as [string, number];
  const began = process.cpuUsage();
  await withPictureFile(file, (picture) =>
    readPicture(picture, usualLook, { width: side, height: side, channels: 3 }),
  );
  const { user, system } = process.cpuUsage(began);
  console.log(JSON.stringify((user + system) / 1e6));
}
