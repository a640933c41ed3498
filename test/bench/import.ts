import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Figure, ImportBench } from './import/figure.ts';
import { benchMemory } from './import/memory.ts';
import { benchPictures } from './import/pictures.ts';
import { benchTable } from './import/table.ts';

/**
 * What an import costs, beside what Python's libraries take for the same in the same run, where a python3 has them.
 *
 *     npm run bench:import -- [--quick] [--only table|pictures|memory] [--json FILE]
 *
 * The python3 is the one of the environment variable PYTHON, or the first of the path.
 */
const benches: readonly ImportBench[] = [
  { name: 'table', run: benchTable },
  { name: 'pictures', run: benchPictures },
  { name: 'memory', run: benchMemory },
];

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});

const figures: Figure[] = [];
for (const { name, run } of benches) {
  if (options.only !== undefined && options.only !== name) continue;
  console.log(`${name}:`);
  for (const figure of await run(options.quick)) {
    figures.push(figure);
    console.log(`  ${figure.what.padEnd(72)} ${figure.value} ${figure.unit}`);
  }
}
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
