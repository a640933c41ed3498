import type { Label, Language } from './views/general.ts';
import type { MeasureView } from './views/measures.ts';

/** Numbers, sizes, times and measures as one language writes them: in the window, on paper and on the terminal. */
export interface Formats {
  readonly language: Language;
  /** Digits grouped by thousands, at most `digits` of them after the point. */
  number(value: number, digits?: number): string;
  /** A number with at most `digits` significant digits. */
  significant(value: number, digits: number): string;
  /** A value with the digits that tell in a span: 0.25 of a span of 1, though it is 100,000.25. */
  inSpan(value: number, span: number): string;
  /** `42 %`; below 10 % with two significant digits. */
  percent(share: number): string;
  /** Size in decimal units: `1.4 MB`. */
  bytes(bytes: number): string;
  /** `0.04 s`, `3.2 s`, `45 s`, `2 min 10 s`, `25 min`, `2 h 5 min`: coarser the longer it is. */
  duration(seconds: number): string;
  /** Coefficient of determination, written so that a negative one never reads as 0. */
  r2(value: number): string;
  /** Label of a measure with its direction: `Mean error (lower is better)`. */
  title(measure: MeasureView): string;
  /** A value with its unit, as precise as the measure deserves. */
  measured(measure: MeasureView, value: number): string;
  /** A difference with its sign and unit: above 0 is better, whatever the measure. */
  gained(measure: MeasureView, gain: number): string;
}

/** Direction in which a measure is better, in words. */
export const directions: Readonly<Record<MeasureView['better'], Label>> = {
  more: { en: 'higher is better', ja: '大きいほど良い' },
  less: { en: 'lower is better', ja: '小さいほど良い' },
};

const byteSteps = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const timeUnits: Readonly<Record<Language, Readonly<Record<'second' | 'minute' | 'hour', string>>>> = {
  en: { second: 's', minute: 'min', hour: 'h' },
  ja: { second: '秒', minute: '分', hour: '時間' },
};

const known = new Map<Language, Formats>();

/** The formats of a language. */
export function formatsOf(language: Language): Formats {
  const made = known.get(language) ?? makeFormats(language);
  known.set(language, made);
  return made;
}

function makeFormats(language: Language): Formats {
  const written = (value: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, { signDisplay: 'negative', ...options }).format(value).replace('-', '−');
  const number = (value: number, digits = 0) => written(value, { maximumFractionDigits: digits });
  const inPercent = (share: number, sign: Intl.NumberFormatOptions = {}) => {
    const digits = Math.abs(share) < 0.1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
    return `${written(100 * share, { ...digits, ...sign })} %`;
  };
  const time = (value: number, unit: 'second' | 'minute' | 'hour', digits = 0) =>
    `${number(value, digits)} ${timeUnits[language][unit]}`;

  function inMeasure({ written: form, unit }: MeasureView, value: number, sign: Intl.NumberFormatOptions) {
    if (form.form === 'percent') return inPercent(value, sign);
    const { digits } = form;
    const exactly =
      form.form === 'decimals'
        ? { minimumFractionDigits: digits, maximumFractionDigits: digits }
        : { minimumSignificantDigits: digits, maximumSignificantDigits: digits };
    return `${written(value, { ...exactly, ...sign })} ${unit}`.trim();
  }

  return {
    language,
    number,
    significant: (value, digits) => written(value, { maximumSignificantDigits: digits }),
    inSpan: (value, span) => number(value, Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(span))))),
    percent: (share) => inPercent(share),
    bytes(bytes) {
      let [value, step] = [bytes, 0];
      while (value >= 999.5 && step < byteSteps.length - 1) {
        value /= 1000;
        step++;
      }
      return `${number(value, value < 10 && step > 0 ? 1 : 0)} ${byteSteps[step]}`;
    },
    duration(seconds) {
      if (seconds > 0 && seconds < 0.95)
        return `${written(seconds, { maximumSignificantDigits: 1 })} ${timeUnits[language].second}`;
      if (seconds < 9.95) return time(Math.max(0, seconds), 'second', 1);
      const whole = Math.round(seconds);
      if (whole < 60) return time(whole, 'second');
      if (whole < 600) return `${time(Math.floor(whole / 60), 'minute')} ${time(whole % 60, 'second')}`;
      const minutes = Math.round(whole / 60);
      if (minutes < 60) return time(minutes, 'minute');
      return `${time(Math.floor(minutes / 60), 'hour')} ${time(minutes % 60, 'minute')}`;
    },
    r2(value) {
      const rounded = value < 0 ? Math.floor(100 * value) / 100 : Math.round(100 * value) / 100;
      return written(rounded + 0, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    },
    title({ label, better }) {
      const direction = directions[better][language];
      return language === 'ja' ? `${label.ja}（${direction}）` : `${label.en} (${direction})`;
    },
    measured: (measure, value) => inMeasure(measure, value, {}),
    gained: (measure, gain) => inMeasure(measure, gain, { signDisplay: 'exceptZero' }),
  };
}

/**
 * A number with the English word for what is counted: `1 part`, `12 parts`.
 * @param count as a number, or as it is written
 * @param many the word for any other number than one; absent: the word with an s
 */
export function counted(count: number | string, one: string, many = `${one}s`): string {
  return `${count} ${String(count) === '1' ? one : many}`;
}
