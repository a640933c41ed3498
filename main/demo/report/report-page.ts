import { writeFile } from 'node:fs/promises';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { counted, formatsOf } from '../../api/format.ts';
import type { DemoFigures, PlantFigures } from '../figures.ts';
import type { ComparedPart } from '../plant-result.ts';
import { chooseParts } from './choose.ts';
import { partsGrid } from './grid.ts';
import { escapeHtml } from './html.ts';
import { style } from './style.ts';
import { exchangeTable, qualityTable } from './tables.ts';

const { bytes, number } = formatsOf('en');

/** Contents of the report. */
interface ReportData {
  readonly plan: Plan;
  readonly figures: DemoFigures;
  /** Reconstructed parts by plant and modality, joined with their truth. */
  readonly judged: Readonly<Record<string, Readonly<Record<string, readonly ComparedPart[]>>>>;
  /** Time at which the demonstration ran, RFC 3339. */
  readonly createdAt: string;
}

/**
 * Writes the report of a demonstration: one HTML page that needs nothing else, with each plant's figures and a grid
 * of measured, reconstructed, true and uncertain values that a person can judge at a glance.
 */
export async function writeReport(path: string, data: ReportData): Promise<void> {
  await writeFile(path, reportPage(data));
}

/** The page as text. */
export function reportPage(data: ReportData): string {
  const { figures, plan } = data;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(plan.name)} – demonstration report</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="product">FedRecon Workstation · demonstration report</p>
<h1>The measurement a plant never took</h1>
<p class="lead">${counted(number(figures.plants.length), 'plant')} trained together for ${counted(number(figures.rounds), 'round')} without any raw data
leaving a plant. Below is what each plant now sees of the measurement it lacks, beside the truth that was kept aside.</p>
<dl class="facts">
${fact('Duration', `${number(figures.seconds)} s`)}
${fact('Rounds', String(figures.rounds))}
${fact('Computed on', `${figures.device}`, figures.engine)}
${fact('Peak memory', `${number(figures.peakMemoryMB)} MB`, 'all processes')}
${fact('Exchanged', bytes(totalExchanged(figures)), `full exchange: ${bytes(totalFull(figures))}`)}
</dl>
</header>
<main>
${figures.plants.map((plant) => plantSection(data, plant)).join('\n')}
</main>
<footer>${escapeHtml(plan.name)} · ${escapeHtml(data.createdAt)} · Photographs: Fashion-MNIST, © 2017 Zalando SE, MIT licence.
Labels judge these results; they trained nothing.</footer>
</body>
</html>
`;
}

function plantSection({ plan, judged }: ReportData, plant: PlantFigures): string {
  const label = (name: string) => escapeHtml(modalityOf(plan, name).label.en);
  const lacking = Object.entries(plant.reconstructed);
  const chips = plant.has.map((name) => `<span class="chip">${label(name)}</span>`).join(' ');
  const tables = lacking.map(([name, figures]) => qualityTable(modalityOf(plan, name), figures));
  const articles = lacking.map(([name, { parts: count }]) => {
    const parts = judged[plant.name]?.[name] ?? [];
    const extent = plant.has.includes(name)
      ? `${escapeHtml(plant.name)} lacks it for ${counted(number(count), 'part')}.`
      : `${escapeHtml(plant.name)} never took this measurement: ${counted(number(count), 'part')}.`;
    return `<article>
<h3>${label(name)} <span class="badge">reconstructed</span></h3>
<p>${extent}</p>
${partsGrid(plan, modalityOf(plan, name), chooseParts(parts), parts.length)}
</article>`;
  });
  return `<section>
<div class="plant"><h2>${escapeHtml(plant.name)}</h2><p>measures ${chips}</p></div>
<div class="numbers">
${[...tables, exchangeTable(plant)].join('\n')}
</div>
${articles.join('\n') || '<p>Nothing was missing here.</p>'}
</section>`;
}

function fact(name: string, value: string, note = ''): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}${note && `<small>${escapeHtml(note)}</small>`}</dd></div>`;
}

function totalExchanged({ plants }: DemoFigures): number {
  return plants.reduce((sum, { bytesDown, bytesUp }) => sum + bytesDown + bytesUp, 0);
}

function totalFull({ plants }: DemoFigures): number {
  return plants.reduce((sum, { bytesFullModel }) => sum + bytesFullModel, 0);
}
