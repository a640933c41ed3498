import type { Language } from '../../../protocol/errors.ts';
import type { Role } from '../../../protocol/policy.ts';

export type { Language, Role };

/** A modality's or a plan's name in both languages. */
export interface Label {
  readonly en: string;
  readonly ja: string;
}

export interface ErrorView {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly en: { readonly title: string; readonly cure: string };
  readonly ja: { readonly title: string; readonly cure: string };
}

/** How the window looks and what it tells; `system`: as the machine that it is opened on has it. */
export interface Settings {
  readonly language: 'system' | Language;
  readonly theme: 'system' | 'light' | 'dark';
  readonly textSize: 'normal' | 'large' | 'largest';
  /** Keys that a person has changed, by what they do. */
  readonly keys: Readonly<Record<string, string>>;
  /** Whether news is told by notifications of the system while the window is not looked at. */
  readonly notifies: boolean;
  /** Whether the tour of the first start was seen or left out. */
  readonly toured: boolean;
}

/** Refusal of a call: why whoever works here may not make it, and to which roles the plan allows it. */
export interface RefusalView extends ErrorView {
  readonly allowed: readonly Role[];
}

/** Person who said to be working at the workstation. A name is what was typed, and no proof but where a PIN confirms it. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly since: string;
  /** Present where they gave their PIN. */
  readonly pin?: true;
}

/** Person who has a PIN, which itself is shown nowhere. */
export interface PinView {
  readonly name: string;
  readonly role: Role;
  readonly setAt: string;
}
