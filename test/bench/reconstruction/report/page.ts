import { escapeHtml } from '../../../../main/demo/report/html.ts';
import { style } from '../../../../main/demo/report/style.ts';
import { type Column, columns } from '../output/columns.ts';
import { type Circumstances, factsOf, leadsSaid, meanings } from '../output/markdown.ts';
import { aheadAndBehind, goalsOf, leadsOf } from '../output/remarks.ts';
import type { Group } from '../output/summary.ts';
import { gridOf } from '../output/table.ts';
import type { Measured } from '../rows.ts';
import { curvesOf } from './curves.ts';
import { picturesOf } from './pictures.ts';
import { scatterOf } from './scatter.ts';

/** What the charts and strips add to the style of the demonstration's report. */
const own = `
section p { max-width: 110ch; }
section li { margin-bottom: 4px; }
code { font-size: 14px; overflow-wrap: anywhere; }
.figures { white-space: nowrap; font-size: 13px; }
.figures th, .figures td { padding: 4px 14px 4px 0; }
.figures td, .figures thead th + th { text-align: right; }
.figures tr.ours td { color: var(--ours); }
.figures b { font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; margin-top: 16px; }
figure { margin: 0; }
figure svg { width: 100%; height: auto; display: block; }
figure text { fill: var(--quiet); font-size: 12px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; }
figure text.ours-label { fill: var(--ours); font-weight: 700; }
figure circle { stroke: var(--card); stroke-width: 1; }
figcaption { color: var(--quiet); font-size: 13px; }
.rule { stroke: var(--line); }
.lead-line { stroke-width: 0.8; opacity: 0.7; fill: none; }
.strips { font-size: 13px; }
.strips th { padding-right: 12px; white-space: nowrap; }
.strips tbody th { position: sticky; left: 0; background: var(--card); }
.strips td { padding: 2px 8px 2px 0; }
.strips img { display: block; height: 42px; width: 336px; border-radius: 4px; background: var(--tile); image-rendering: pixelated; }
.strips .truth td { padding-bottom: 10px; }
.strips .truth img { outline: 2px solid var(--text); }
.strips .ours th { color: var(--ours); font-weight: 700; }
`;

/** The benchmark as one HTML page that needs nothing else: tables, curves, cost, and the same parts by every method. */
export function reportOf(
  circumstances: Circumstances,
  groups: readonly Group[],
  measured: readonly Measured[],
): string {
  const settings = [...Map.groupBy(groups, ({ alpha, missing }) => `${alpha} ${missing}`).values()];
  const goals = goalsOf(groups);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(circumstances.title)}</title>
<style>${style}${own}</style>
</head>
<body>
<header><p class="product">FedRecon Workstation · benchmark</p><h1>${escapeHtml(circumstances.title)}</h1>
${paragraphs(factsOf(circumstances, groups))}</header>
<section><h2>Where FedRecon is ahead, and where it is not</h2>${leadsTable(groups)}${list(aheadAndBehind(groups))}</section>
${goals.length === 0 ? '' : `<section><h2>Goals</h2>${list(goals)}</section>`}
${settings.map((group) => settingSection(group, measured)).join('\n')}
<section><h2>What the figures mean</h2>${list(meanings)}</section>
</body>
</html>
`;
}

function settingSection(groups: readonly Group[], measured: readonly Measured[]): string {
  const { alpha, missing } = groups[0]!;
  const here = measured.filter(({ rows }) =>
    rows.some((row) => row.alpha === alpha && row.missing === missing),
  );
  return `<section><h2>alpha ${alpha}, ${100 * missing} % of the plants without a camera</h2>
${groups
  .map(
    (group) => `<article><h3>Camera from ${group.source === 'both' ? 'gauge and note' : group.source}</h3>
${table(group, columns.quality, 'Quality; the best federated method underlined')}
${table(group, columns.stability, 'Stability')}
<div class="charts">${curvesOf(group)}${scatterOf(group)}</div></article>`,
  )
  .join('\n')}
<article><h3>Cost</h3>${table(groups.find(({ source }) => source === 'both') ?? groups[0]!, columns.cost, 'Of an image from gauge and note where it depends on the sources')}</article>
<article><h3>The same parts by every method</h3>${picturesOf(here)}</article></section>`;
}

function leadsTable(groups: readonly Group[]): string {
  const { head, body, places } = leadsOf(groups);
  const lines = body.map(
    (cells, line) =>
      `<tr><th scope="row">${escapeHtml(places[line]!)}</th>${cells
        .map(({ text, ahead }) => `<td>${ahead ? `<b>${escapeHtml(text)}</b>` : escapeHtml(text)}</td>`)
        .join('')}</tr>`,
  );
  return scrolling(
    `<caption>${escapeHtml(leadsSaid.replace('bold', 'underlined'))}</caption>
<thead><tr><th scope="col">setting</th>${head.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody>`,
    'Leads',
  );
}

function table({ entries }: Group, chosen: readonly Column[], caption: string): string {
  const { head, body } = gridOf(entries, chosen);
  const lines = body.map(
    ({ method, cells }) =>
      `<tr${method === 'fedrecon' ? ' class="ours"' : ''}><th scope="row">${escapeHtml(method)}</th>${cells
        .map(({ text, best }) => `<td>${best ? `<b>${text}</b>` : text}</td>`)
        .join('')}</tr>`,
  );
  return scrolling(
    `<caption>${caption}</caption>
<thead><tr><th scope="col">method</th>${head.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody>`,
    caption,
  );
}

/** A table of figures that scrolls by itself where the window is narrow. */
function scrolling(rows: string, name: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${name}, scrollable"><table class="figures">${rows}</table></div>`;
}

/** Sentences with the little Markdown they have: `code` and **stress**. */
function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>');
}

function list(sentences: readonly string[]): string {
  return `<ul>${sentences.map((sentence) => `<li>${inline(sentence)}</li>`).join('')}</ul>`;
}

function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => `<p class="lead">${inline(paragraph)}</p>`)
    .join('');
}
