import { expect, test } from 'vitest';
import { differenceColours, pictureDifference } from '../../renderer/kinds/image/difference.ts';

const pixels = (...colours: readonly (readonly [number, number, number])[]) =>
  new Uint8ClampedArray(colours.flatMap((colour) => [...colour, 255]));

test('two pictures differ by the mean of their channels, and the most is the end of the scale', () => {
  const found = pictureDifference(
    pixels([0, 0, 0], [255, 0, 0], [10, 20, 30]),
    pixels([255, 255, 255], [0, 0, 0], [10, 20, 30]),
  );
  expect([...found.values].map((value) => Number(value.toFixed(4)))).toEqual([1, 0.3333, 0]);
  expect(found.most).toBe(1);
  expect(found.mean).toBeCloseTo(4 / 9);
  const colours = differenceColours(found);
  expect([...colours.subarray(0, 4)]).toEqual([253, 231, 37, 255]);
  expect([...colours.subarray(8, 12)]).toEqual([68, 1, 84, 255]);
});

test('pictures that are alike have no difference to be seen', () => {
  const one = pixels([1, 2, 3], [4, 5, 6]);
  expect([...differenceColours(pictureDifference(one, one))]).toEqual([68, 1, 84, 255, 68, 1, 84, 255]);
});
