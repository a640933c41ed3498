import type { Modality } from './index.ts';

/**
 * A modality as the detail of an error: what the plan calls it before people, in both languages, and its name in the
 * plan for programs.
 */
export function namedInErrors({ name, label }: Pick<Modality, 'name' | 'label'>): {
  readonly modality: string;
  readonly modalityJa: string;
  readonly modalityName: string;
} {
  return { modality: label.en, modalityJa: label.ja, modalityName: name };
}
