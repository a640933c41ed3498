import { workstation } from './workstation.svelte.ts';

/** Whether the figures for engineers are in sight: for those who answer for quality, unless somebody chose otherwise. */
class Figures {
  #chosen = $state<boolean | undefined>();

  get open(): boolean {
    const role = workstation.state?.person?.role;
    return this.#chosen ?? (role === 'engineer' || role === 'administrator');
  }

  toggle(): void {
    this.#chosen = !this.open;
  }
}

export const figures = new Figures();
