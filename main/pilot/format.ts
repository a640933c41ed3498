import type { Language } from '../../protocol/errors.ts';
import type { Label } from '../api/views.ts';

/** Numbers, sizes and times as each language writes them. */
export interface Formats {
  readonly language: Language;
  number(value: number, digits?: number): string;
  percent(share: number): string;
  bytes(bytes: number): string;
  duration(seconds: number): string;
}

/** A text in both languages, each with its own way of writing numbers. */
export function both(write: (formats: Formats) => { en: string; ja: string }): Label {
  return { en: write(formatsOf('en')).en, ja: write(formatsOf('ja')).ja };
}

/** A text that is the same in both languages but for its numbers. */
export function plain(write: (formats: Formats) => string): Label {
  return { en: write(formatsOf('en')), ja: write(formatsOf('ja')) };
}

function formatsOf(language: Language): Formats {
  const number = (value: number, digits = 0) =>
    value.toLocaleString(language, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  const unit = (value: number, digits: number, en: string, ja: string) =>
    language === 'ja' ? `${number(value, digits)} ${ja}` : `${number(value, digits)} ${en}`;
  return {
    language,
    number,
    percent: (share) => `${number(100 * share, share < 0.1 ? 1 : 0)} %`,
    bytes: (bytes) => {
      const steps = ['B', 'kB', 'MB', 'GB', 'TB'];
      const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
      const value = bytes / 1000 ** step;
      return `${number(value, value < 10 && step > 0 ? 1 : 0)} ${steps[step]}`;
    },
    duration: (seconds) => {
      if (seconds < 10) return unit(seconds, 1, 's', '秒');
      if (seconds < 90) return unit(seconds, 0, 's', '秒');
      if (seconds < 5400) return unit(seconds / 60, seconds < 600 ? 1 : 0, 'min', '分');
      return unit(seconds / 3600, 1, 'h', '時間');
    },
  };
}
