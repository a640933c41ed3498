import { escapeHtml } from '../../../../main/demo/report/html.ts';
import { type Group, spreadOf } from '../output/summary.ts';
import { lookOf, movedApart, ticks } from './look.ts';

const size = { width: 620, height: 360, left: 48, right: 110, top: 12, bottom: 40 };

/** Coherence against what training costs, on a logarithmic scale; what is not trained stands at its left end. */
export function scatterOf({ source, entries }: Group): string {
  const points = entries.flatMap((entry) => {
    const [cost, quality] = [spreadOf(entry, 'trainMflop'), spreadOf(entry, 'coherence')];
    return cost && quality ? [{ name: entry.method, cost: cost.mean, quality: 100 * quality.mean }] : [];
  });
  const trained = points.filter(({ cost }) => cost > 0).map(({ cost }) => Math.log10(cost));
  if (trained.length === 0) return '';
  const [least, most] = [Math.floor(Math.min(...trained)), Math.ceil(Math.max(...trained) + 1e-9)];
  // One decade more at the left end for what costs nothing.
  const from = least - (trained.length < points.length ? 1 : 0);
  const x = (decade: number) =>
    size.left + ((decade - from) / Math.max(1, most - from)) * (size.width - size.left - size.right);
  const qualities = points.map(({ quality }) => quality);
  const [low, high] = [
    10 * Math.floor(Math.min(...qualities) / 10),
    10 * Math.ceil(Math.max(...qualities) / 10 + 0.01),
  ];
  const y = (quality: number) =>
    size.height - size.bottom - ((quality - low) / (high - low)) * (size.height - size.top - size.bottom);
  const labels = movedApart(
    points.map(({ quality }) => y(quality)),
    13,
    size.top + 6,
    size.height - size.bottom,
  );
  const drawn = points.map(({ name, cost, quality }, index) => {
    const place = cost > 0 ? x(Math.log10(cost)) : x(from);
    const { colour } = lookOf(name);
    const label = labels[index]!;
    return `<path class="lead-line" style="stroke:${colour}" d="M${place.toFixed(1)},${y(quality).toFixed(1)}L${(place + 9).toFixed(1)},${label.toFixed(1)}"/>
<circle cx="${place.toFixed(1)}" cy="${y(quality).toFixed(1)}" r="${name === 'fedrecon' ? 6 : 4}" style="fill:${colour}"><title>${escapeHtml(name)}: ${quality.toFixed(1)} %, ${cost.toPrecision(3)} MFLOP</title></circle>
<text x="${(place + 11).toFixed(1)}" y="${(label + 4).toFixed(1)}"${name === 'fedrecon' ? ' class="ours-label"' : ''}>${escapeHtml(name)}</text>`;
  });
  const rules = ticks(low, high, 6).map(
    (value) =>
      `<path class="rule" d="M${size.left},${y(value).toFixed(1)}H${size.width - size.right}"/><text x="${size.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  );
  const decades = Array.from({ length: most - from + 1 }, (_, index) => from + index).map(
    (decade) =>
      `<text x="${x(decade).toFixed(1)}" y="${size.height - size.bottom + 16}" text-anchor="middle">${decade < least ? 'none' : 10 ** decade}</text>`,
  );
  return `<figure><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Coherence against the cost of training, camera from ${source}">
${rules.join('')}${decades.join('')}<text x="${(size.left + size.width - size.right) / 2}" y="${size.height - 6}" text-anchor="middle">MFLOP of training, a part and pass</text>
${drawn.join('\n')}</svg><figcaption>Coherence in % against what training costs; up and to the left is better</figcaption></figure>`;
}
