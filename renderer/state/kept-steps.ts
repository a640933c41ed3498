import type { EnrolmentPreview, PictureSettings, ReadingSettings } from '../../main/api/views.ts';

/** What a person has said on the way from an invitation to imported data. */
export interface KeptSteps {
  readonly step: number;
  readonly invitation: string;
  readonly folder: string;
  readonly manifest: string;
  readonly agreed: boolean;
  readonly enrolment: EnrolmentPreview | null;
  readonly reading: ReadingSettings;
  readonly pictures: Readonly<Record<string, PictureSettings>>;
  readonly importId: string | null;
  readonly idConfirmed: boolean;
  /** Roles of the columns; null where no folder was looked at. */
  readonly roles: Readonly<Record<string, string>> | null;
  /** Those of them that the person chose. */
  readonly said: Readonly<Record<string, string>>;
  readonly empty: Readonly<Record<string, 'keep' | 'remove'>>;
}

/**
 * Changes with the form of what is kept. An invitation is a secret until it is used, so it is kept for this window only,
 * which forgets it with its own end.
 */
const form = 1;
const key = (person: string | undefined) => `connect/${form}/${person ?? ''}`;

/** The steps of a person, if this window has kept some. */
export function keptSteps(person: string | undefined): KeptSteps | undefined {
  try {
    const kept = sessionStorage.getItem(key(person));
    return kept === null ? undefined : (JSON.parse(kept) as KeptSteps);
  } catch {
    return undefined;
  }
}

/** Keeps them; a window without a storage, or with a full one, goes on without. */
export function keepSteps(person: string | undefined, steps: KeptSteps): void {
  try {
    sessionStorage.setItem(key(person), JSON.stringify(steps));
  } catch {
    forgetKept(person);
  }
}

export function forgetKept(person: string | undefined): void {
  try {
    sessionStorage.removeItem(key(person));
  } catch {
    // Nothing was kept, then.
  }
}
