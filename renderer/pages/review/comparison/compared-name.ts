import { i18n } from '../../../i18n/index.svelte.ts';
import type { Compared } from '../../../state/comparing.svelte.ts';

/** Name over what a reconstruction is compared with: its frame says whether it is measured. */
export function comparedTitle(other: Compared): string {
  const t = i18n.t.comparison;
  return other.is === 'former' ? t.former(other.version) : t.similar(other.id);
}

/** Name of the same among all that it can be compared with. */
export function comparedName(other: Compared): string {
  const t = i18n.t.comparison;
  return other.is === 'former' ? t.former(other.version) : t[other.is](other.id);
}
