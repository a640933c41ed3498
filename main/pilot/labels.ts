import { type Formats, formatsOf } from '../api/format.ts';
import type { Label } from '../api/views/general.ts';

/** A text in both languages, each with its own way of writing numbers. */
export function both(write: (formats: Formats) => { en: string; ja: string }): Label {
  return { en: write(formatsOf('en')).en, ja: write(formatsOf('ja')).ja };
}

/** A text that is the same in both languages but for its numbers. */
export function plain(write: (formats: Formats) => string): Label {
  return { en: write(formatsOf('en')), ja: write(formatsOf('ja')) };
}
