import { escapeHtml } from '../../../../main/demo/report/html.ts';
import { mean } from '../../../../training/measures/statistics.ts';
import type { Entry, Group } from '../output/summary.ts';
import { lookOf, movedApart, ticks } from './look.ts';

const size = { width: 620, height: 360, left: 44, right: 150, top: 12, bottom: 40 };

/** Mean PSNR over the rounds, a line a method; what has no rounds is a level line. */
export function curvesOf({ source, entries }: Group): string {
  const lines = entries.map((entry) => ({ name: entry.method, points: courseOf(entry) }));
  const rounds = Math.max(...lines.flatMap(({ points }) => points.map(([round]) => round)));
  const values = lines.flatMap(({ points }) => points.map(([, psnr]) => psnr));
  const [low, high] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values) + 0.1)];
  const x = (round: number) => size.left + (round / rounds) * (size.width - size.left - size.right);
  const y = (psnr: number) =>
    size.height - size.bottom - ((psnr - low) / (high - low)) * (size.height - size.top - size.bottom);
  const ends = movedApart(
    lines.map(({ points }) => y(points.at(-1)![1])),
    14,
    size.top + 6,
    size.height - size.bottom,
  );
  const drawn = lines.map(({ name, points }, index) => {
    const { colour, dash, width } = lookOf(name);
    const whole =
      points.length === 1
        ? ([
            [0, points[0]![1]],
            [rounds, points[0]![1]],
          ] as const)
        : points;
    const path = whole.map(([round, psnr]) => `${x(round).toFixed(1)},${y(psnr).toFixed(1)}`).join(' ');
    const end = whole.at(-1)!;
    const label = ends[index]!;
    return `<polyline points="${path}" style="stroke:${colour};stroke-width:${width};stroke-dasharray:${dash || 'none'}"><title>${escapeHtml(name)}</title></polyline>
<path d="M${x(end[0]).toFixed(1)},${y(end[1]).toFixed(1)}L${size.width - size.right + 14},${label.toFixed(1)}" style="stroke:${colour}" class="lead-line"/>
<text x="${size.width - size.right + 18}" y="${(label + 4).toFixed(1)}"${name === 'fedrecon' ? ' class="ours-label"' : ''}>${escapeHtml(name)}</text>`;
  });
  const grid = ticks(low, high, 6).map(
    (value) =>
      `<path class="rule" d="M${size.left},${y(value).toFixed(1)}H${size.width - size.right}"/><text x="${size.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  );
  const below = ticks(0, rounds, 6).map(
    (round) =>
      `<text x="${x(round).toFixed(1)}" y="${size.height - size.bottom + 16}" text-anchor="middle">${round}</text>`,
  );
  return `<figure><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="PSNR over the rounds, camera from ${source}">
${grid.join('')}${below.join('')}<text x="${x(rounds / 2)}" y="${size.height - 6}" text-anchor="middle">rounds</text>
${drawn.join('\n')}</svg><figcaption>PSNR in dB over the rounds, mean over the seeds</figcaption></figure>`;
}

/** The mean course of the seeds; rounds that all of them measured. */
function courseOf({ rows }: Entry): (readonly [round: number, psnr: number])[] {
  return rows[0]!.course.flatMap(([round]) => {
    const values = rows.flatMap(({ course }) =>
      course.filter(([other]) => other === round).map(([, psnr]) => psnr),
    );
    return values.length === rows.length ? [[round, mean(values)] as const] : [];
  });
}
