import { escapeHtml } from '../../../../main/demo/report/html.ts';
import type { Measured } from '../rows.ts';
import { sampleCount } from '../samples.ts';
import { type SourceSet, sourceSetNames } from '../setting.ts';

/** The same held-out parts by every method: a row a method, a strip a source set, the truth above. */
export function picturesOf(measured: readonly Measured[]): string {
  const pictured = measured.flatMap(({ rows, samples }) => (samples ? [{ row: rows[0]!, samples }] : []));
  const [first] = pictured;
  if (!first) return '';
  // Another seed has other parts.
  const shown = pictured.filter(({ row }) => row.seed === first.row.seed);
  const strip = (png: string, alt: string) =>
    `<td><img alt="${escapeHtml(alt)}" src="data:image/png;base64,${png}"></td>`;
  const line = (name: string, kind: string, png: (source: SourceSet) => string) =>
    `<tr class="${kind}"><th scope="row">${escapeHtml(name)}</th>${sourceSetNames.map((source) => strip(png(source), `${name}, from ${source}`)).join('')}</tr>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Images, scrollable">
<table class="strips"><caption>${sampleCount} held-out parts, evenly spaced over the plants and not picked by hand; seed ${first.row.seed}. All but the first row is reconstructed.</caption>
<thead><tr><td></td>${sourceSetNames.map((source) => `<th scope="col">from ${source === 'both' ? 'gauge and note' : source}</th>`).join('')}</tr></thead>
<tbody>${line('truth', 'truth', () => first.samples.truth)}
${shown.map(({ row, samples }) => line(row.method, row.method === 'fedrecon' ? 'ours' : 'other', (source) => samples[source])).join('\n')}</tbody></table></div>`;
}
