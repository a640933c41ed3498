import { randomUUID } from 'node:crypto';
import type { Served } from './images.ts';

/** Pictures that were made to answer a question and lie in no file, by the addresses that views carry. */
export interface MadePictures {
  /** Keeps a picture. @returns its address */
  add(picture: Served): string;
  get(path: string): Served | undefined;
}

const prefix = '/images/made/';
/** Number of pictures that are kept: a window shows a dozen at once, and a slider makes a new one a step. */
const usuallyKept = 256;

/** Creates an empty store of pictures. @param most pictures that are kept; the oldest go first */
export function createMadePictures(most = usuallyKept): MadePictures {
  const kept = new Map<string, Served>();
  return {
    add(picture) {
      const path = `${prefix}${randomUUID()}`;
      kept.set(path, picture);
      if (kept.size > most) kept.delete(kept.keys().next().value!);
      return path;
    },
    get: (path) => kept.get(path),
  };
}
