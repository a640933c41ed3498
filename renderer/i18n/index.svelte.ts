import { formatsOf } from '../../main/api/format.ts';
import type { Label, Language, MeasureView } from '../../main/api/views.ts';
import { en, type Messages } from './en.ts';
import { ja } from './ja.ts';

const tables: Readonly<Record<Language, Messages>> = { en, ja };

/** Language of the machine that the window is opened on. */
export const languageHere: Language = navigator.language.startsWith('ja') ? 'ja' : 'en';

/** The person's language, the strings in it, and numbers and times as it writes them. */
class I18n {
  language = $state<Language>(languageHere);
  readonly t = $derived(tables[this.language]);
  readonly #formats = $derived(formatsOf(this.language));
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
  readonly #dates = $derived(
    new Intl.DateTimeFormat(this.language, { year: 'numeric', month: 'short', day: 'numeric' }),
  );
  readonly #list = $derived(new Intl.ListFormat(this.language, { type: 'conjunction' }));

  label(label: Label): string {
    return label[this.language];
  }

  number(value: number): string {
    return this.#formats.number(value, 1);
  }

  whole(value: number): string {
    return this.#formats.number(value);
  }

  /** A value with the digits that tell in a span. */
  inSpan(value: number, span: number): string {
    return this.#formats.inSpan(value, span);
  }

  /** A coefficient of determination. */
  r2(value: number): string {
    return this.#formats.r2(value);
  }

  percent(fraction: number): string {
    return this.#formats.percent(fraction);
  }

  /** A measure with the direction that is better. */
  title(measure: MeasureView): string {
    return this.#formats.title(measure);
  }

  measured(measure: MeasureView, value: number): string {
    return this.#formats.measured(measure, value);
  }

  gained(measure: MeasureView, gain: number): string {
    return this.#formats.gained(measure, gain);
  }

  significant(value: number, digits: number): string {
    return this.#formats.significant(value, digits);
  }

  time(rfc3339: string): string {
    return this.#times.format(new Date(rfc3339));
  }

  date(rfc3339: string): string {
    return this.#dates.format(new Date(rfc3339));
  }

  list(words: readonly string[]): string {
    return this.#list.format(words);
  }

  bytes(bytes: number): string {
    return this.#formats.bytes(bytes);
  }

  /** A duration in whole seconds, as what remains is read while it changes. */
  duration(seconds: number): string {
    return this.#formats.duration(Math.round(seconds));
  }
}

export const i18n = new I18n();
