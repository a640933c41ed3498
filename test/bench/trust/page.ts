import { escapeHtml } from '../../../main/demo/report/html.ts';
import { style } from '../../../main/demo/report/style.ts';
import { addReliabilities } from './figures.ts';
import type { TrustRow } from './measure.ts';
import { type Facts, factsOf, goalsOf, meaning, tablesOf } from './report.ts';
import type { TrustSummary } from './summary.ts';

/** Hues that differ for most eyes and stand out on light and on dark alike (after Okabe and Ito), with a dash each. */
const looks: Readonly<Record<string, readonly [colour: string, dash: string]>> = {
  fedrecon: ['var(--ours)', 'none'],
  posterior: ['#d55e00', '6 3'],
  ensemble: ['#009e73', '2 3'],
  'mc-dropout': ['#cc79a7', '8 3 2 3'],
};

const own = `
section p, section li { max-width: 110ch; }
.figures { white-space: nowrap; font-size: 13px; }
.figures th, .figures td { padding: 4px 14px 4px 0; }
.figures td, .figures thead th + th { text-align: right; }
.figures tr.ours th, .figures tr.ours td { color: var(--ours); font-weight: 700; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); gap: 16px; margin-top: 16px; }
figure { margin: 0; }
figure svg { width: 100%; height: auto; display: block; }
figure text { fill: var(--quiet); font-size: 12px; }
figcaption { color: var(--quiet); font-size: 13px; }
.rule { stroke: var(--line); fill: none; }
`;

/** The benchmark as one HTML page that needs nothing else. */
export function pageOf(
  summaries: readonly TrustSummary[],
  rows: readonly TrustRow[],
  circumstances: Facts,
): string {
  const list = (lines: readonly string[]) =>
    `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
  const sources = [...new Set(rows.map(({ source }) => source))];
  const charts = sources.map((source) =>
    reliabilityOf(
      source,
      rows.filter((row) => row.source === source && row.population === 'all'),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Trust</title>
<style>${style}${own}</style>
</head>
<body>
<header><p class="product">FedRecon Workstation · benchmark</p><h1>Trust</h1>
${factsOf(circumstances)
  .map((fact) => `<p>${escapeHtml(fact)}</p>`)
  .join('\n')}</header>
<section><h2>Goals</h2>${list(goalsOf(summaries))}</section>
<section><h2>Does the confidence mean what it says?</h2><div class="charts">${charts.join('\n')}</div></section>
${tablesOf(summaries)
  .map(({ title, lines }) => `<section><h2>${escapeHtml(title)}</h2>${table(lines)}</section>`)
  .join('\n')}
<section><h2>What the figures mean</h2>${list(meaning)}</section>
</body>
</html>
`;
}

function table([head, ...body]: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  const lines = body.map(
    ([name, ...rest]) =>
      `<tr${name === 'fedrecon' ? ' class="ours"' : ''}><th>${escapeHtml(name!)}</th>${cells('td', rest)}</tr>`,
  );
  return `<div class="scroll"><table class="figures"><thead><tr>${cells('th', head!)}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

const size = { width: 380, height: 320, left: 44, right: 12, top: 12, bottom: 40 };

/** Share of parts within the tolerance by the confidence that they would be; the diagonal is what is promised. */
function reliabilityOf(source: string, rows: readonly TrustRow[]): string {
  const x = (share: number) => size.left + share * (size.width - size.left - size.right);
  const y = (share: number) => size.height - size.bottom - share * (size.height - size.top - size.bottom);
  const methods = [...new Set(rows.map(({ method }) => method))];
  const lines = methods.map((method) => {
    const { parts, confidence, right } = addReliabilities(
      rows.filter((row) => row.method === method).map(({ reliability }) => reliability),
    );
    const points = parts.flatMap((count, bin) =>
      count < 10 ? [] : [`${x(confidence[bin]! / count).toFixed(1)},${y(right[bin]! / count).toFixed(1)}`],
    );
    const [colour, dash] = looks[method] ?? ['var(--text)', 'none'];
    return `<polyline points="${points.join(' ')}" style="fill:none;stroke:${colour};stroke-width:2;stroke-dasharray:${dash}"/>`;
  });
  const legend = methods.map((method, place) => {
    const [colour, dash] = looks[method] ?? ['var(--text)', 'none'];
    const at = size.top + 12 + 16 * place;
    return `<path d="M${size.left + 8},${at}h24" style="stroke:${colour};stroke-width:2;stroke-dasharray:${dash}"/><text x="${size.left + 38}" y="${at + 4}">${escapeHtml(method)}</text>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path class="rule" d="M${size.left},${y(share)}H${size.width - size.right}"/><text x="${size.left - 6}" y="${y(share) + 4}" text-anchor="end">${100 * share} %</text><text x="${x(share)}" y="${size.height - 22}" text-anchor="middle">${100 * share} %</text>`,
  );
  const title = source === 'both' ? 'gauge and note' : source;
  return `<figure><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Reliability, from ${title}">
${ticks.join('')}<path class="rule" d="M${x(0)},${y(0)}L${x(1)},${y(1)}" stroke-dasharray="3 3"/>${lines.join('')}${legend.join('')}
<text x="${x(0.5)}" y="${size.height - 4}" text-anchor="middle">confidence</text></svg>
<figcaption>From ${title}: share of parts within the tolerance, by the confidence that they would be</figcaption></figure>`;
}
