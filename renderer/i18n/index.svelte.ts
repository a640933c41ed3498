import type { Label } from '../../main/api/views.ts';
import { en, type Messages } from './en.ts';
import { ja } from './ja.ts';

export type Language = 'en' | 'ja';

const tables: Readonly<Record<Language, Messages>> = { en, ja };

/** The person's language, the strings in it, and numbers and times as it writes them. */
class I18n {
  language = $state<Language>(navigator.language.startsWith('ja') ? 'ja' : 'en');
  readonly t = $derived(tables[this.language]);
  readonly #numbers = $derived(new Intl.NumberFormat(this.language, { maximumFractionDigits: 1 }));
  readonly #whole = $derived(new Intl.NumberFormat(this.language, { maximumFractionDigits: 0 }));
  readonly #percent = $derived(
    new Intl.NumberFormat(this.language, { style: 'percent', maximumSignificantDigits: 2 }),
  );
  readonly #nats = $derived(new Intl.NumberFormat(this.language, { maximumSignificantDigits: 2 }));
  readonly #times = $derived(
    new Intl.DateTimeFormat(this.language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  );
  readonly #list = $derived(new Intl.ListFormat(this.language, { type: 'conjunction' }));

  label(label: Label): string {
    return label[this.language];
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  whole(value: number): string {
    return this.#whole.format(value);
  }

  percent(fraction: number): string {
    return this.#percent.format(fraction);
  }

  /** An error as tolerances are given: of words in nats a word, else in shares of full scale. */
  misfit(error: number, ofWords: boolean): string {
    return ofWords ? `${this.#nats.format(error)} nat` : this.percent(error);
  }

  time(rfc3339: string): string {
    return this.#times.format(new Date(rfc3339));
  }

  list(words: readonly string[]): string {
    return this.#list.format(words);
  }

  /** `1.4 MB`: decimal units. */
  bytes(bytes: number): string {
    const steps = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let step = 0;
    while (value >= 999.5 && step < steps.length - 1) {
      value /= 1000;
      step++;
    }
    return `${value < 10 && step > 0 ? this.number(value) : this.whole(value)} ${steps[step]}`;
  }

  /** `2 min 10 s`, coarser the longer it is. */
  duration(seconds: number): string {
    const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
      new Intl.NumberFormat(this.language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
    const rounded = Math.max(0, Math.round(seconds));
    if (rounded < 60) return unit(rounded, 'second');
    if (rounded < 600) return `${unit(Math.floor(rounded / 60), 'minute')} ${unit(rounded % 60, 'second')}`;
    if (rounded < 3600) return unit(Math.round(rounded / 60), 'minute');
    return `${unit(Math.floor(rounded / 3600), 'hour')} ${unit(Math.floor((rounded % 3600) / 60), 'minute')}`;
  }
}

export const i18n = new I18n();
