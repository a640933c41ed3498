import { columns } from './columns.ts';
import type { Group } from './summary.ts';
import { gridOf } from './table.ts';

const shown = [
  ...columns.quality.filter(({ figure }) => !figure.includes('10')),
  ...columns.stability.filter(({ figure }) => figure !== 'gapToCentralised'),
  ...columns.cost.filter(({ figure }) => figure !== 'trainSeconds'),
];

/** The groups as aligned text; `*` marks the best competing method. */
export function textOf(groups: readonly Group[]): string {
  return groups
    .map(({ alpha, missing, source, entries }) => {
      const { head, body } = gridOf(entries, shown);
      const lines = [
        ['', ...head],
        ...body.map(({ method, cells }) => [
          method,
          ...cells.map(({ text, best }) => (best ? `*${text}` : text)),
        ]),
      ];
      return `camera ← ${source}, alpha ${alpha}, ${100 * missing} % without a camera\n${aligned(lines)}`;
    })
    .join('\n\n');
}

/** Cells in columns, the first one flush left. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, place) => Math.max(...lines.map((cells) => cells[place]!.length)));
  return lines
    .map((cells) =>
      cells.map((cell, place) => cell[place === 0 ? 'padEnd' : 'padStart'](widths[place]!)).join('  '),
    )
    .join('\n');
}
