import { side } from './garments.ts';

/**
 * Silhouette of a garment in numbers, as an inspector sees it; shares are of the photograph's side or of full
 * brightness.
 */
export interface Silhouette {
  /** Mean brightness of the garment, 0…1. */
  readonly brightness: number;
  /** Standard deviation of brightness between neighbouring pixels inside the garment: print, seams, checks. */
  readonly texture: number;
  readonly height: number;
  readonly width: number;
  /** Share of its bounding box that the garment covers. */
  readonly fill: number;
  /** Mean width of the lowest third over the highest third: above 1 it flares. */
  readonly flare: number;
  /** Length of the sleeves, for garments with a body: 0 without sleeves, 1 short, 2 to the elbow, 3 long. */
  readonly sleeves: number;
  /** Share of the highest third of the bounding box that is covered: a shaft, a handle. */
  readonly top: number;
  /** Share of the lowest third's middle columns that is empty: legs apart, an arch under a heel. */
  readonly gap: number;
}

/** Brightness from which a pixel belongs to the garment, of 255. */
const threshold = 30;

/** Measures the silhouette of 28 × 28 grey pixels. */
export function measureSilhouette(pixels: Uint8Array): Silhouette {
  const on = (x: number, y: number) => pixels[y * side + x]! >= threshold;
  const all = Array.from({ length: side }, (_, index) => index);
  const rows = all.filter((y) => all.some((x) => on(x, y)));
  const columns = all.filter((x) => all.some((y) => on(x, y)));
  const [top, bottom, left, right] = [rows[0]!, rows.at(-1)!, columns[0]!, columns.at(-1)!];
  const height = bottom - top + 1;
  const width = right - left + 1;

  const share = (x0: number, x1: number, y0: number, y1: number): number => {
    let covered = 0;
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) if (on(x, y)) covered++;
    return covered / Math.max(1, (x1 - x0) * (y1 - y0));
  };
  const third = Math.ceil(height / 3);
  const quarter = Math.round(width / 4);
  const upper = share(left, right + 1, top, top + third);
  const lower = share(left, right + 1, bottom + 1 - third, bottom + 1);
  const edge = [left, left + 1, right - 1, right];
  const lowestAtEdge = edge.map((x) => rows.findLast((y) => on(x, y)) ?? top);
  const reach = (Math.max(...lowestAtEdge) - top + 1) / height;
  const fill = share(left, right + 1, top, bottom + 1);
  return {
    ...shading(pixels),
    height: height / side,
    width: width / side,
    fill,
    flare: lower / Math.max(upper, 0.05),
    sleeves: sleeveLength(reach, fill, width / side),
    top: upper,
    gap: 1 - share(left + quarter, right + 1 - quarter, bottom + 1 - third, bottom + 1),
  };
}

/**
 * Length of the sleeves, 0…3. The outermost columns belong to them, and `reach` is how far down they go, as a share of
 * the height. Where they go all the way, they are long sleeves, unless the outline is a plain box or slim: then there
 * are none.
 */
function sleeveLength(reach: number, fill: number, width: number): number {
  if (reach < 0.6) return 1;
  if (reach < 0.85) return 2;
  return fill > 0.93 || width < 0.5 ? 0 : 3;
}

function shading(pixels: Uint8Array): Pick<Silhouette, 'brightness' | 'texture'> {
  let sum = 0;
  let count = 0;
  let steps = 0;
  let pairs = 0;
  pixels.forEach((value, index) => {
    if (value < threshold) return;
    sum += value;
    count++;
    const next = index % side < side - 1 ? pixels[index + 1]! : 0;
    if (next < threshold) return;
    steps += (next - value) ** 2;
    pairs++;
  });
  return { brightness: sum / count / 255, texture: Math.sqrt(steps / Math.max(1, pairs)) / 255 };
}
