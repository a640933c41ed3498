import type { Language } from '../../../protocol/errors.ts';
import type { Modality } from '../../../protocol/plan.ts';
import type { Policy } from '../../../protocol/policy.ts';
import type { Vocabulary } from '../../kinds/kind.ts';
import type { Actor } from '../../log/entries.ts';
import type { Store } from '../../store/store.ts';

/** Facts that are the same for everything in an export. */
export interface ExportSetting {
  readonly store: Store;
  readonly vocabulary: Vocabulary;
  readonly modality: Modality;
  readonly policy: Policy;
  /** True if no part may be accepted by a reconstruction. */
  readonly barred: boolean;
  readonly at: string;
  readonly actor: Actor;
  readonly plant: string;
  readonly federation: string;
  readonly planName: string;
  readonly planHash: string;
  /** Name of a measurement of the plan, in both languages. */
  readonly labelOf: (modality: string) => { readonly en: string; readonly ja: string };
  /** Language of the report to print. */
  readonly language: Language;
}

/** A file of an export. */
export interface ExportedFile {
  readonly file: string;
  readonly sha256: string;
  /** Factor by which each pixel of a picture was enlarged; absent for tables. */
  readonly scale?: number;
}
