import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centreOf, placePicture } from '../../renderer/state/placement.ts';

const room = { width: 600, height: 400 };
const square = (side: number) => ({ width: side, height: side });

test('a picture is drawn by a whole number of the screen’s pixels for each of its own, or smoothly where it is larger', () => {
  const sides = fc.record({
    width: fc.integer({ min: 1, max: 4000 }),
    height: fc.integer({ min: 1, max: 4000 }),
  });
  fc.assert(
    fc.property(
      sides,
      sides,
      fc.constantFrom(1, 1.25, 1.5, 2, 3),
      fc.constantFrom(1, 2, 4, 8, 16),
      (picture, space, ratio, zoom) => {
        const { width, height, isSmooth } = placePicture(picture, space, ratio, { zoom, x: 0.5, y: 0.5 });
        const step = (width * ratio) / picture.width;
        expect((height * ratio) / picture.height).toBeCloseTo(step, 6);
        if (isSmooth) expect(step).toBeLessThan(1);
        else expect(step).toBeCloseTo(Math.round(step), 6);
        if (zoom > 1) return;
        expect(width).toBeLessThanOrEqual(space.width + 1e-6);
        expect(height).toBeLessThanOrEqual(space.height + 1e-6);
      },
    ),
  );
});

test('a small picture stays a picture: its pixels grow to 24 and no further, unless a person goes nearer', () => {
  expect(placePicture(square(8), room, 1)).toMatchObject({ width: 192, left: 204, top: 104 });
  expect(placePicture(square(16), room, 1).width).toBe(384);
  expect(placePicture(square(28), room, 1).width).toBe(392);
  expect(placePicture(square(8), room, 1, { zoom: 2, x: 0.5, y: 0.5 }).width).toBe(384);
  // The largest side of a pixel is one of the page, whatever the screen has for it.
  expect(placePicture(square(8), room, 2).width).toBe(192);
});

test('what is larger than its room covers all of it, whatever is looked at, and the look is told back', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.constantFrom(4, 8, 16), (x, y, zoom) => {
      const place = placePicture(square(28), room, 1, { zoom, x, y });
      expect(place.left).toBeLessThanOrEqual(0);
      expect(place.top).toBeLessThanOrEqual(0);
      expect(place.left + place.width).toBeGreaterThanOrEqual(room.width);
      expect(place.top + place.height).toBeGreaterThanOrEqual(room.height);
      const again = placePicture(square(28), room, 1, { zoom, ...centreOf(place, room) });
      expect(again.left).toBeCloseTo(place.left, 6);
      expect(again.top).toBeCloseTo(place.top, 6);
    }),
  );
});
