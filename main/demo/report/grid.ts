import { isWords } from '../../../protocol/kinds/index.ts';
import type { Modality, Plan } from '../../../protocol/plan.ts';
import { measures } from '../../../training/measures/measure-table.ts';
import { formatsOf } from '../../api/format.ts';
import { measureView } from '../../measures/measure-view.ts';
import { garmentTypes } from '../garments.ts';
import type { ComparedPart } from '../plant-result.ts';
import { trueValues } from '../true-parts.ts';
import { escapeHtml } from './html.ts';
import { tilesOf } from './tiles.ts';

const { measured, number, percent } = formatsOf('en');

/** A row of the grid: its heading and a cell a part. */
interface GridRow {
  readonly heading: string;
  readonly note?: string;
  readonly kind: 'measured' | 'reconstructed' | 'truth' | 'sigma' | 'words';
  cell(part: ComparedPart): string;
}

/**
 * Parts side by side, one a column: what the plant measured, the reconstruction, the truth it never saw, and how sure the
 * model is. `total` is the number of parts that these were chosen from.
 */
export function partsGrid(
  plan: Plan,
  target: Modality,
  parts: readonly ComparedPart[],
  total: number,
): string {
  // A missing note has no truth to look at: nobody wrote it.
  if (parts.length === 0 || isWords(target)) return '';
  const top = scaleTop(parts);
  const rows = [...measuredRows(plan, target, parts), ...targetRows(plan, target, top)];
  const body = rows.map(
    ({ heading, note, kind, cell }) =>
      `<tr class="${kind}"><th scope="row">${heading}${note ? `<small>${note}</small>` : ''}</th>${parts
        .map((part) => `<td>${cell(part)}</td>`)
        .join('')}</tr>`,
  );
  const heads = parts.map(
    (part) =>
      `<th scope="col">${escapeHtml(part.id)}<small>confidence ${percent(part.confidence)}</small></th>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Parts, scrollable">
<table class="grid">
<caption>${parts.length} of ${number(total)} parts, evenly spaced from the least confident (left) to the most confident (right); not picked by hand</caption>
<thead><tr><td></td>${heads.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>
<p class="legend">${tilesOf(target).legend(target, top)}</p>`;
}

/** Rows of the grid for the measurements that the plant did take of these parts. */
function measuredRows(plan: Plan, target: Modality, parts: readonly ComparedPart[]): GridRow[] {
  return plan.modalities
    .filter(({ name }) => name !== target.name && parts.some(({ truth }) => truth.measured.includes(name)))
    .map((modality) => ({
      heading: escapeHtml(modality.label.en),
      note: 'measured here',
      kind: 'measured',
      cell: ({ id, truth }) =>
        truth.measured.includes(modality.name)
          ? tilesOf(modality).value(
              modality,
              { values: trueValues(plan, modality.name, truth), text: truth.note, reconstructed: false },
              `${modality.label.en} of ${id}, measured`,
            )
          : '<p class="none">missing</p>',
    }));
}

function targetRows(plan: Plan, target: Modality, top: number): GridRow[] {
  const tiles = tilesOf(target);
  return [
    {
      heading: `${escapeHtml(target.label.en)} <span class="badge">reconstructed</span>`,
      kind: 'reconstructed',
      cell: ({ id, reconstructed, sigma }) =>
        tiles.value(
          target,
          { values: reconstructed, sigma, reconstructed: true },
          `${target.label.en} of ${id}, reconstructed`,
        ),
    },
    {
      heading: `${escapeHtml(target.label.en)}, the truth`,
      note: 'this plant never saw it',
      kind: 'truth',
      cell: ({ id, truth }) =>
        tiles.value(
          target,
          { values: trueValues(plan, target.name, truth), text: truth.note, reconstructed: false },
          `${target.label.en} of ${id}, truth`,
        ),
    },
    {
      heading: 'Uncertainty',
      note: 'one standard deviation',
      kind: 'sigma',
      cell: ({ id, sigma }) => tiles.uncertainty(target, sigma, top, `Uncertainty of ${id}`),
    },
    {
      heading: 'What it is',
      note: 'and likeness to the truth',
      kind: 'words',
      cell({ truth, reconstructed }) {
        const likeness = measures.psnr.ofPart(target, trueValues(plan, target.name, truth), reconstructed);
        const written = measured(measureView('psnr', target), likeness);
        return `<p>${garmentTypes[truth.type]!}<small>${written}</small></p>`;
      },
    },
  ];
}

/** End of the uncertainty scale: the 99th percentile of what is shown, so that single pixels do not flatten it. */
function scaleTop(parts: readonly ComparedPart[]): number {
  const all = Float32Array.from(parts.flatMap(({ sigma }) => Array.from(sigma))).sort();
  return Math.max(1e-6, all[Math.floor(0.99 * (all.length - 1))]!);
}
