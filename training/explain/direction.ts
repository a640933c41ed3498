import { FedReconError } from '../../protocol/errors.ts';
import { canvasOf } from '../../protocol/kinds/index.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { placesIn, type Rectangle } from '../kinds/places.ts';

/**
 * Direction: a linear measure of a reconstruction x̂, Σᵢ directionᵢ·x̂ᵢ, which an explanation is about. It is linear so
 * that the attributions of sources add up, and so that one compiled gradient serves all directions.
 */
export type Direction = Float32Array;

/**
 * Direction for the whole reconstruction, from the baseline's (0) to the part's (1): the projection on the way between
 * them. Attributions of it are shares of what makes this part's picture differ from the usual one, and sum to 1. Zero
 * everywhere if the two are the same: then there is nothing to explain.
 */
export function wholeDirection(baseline: Float32Array, part: Float32Array): Direction {
  const way = part.map((value, index) => value - baseline[index]!);
  const squares = way.reduce((sum, value) => sum + value ** 2, 0);
  return squares > 0 ? way.map((value) => value / squares) : way;
}

/**
 * Direction for a region: the mean value of a rectangle of the target, in the model's 0…1; a signal is an image one
 * pixel high.
 * @throws FedReconError `request-invalid` where the target has no such place
 */
export function regionDirection(plan: Plan, target: string, rectangle: Rectangle): Direction {
  const canvas = canvasOf(modalityOf(plan, target));
  const { width, height, channels } = canvas ?? { width: 0, height: 0, channels: 1 };
  const { left, top } = rectangle;
  if (left + rectangle.width > width || top + rectangle.height > height)
    throw new FedReconError('request-invalid', {
      field: 'region',
      problem: `${target} has ${width} × ${height} places`,
    });
  const places = placesIn({ width, channels }, rectangle);
  const direction = new Float32Array(width * height * channels);
  for (const place of places) direction[place] = 1 / places.length;
  return direction;
}

/** Value of the measure at a reconstruction. */
export function measureAt(direction: Direction, values: Float32Array): number {
  return values.reduce((sum, value, index) => sum + direction[index]! * value, 0);
}
