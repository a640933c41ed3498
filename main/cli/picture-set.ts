import { usageError } from '../../protocol/command-line.ts';
import { type PictureSettings, pictureSettings } from '../../training/cells/images/picture-settings.ts';
import { wrongValue } from './setting-refusal.ts';

type Key = keyof PictureSettings;

const numbers = (text: string) => text.split(',').map((part) => (part.trim() === '' ? part : Number(part)));

/** How the text behind each setting of pictures becomes its value, and what it takes. */
const settings: {
  readonly [K in Key]: {
    read(text: string): unknown;
    readonly takes: { readonly en: string; readonly ja: string };
  };
} = {
  bits: { read: Number, takes: { en: '8, 10, 12, 14 or 16', ja: '8、10、12、14、16' } },
  range: {
    read: numbers,
    takes: { en: 'the values that are black and white, as 0,4095', ja: '黒と白の値（例：0,4095）' },
  },
  region: {
    read: (text) => {
      if (text === 'object') return text;
      const [left, top, width, height, ...more] = numbers(text);
      return more.length > 0 ? text : { left, top, width, height };
    },
    takes: {
      en: 'object, or left, top, width and height in fractions of the image that stay within it, as 0.1,0.1,0.8,0.8',
      ja: 'object、または画像に対する割合で左・上・幅・高さ（画像からはみ出さないこと、例：0.1,0.1,0.8,0.8）',
    },
  },
  page: {
    read: (text) => (/^\d+$/.test(text) ? Number(text) : text),
    takes: { en: 'the number of a page, from 1, or its name', ja: 'ページの番号（1 から）、または名前' },
  },
  behind: { read: String, takes: { en: 'black or white', ja: 'black、white' } },
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
  if (modality === '')
    throw usageError(
      `--set ${name}.MODALITY names a measurement, as ${name}.camera.`,
      `--set ${name}.MODALITY には計測の名前を指定してください（例：${name}.camera）。`,
    );
  const setting = pictureSettings.safeParse({ [name]: read(text) });
  if (!setting.success) throw wrongValue(key, text, takes);
  return { modality, setting: setting.data };
}
