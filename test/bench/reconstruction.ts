import { openKept } from './kept.ts';
import { untilStopped } from './pieces.ts';
import { command, help, readOptions } from './reconstruction/options.ts';
import { ablationLines, ablationText, type Variant } from './reconstruction/output/ablation.ts';
import { compared } from './reconstruction/output/compare.ts';
import { machineKind } from './reconstruction/output/machine.ts';
import { type Circumstances, markdownOf } from './reconstruction/output/markdown.ts';
import { aheadAndBehind, bestRivals, goalsOf } from './reconstruction/output/remarks.ts';
import { groupsOf } from './reconstruction/output/summary.ts';
import { textOf } from './reconstruction/output/text.ts';
import { reportOf } from './reconstruction/report/page.ts';
import type { Measured, Row } from './reconstruction/rows.ts';
import type { Cell } from './reconstruction/run/cell.ts';
import { type Cells, methodNames, openCells } from './reconstruction/run/cells.ts';
import type { Setting } from './reconstruction/setting.ts';
import { rivalCount, sweeps, tables, usualRivals, variantsFor } from './reconstruction/tables.ts';
import { readAllGarments } from './reconstruction/world.ts';
import { orHelp } from './words.ts';
import { write } from './write.ts';

/**
 * FedRecon beside what people would use instead, on real images: ten plants, three of them complete. `help` says how.
 * Exit code 0: done; 1: a cell failed; 2: wrongly typed; 130: stopped by Ctrl-C.
 */
const options = orHelp(readOptions, help);
const images = (await readAllGarments()).length;
const { workers, device } = options;
const kept = await openKept<Measured>(options.rows);
await untilStopped(async (signal) => {
  const cells = openCells(images, { kept, workers, device, signal });
  await (options.table === 'ablation' ? ablate(cells) : compare(cells));
});

/** The tables of methods: the main one, or the sweeps. */
async function compare(cells: Cells): Promise<void> {
  const { table, budget, seeds } = options;
  const places =
    table === 'sweeps'
      ? sweeps
      : options.missing.flatMap((missing) => options.alphas.map((alpha) => ({ alpha, missing })));
  const settings = places.flatMap((place) => seeds.map((seed): Setting => ({ ...place, seed, budget })));
  const names = options.methods ?? (table === 'sweeps' ? await sweptMethods(cells) : methodNames);
  const wanted = settings.flatMap((setting) =>
    names.map((method): Cell => ({ method, setting, patch: {}, pictured: setting.seed === seeds[0] })),
  );
  const failed = await cells.run(wanted);
  const measured = (await Promise.all(wanted.map(cells.find))).filter((found) => found !== undefined);
  const rows = measured.flatMap((found) => found.rows);
  const groups = groupsOf(compared(rows));
  console.log(`\n${textOf(groups)}\n\n${[...aheadAndBehind(groups), ...goalsOf(groups)].join('\n')}`);
  await write(options.json, `${JSON.stringify({ rows: compared(rows) }, undefined, 2)}\n`);
  await write(options.markdown, markdownOf(circumstances(), { groups, ablations: [] }));
  await write(options.report, reportOf(circumstances(), groups, measured));
  console.log(`\nA page to look at: ${options.report}`);
  if (failed > 0) process.exitCode = 1;
}

/** What the sweeps compare: FedRecon, its ceiling and floor, and the best rivals of the main table's rows. */
async function sweptMethods(cells: Cells): Promise<string[]> {
  const { main } = tables;
  const rows: Row[] = [];
  for (const alpha of main.alphas)
    for (const missing of main.missing)
      for (const seed of main.seeds)
        for (const method of methodNames) {
          const setting: Setting = { alpha, missing, seed, budget: options.budget };
          rows.push(...((await cells.find({ method, setting, patch: {} }))?.rows ?? []));
        }
  const found = bestRivals(groupsOf(compared(rows)), rivalCount);
  const rivals = found.length === rivalCount ? found : usualRivals;
  return methodNames.filter((name) => ['fedrecon', 'centralised', 'mean-image', ...rivals].includes(name));
}

/** The table of ablations. */
async function ablate(cells: Cells): Promise<void> {
  const { budget, seeds, alphas, missing } = options;
  const settings = alphas.flatMap((alpha) =>
    missing.flatMap((share) => seeds.map((seed): Setting => ({ alpha, missing: share, seed, budget }))),
  );
  const planned = await variantsFor(budget);
  const cellsOf = ({ method, patch }: (typeof planned)[number]) =>
    settings.map((setting): Cell => ({ method, setting, patch }));
  const failed = await cells.run(planned.flatMap(cellsOf));
  const variants: Variant[] = [];
  for (const variant of planned) {
    const found = await Promise.all(cellsOf(variant).map(cells.find));
    const rows = compared(found.flatMap((one) => one?.rows ?? []));
    if (rows.length > 0) variants.push({ ...variant, rows });
  }
  const ablations = ablationLines(variants);
  console.log(`\n${ablationText(ablations)}`);
  const rows = variants.flatMap(({ ingredient, title, isDefault, rows }) =>
    rows.map((row) => ({ ingredient, variant: title, isDefault, ...row })),
  );
  await write(options.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);
  await write(options.markdown, markdownOf(circumstances(), { groups: [], ablations }));
  if (failed > 0) process.exitCode = 1;
}

function circumstances(): Circumstances {
  const { table, budget, seeds } = options;
  return {
    title: tables[table].title,
    command: command(process.argv.slice(2)),
    machine: machineKind(device),
    workers,
    date: new Date().toISOString().slice(0, 10),
    images,
    budget,
    seeds,
  };
}
