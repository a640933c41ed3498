import type { OutlineStep } from 'fontkit';
import { type Face, loadFaces, mainFace, type Weight } from './faces.ts';
import { drawable, runsOf } from './text-lines.ts';

/** A line of text as shares of pixels that its letters cover, row-major. */
export interface DrawnText {
  readonly width: number;
  readonly height: number;
  readonly letters: Float32Array;
}

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

const segmenter = new Intl.Segmenter('ja');
/** Rows and columns that a pixel is divided into, to find how much of it letters cover. */
const finer = 4;
/** Pieces that a curve is divided into. */
const pieces = 6;

/**
 * Draws a line of text in pixels, in the faces of the reports, so that a picture says what it is in any script. A sign that no
 * face has is its code; what is wider than it may be ends with "…".
 * @param size height of the letters' square, in pixels
 */
export async function drawText(
  text: string,
  size: number,
  width: number,
  weight: Weight = 400,
): Promise<DrawnText> {
  await loadFaces();
  const signs = [...segmenter.segment(drawable(text))].map(({ segment }) => segment);
  let shown = outlineOf(signs, size, weight);
  for (let left = signs.length - 1; shown.width > width && left > 0; left--)
    shown = outlineOf([...signs.slice(0, left), '…'], size, weight);
  const { font } = mainFace(weight);
  const height = Math.ceil(((font.ascent - font.descent) / font.unitsPerEm) * size);
  const base = (font.ascent / font.unitsPerEm) * size;
  const across = Math.min(width, Math.ceil(shown.width));
  return { width: across, height, letters: covered(shown.edges, across, height, base) };
}

/** Edges of the outlines of signs that stand on a line at 0, y upwards, and the width of all. */
function outlineOf(signs: readonly string[], size: number, weight: Weight): { edges: Edge[]; width: number } {
  const edges: Edge[] = [];
  let pen = 0;
  for (const { face, text } of runsOf(signs.join(''), weight)) pen = addRun(edges, face, text, pen, size);
  return { edges, width: pen };
}

function addRun(edges: Edge[], { font }: Face, text: string, start: number, size: number): number {
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  let pen = start;
  for (const [index, { path }] of glyphs.entries()) {
    const { xAdvance, xOffset, yOffset } = positions[index]!;
    addOutline(edges, path.commands, (x, y) => [pen + (x + xOffset) * scale, (y + yOffset) * scale]);
    pen += xAdvance * scale;
  }
  return pen;
}

function addOutline(
  edges: Edge[],
  steps: readonly OutlineStep[],
  placed: (x: number, y: number) => [number, number],
): void {
  let [x, y, firstX, firstY] = [0, 0, 0, 0];
  const to = (nextX: number, nextY: number) => {
    edges.push([...placed(x, y), ...placed(nextX, nextY)]);
    [x, y] = [nextX, nextY];
  };
  for (const { command, args } of steps) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    const [fromX, fromY] = [x, y];
    switch (command) {
      case 'moveTo':
        [x, y, firstX, firstY] = [a, b, a, b];
        break;
      case 'lineTo':
        to(a, b);
        break;
      case 'closePath':
        to(firstX, firstY);
        break;
      default:
        for (let piece = 1; piece <= pieces; piece++) {
          const t = piece / pieces;
          const along =
            command === 'quadraticCurveTo'
              ? (p: number, q: number, r: number) => (1 - t) ** 2 * p + 2 * (1 - t) * t * q + t ** 2 * r
              : (p: number, q: number, r: number, s: number) =>
                  (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t ** 2 * r + t ** 3 * s;
          to(along(fromX, a, c, e), along(fromY, b, d, f));
        }
    }
  }
}

/** Shares of pixels that outlines cover, by the rule of non-zero winding. @param base the line that letters stand on, from above */
function covered(edges: readonly Edge[], width: number, height: number, base: number): Float32Array {
  const letters = new Float32Array(width * height);
  const share = 1 / finer ** 2;
  const rows: { x: number; turn: number }[][] = Array.from({ length: height * finer }, () => []);
  const rowOf = (y: number) => (base - y) * finer - 0.5;
  for (const [x0, y0, x1, y1] of edges) {
    const [low, high] = [Math.min(y0, y1), Math.max(y0, y1)];
    const last = Math.min(rows.length - 1, Math.ceil(rowOf(low)) - 1);
    for (let row = Math.max(0, Math.ceil(rowOf(high))); row <= last; row++) {
      const y = base - (row + 0.5) / finer;
      rows[row]!.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 });
    }
  }
  for (const [row, crossings] of rows.entries()) {
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    for (const [index, { x, turn }] of crossings.entries()) {
      winding += turn;
      const next = crossings[index + 1];
      if (winding === 0 || !next) continue;
      const [first, end] = [
        Math.max(0, Math.round(x * finer)),
        Math.min(width * finer, Math.round(next.x * finer)),
      ];
      const start = Math.floor(row / finer) * width;
      for (let column = first; column < end; column++) letters[start + Math.floor(column / finer)]! += share;
    }
  }
  return letters;
}
