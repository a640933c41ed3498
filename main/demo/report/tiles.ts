import { hasPlaces, hasRange, isWords, spanOf, unitOf } from '../../../protocol/kinds/index.ts';
import { unscaleSignal } from '../../../protocol/kinds/scaling.ts';
import type { ImageModality, Modality, SignalModality, TextModality } from '../../../protocol/plan.ts';
import { heatMap } from '../../pictures/heat-map.ts';
import { encodePicture, type PictureValues } from '../../pictures/picture.ts';
import { escapeHtml } from './html.ts';

/** A value to draw, in the model's form (0…1). */
interface TileValue {
  readonly values: Float32Array;
  /** One standard deviation of each value; a signal draws it as a band. */
  readonly sigma?: Float32Array;
  /** Text of a note as it was written. */
  readonly text?: string;
  readonly reconstructed: boolean;
}

/** Drawing of a kind of modality; a tile is a piece of HTML. */
interface TileKind<M extends Modality> {
  value(modality: M, value: TileValue, alt: string): string;
  /** Map of one standard deviation; `top` is the value at the end of the scale. */
  uncertainty(modality: M, sigma: Float32Array, top: number, alt: string): string;
  /** Legend of the scale of uncertainties. */
  legend(modality: M, top: number): string;
}

const image: TileKind<ImageModality> = {
  value: ({ width, height, channels }, { values, reconstructed }, alt) =>
    pictureTile({ width, height, channels, values }, alt, reconstructed),
  uncertainty: ({ width, height, channels }, sigma, top, alt) =>
    pictureTile(heatMap({ width, height, channels, values: sigma }, 0, top), alt, true),
  legend: (_modality, top) =>
    `Uncertainty: 0 <span class="scale" style="background:${gradient}"></span> ${(top * 100).toFixed(0)} % of full brightness.`,
};

/** The colours of a heat map from left to right. */
const gradient = (() => {
  const steps = Array.from({ length: 9 }, (_, index) => index / 8);
  const { values } = heatMap({ width: steps.length, height: 1, channels: 1, values: steps }, 0, 1);
  const colours = steps.map((_, index) =>
    Array.from({ length: 3 }, (_, channel) => Math.round(255 * values[index * 3 + channel]!)).join(' '),
  );
  return `linear-gradient(90deg, ${colours.map((colour) => `rgb(${colour})`).join(', ')})`;
})();

/**
 * Tile of a picture. A reconstruction says so inside the file, which keeps a copied one from passing for a measurement.
 */
function pictureTile(picture: PictureValues, alt: string, reconstructed: boolean): string {
  const png = encodePicture(
    picture,
    reconstructed ? { Comment: 'Reconstructed by a model. Not a measurement.' } : {},
  );
  return `<img alt="${escapeHtml(alt)}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`;
}

const plot = { width: 112, height: 64, margin: 3 };

const signal: TileKind<SignalModality> = {
  value(modality, { values, sigma }, alt) {
    const line = points(values, 1);
    const band =
      sigma &&
      `<polygon points="${[
        ...points(
          values.map((value, index) => value + 2 * sigma[index]!),
          1,
        ),
        ...points(
          values.map((value, index) => value - 2 * sigma[index]!),
          1,
        ).reverse(),
      ].join(' ')}"/>`;
    const top = unscaleSignal(modality, Float32Array.of(1))[0]!;
    return svgTile(
      `${alt}; full height ${top} ${unitOf(modality)}`,
      `${band ?? ''}<polyline points="${line.join(' ')}"/>`,
    );
  },
  uncertainty(_modality, sigma, top, alt) {
    return svgTile(alt, `<polyline class="sigma" points="${points(sigma, top).join(' ')}"/>`);
  },
  legend(modality, top) {
    const height = (top * spanOf(modality)).toFixed(1);
    return `The band around a reconstruction is ± two standard deviations; an uncertainty's full height is ${height} ${unitOf(modality)}.`;
  },
};

/** Plot coordinates of a row of values whose full scale is `top`. */
function points(values: Float32Array, top: number): string[] {
  const { width, height, margin } = plot;
  const step = (width - 2 * margin) / Math.max(1, values.length - 1);
  return Array.from(values, (value, index) => {
    const share = Math.min(1, Math.max(0, value / top));
    return `${(margin + index * step).toFixed(1)},${(height - margin - share * (height - 2 * margin)).toFixed(1)}`;
  });
}

function svgTile(alt: string, content: string): string {
  return `<svg viewBox="0 0 ${plot.width} ${plot.height}" role="img" aria-label="${escapeHtml(alt)}">${content}</svg>`;
}

/**
 * Tiles of notes. Only notes that somebody wrote are drawn: where one is missing nobody knows what it would have said.
 */
const text: TileKind<TextModality> = {
  value: (_modality, { text: written = '' }) =>
    written === '' ? '<p class="none">no note</p>' : `<p>${escapeHtml(written)}</p>`,
  uncertainty: () => '',
  legend: () => '',
};

/** Drawing of this modality's kind. */
export function tilesOf(modality: Modality): TileKind<Modality> {
  const { name } = modality;
  if (hasPlaces(modality)) return image as TileKind<Modality>;
  if (hasRange(modality)) return signal as TileKind<Modality>;
  if (isWords(modality)) return text as TileKind<Modality>;
  throw new Error(`garments have no ${name}`);
}
