import { methods } from '../methods/index.ts';

/** How a method is drawn in every chart: never by colour alone, the names stand beside the marks. */
export interface Look {
  readonly colour: string;
  readonly dash: string;
  readonly width: number;
}

/** Hues that differ for most eyes and stand out on light and on dark alike (after Okabe and Ito). */
const colours = ['#d55e00', '#009e73', '#cc79a7', '#b58900', '#3a9bd6', '#8f7ae0', '#7f8c8d'];
const dashes = ['', '6 3', '2 3'];

/** FedRecon in the page's own colour, the ceiling in that of its text, the rest in turn. */
export function lookOf(name: string): Look {
  if (name === 'fedrecon') return { colour: 'var(--ours)', dash: '', width: 3 };
  if (name === 'centralised') return { colour: 'var(--text)', dash: '6 3', width: 1.6 };
  const others = methods
    .map((method) => method.name)
    .filter((one) => !['fedrecon', 'centralised'].includes(one));
  const place = Math.max(0, others.indexOf(name));
  return {
    colour: colours[place % colours.length]!,
    dash: dashes[Math.floor(place / colours.length) % dashes.length]!,
    width: 1.6,
  };
}

/** Places on a line moved apart to at least `gap`, in their order, between `low` and `high` if they fit. */
export function movedApart(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
  const moved = [...places];
  let least = low;
  for (const index of order) {
    moved[index] = Math.max(places[index]!, least);
    least = moved[index]! + gap;
  }
  let most = high;
  for (const index of order.toReversed()) {
    moved[index] = Math.min(moved[index]!, most);
    most = moved[index]! - gap;
  }
  return moved;
}

/** Round numbers that divide a range into about `count` steps. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
