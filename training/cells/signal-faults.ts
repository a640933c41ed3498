import { FedReconError } from '../../protocol/errors.ts';

/** Why a file holds no signal that can be read, in both languages. */
interface Fault {
  readonly en: string;
  readonly ja: string;
}

const faults = {
  large: { en: 'it is larger than 64 MB', ja: '64 MB を超えています' },
  damaged: { en: 'it is cut off or damaged', ja: '途中で切れているか、壊れています' },
  empty: { en: 'it holds no value', ja: '値がありません' },
  noNumber: {
    en: 'one of its values is no number (NaN, infinite)',
    ja: '数値ではない値（NaN や無限大）があります',
  },
  columns: {
    en: 'it is not clear which of its columns is the signal',
    ja: 'どの列が信号か特定できません',
  },
  notWave: { en: 'it is no WAV file', ja: 'WAV ファイルではありません' },
  packedSound: {
    en: 'its sound is packed or in a form that is not read (of PCM, 8, 16, 24 and 32 bits and floating point are)',
    ja: '圧縮された音声か、読めない形式です（PCM の 8・16・24・32 ビットと浮動小数点を読めます）',
  },
  channels: {
    en: 'it has several channels; save the one that counts by itself',
    ja: '複数のチャンネルがあります。使うチャンネルだけを保存してください',
  },
  notNumpy: { en: 'it is no array of NumPy', ja: 'NumPy の配列ではありません' },
  objects: {
    en: 'it is an array of something else than whole numbers, floating-point numbers or truth values (objects, texts, dates, complex numbers, named fields)',
    ja: '整数・浮動小数点数・真偽値以外の配列です（オブジェクト、文字列、日時、複素数、構造体など）',
  },
  dimensions: {
    en: 'it is an array of several dimensions, or of none; save the one signal by itself',
    ja: '多次元または 0 次元の配列です。1 つの信号だけを保存してください',
  },
  otherFormat: {
    en: 'files of its sort are not read; save each signal as .npy, .wav or text',
    ja: 'この種類のファイルは読めません。信号ごとに .npy、.wav、または文字のファイルで保存してください',
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** Refusal of a file that holds no signal that can be read, with the reason. */
export function signalFault(file: string, name: FaultName): FedReconError {
  const { en, ja }: Fault = faults[name];
  return new FedReconError('signal-file-format', { file, why: en, whyJa: ja });
}
