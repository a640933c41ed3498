import { actionOf, type KeyAction, keysWith, pressedKey, shownKey, spokenKey } from './key-table.ts';
import { workstation } from './workstation.svelte.ts';

/** The keys as they are on this workstation. */
class Bindings {
  readonly keys = $derived(keysWith(workstation.state?.settings.keys ?? {}));

  /** The action that a key press means. */
  actionOf(event: KeyboardEvent): KeyAction | undefined {
    return actionOf(this.keys, pressedKey(event));
  }

  /** The key of an action as a person reads it. */
  shown(action: KeyAction): string {
    return shownKey(this.keys[action]);
  }

  /** The key of an action for `aria-keyshortcuts`. */
  spoken(action: KeyAction): string {
    return spokenKey(this.keys[action]);
  }

  /** A hint with the key of its action. */
  hint(text: string, action: KeyAction): string {
    return `${text} (${this.shown(action)})`;
  }

  /** Gives an action a key, which no other one has. */
  async give(action: KeyAction, key: string): Promise<void> {
    await workstation.change({ keys: { ...workstation.state!.settings.keys, [action]: key } });
  }

  async reset(): Promise<void> {
    await workstation.change({ keys: {} });
  }
}

export const bindings = new Bindings();
