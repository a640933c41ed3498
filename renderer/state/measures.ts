import type { MeasureView } from '../../main/api/views/models.ts';

const two = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });

const written: Readonly<Record<MeasureView, (value: number, unit: string) => string>> = {
  psnr: (value) => `${value.toFixed(1)} dB`,
  ssim: (value) => value.toFixed(2),
  error: (value, unit) => `${two.format(value)} ${unit}`.trim(),
  wordErrors: (value) => `${(value * 100).toFixed(0)} %`,
};

/** A figure with its unit, as precise as it deserves. */
export function measured(measure: MeasureView, value: number, unit = ''): string {
  return written[measure](value, unit).replace('-', '−');
}

/** A difference, with its sign: more is better, whatever the measure. */
export function gained(measure: MeasureView, value: number, unit = ''): string {
  const text = measured(measure, value, unit);
  return value > 0 ? `+${text}` : text;
}
