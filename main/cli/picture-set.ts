import { usageError } from '../../protocol/command-line.ts';
import { type PictureSettings, pictureSettings } from '../../training/cells/images/picture-settings.ts';

type Key = keyof PictureSettings;

const numbers = (text: string) => text.split(',').map((part) => (part.trim() === '' ? part : Number(part)));

/** How the text behind each setting of pictures becomes its value, and what it takes. */
const settings: { readonly [K in Key]: { read(text: string): unknown; readonly takes: string } } = {
  bits: { read: Number, takes: '8, 10, 12, 14 or 16' },
  range: { read: numbers, takes: 'the values that are black and white, as 0,4095' },
  region: {
    read: (text) => {
      if (text === 'object') return text;
      const [left, top, width, height, ...more] = numbers(text);
      return more.length > 0 ? text : { left, top, width, height };
    },
    takes:
      'object, or left, top, width and height in fractions of the image that stay within it, as 0.1,0.1,0.8,0.8',
  },
  page: {
    read: (text) => (/^\d+$/.test(text) ? Number(text) : text),
    takes: 'the number of a page, from 1, or its name',
  },
  behind: { read: String, takes: 'black or white' },
};

/** Settings of pictures that `--set KEY.MODALITY=value` takes. */
export const pictureKeys = Object.keys(settings) as readonly Key[];

/** Whether a key of `--set` says how pictures are read: `bits.camera`. */
export function isPictureKey(key: string): boolean {
  return pictureKeys.some((name) => key.startsWith(`${name}.`));
}

/**
 * What a word of `--set` says of a modality's pictures.
 * @param key as `isPictureKey` knows it
 * @throws FedReconError `usage`
 */
export function pictureSetting(key: string, text: string): { modality: string; setting: PictureSettings } {
  const at = key.indexOf('.');
  const name = key.slice(0, at) as Key;
  const { read, takes } = settings[name];
  const modality = key.slice(at + 1);
  if (modality === '') throw usageError(`--set ${name}.MODALITY names a measurement, as ${name}.camera.`);
  const setting = pictureSettings.safeParse({ [name]: read(text) });
  if (!setting.success) throw usageError(`--set ${key} takes ${takes}, not "${text}".`);
  return { modality, setting: setting.data };
}
