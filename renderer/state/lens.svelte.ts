import { centreOf, type Look, placePicture, type Size, whole } from './placement.ts';

/** Zooms that one steps through. */
const zooms = [1, 2, 4, 8, 16];

/** One look at all pictures that are compared: whoever zooms or moves one moves all. */
export class Lens {
  #look = $state.raw<Look>(whole);
  /** Pixels that all of them are drawn over, whatever each has itself; undefined: each over its own. */
  extent = $state.raw<Size | undefined>();
  /** False where the wheel moves the page. */
  isByWheel = $state(true);

  /** What was drawn by it last, in what: moves by keys are shares of that. */
  drawn: { readonly picture: Size; readonly room: Size; readonly ratio: number } | undefined;

  get look(): Look {
    return this.#look;
  }

  get isWhole(): boolean {
    return this.#look.zoom === 1;
  }

  get isClosest(): boolean {
    return this.#look.zoom === zooms.at(-1);
  }

  reset(): void {
    this.#look = whole;
  }

  /** Goes a step nearer or farther; what lies in the middle stays there. */
  step(by: 1 | -1): void {
    const zoom = this.#next(by);
    this.#look = zoom === 1 ? whole : { ...this.#look, zoom };
  }

  /** Goes a step nearer or farther at a point of a room, which stays where it is. */
  stepAt(by: 1 | -1, point: { x: number; y: number }, picture: Size, room: Size, ratio: number): void {
    const before = placePicture(picture, room, ratio, this.#look);
    const share = { x: (point.x - before.left) / before.width, y: (point.y - before.top) / before.height };
    const zoom = this.#next(by);
    if (zoom === 1) {
      this.reset();
      return;
    }
    const after = placePicture(picture, room, ratio, { ...this.#look, zoom });
    const x = share.x + (room.width / 2 - point.x) / after.width;
    const y = share.y + (room.height / 2 - point.y) / after.height;
    this.#turn({ zoom, x, y }, picture, room, ratio);
  }

  /** Moves what is looked at by pixels of the page. */
  pan(dx: number, dy: number, picture: Size, room: Size, ratio: number): void {
    const now = placePicture(picture, room, ratio, this.#look);
    const { zoom, x, y } = this.#look;
    this.#turn({ zoom, x: x - dx / now.width, y: y - dy / now.height }, picture, room, ratio);
  }

  /** Moves what is looked at by a quarter of what is in sight. */
  nudge(right: -1 | 0 | 1, down: -1 | 0 | 1): void {
    if (!this.drawn || this.isWhole) return;
    const { picture, room, ratio } = this.drawn;
    this.pan((-right * room.width) / 4, (-down * room.height) / 4, picture, room, ratio);
  }

  /** Takes a look, but for what would lie beyond the picture's edges. */
  #turn(look: Look, picture: Size, room: Size, ratio: number): void {
    const { zoom } = look;
    this.#look = { zoom, ...centreOf(placePicture(picture, room, ratio, look), room) };
  }

  #next(by: 1 | -1): number {
    return zooms[zooms.indexOf(this.#look.zoom) + by] ?? this.#look.zoom;
  }
}
