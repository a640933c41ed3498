import { writeFileSync } from 'node:fs';
import '../../training/cells/images/reader/picture-process.ts';
import { peakMemory } from './peak-memory.ts';

/** The picture process, which writes down its largest memory in megabytes while it works. */
const file = process.env.FEDRECON_PEAK_FILE!;
let written = 0;
setInterval(() => {
  const peak = peakMemory();
  if (peak > written) writeFileSync(file, String(peak));
  written = peak;
}, 20);
