/** What a person with a keyboard goes on from when the control that had the keyboard is gone. */
const surroundings = 'section, form, dialog, main';

/**
 * Keeps the keyboard from falling to the top of the page: when the control that has it goes away, what surrounded that
 * control takes it; a control that was only disabled takes it back as soon as it can be pressed again. Never another
 * control: a key that is still on its way would press it.
 * @returns what ends this
 */
export function keepFocus(page: Document): () => void {
  /** Control that had the keyboard last, and what surrounded it then, the nearest first. */
  let last: HTMLElement | undefined;
  let around: readonly HTMLElement[] = [];
  /** What surrounded the control that had the keyboard when a dialog opened: it may be gone when the dialog closes. */
  const behind = new WeakMap<Element, readonly HTMLElement[]>();
  const isNowhere = () => page.activeElement === null || page.activeElement === page.body;

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    const dialog = target.closest('dialog');
    if (dialog && last && !dialog.contains(last)) behind.set(dialog, around);
    last = target;
    const all = surroundingsOf(target);
    around = dialog
      ? [...all.filter((one) => dialog.contains(one)), ...(behind.get(dialog) ?? []), ...all]
      : all;
  }
  /** Forgets a control that a person left for nothing, with a click beside it; one that goes away is not left. */
  function forget({ target }: FocusEvent): void {
    queueMicrotask(() => {
      if (target === last && last?.isConnected && !last.matches(':disabled') && isNowhere()) last = undefined;
    });
  }
  function check(): void {
    if (!last || !isNowhere()) return;
    if (last.isConnected && last.matches(':disabled')) return;
    const open = [...page.querySelectorAll<HTMLElement>('dialog[open]')].toReversed();
    for (const place of [last, ...around, ...open]) if (takes(place)) return;
    page.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
  }

  // Later, when all is done that one change leads to: a dialog that closes gives the keyboard back by itself.
  let due: ReturnType<typeof setTimeout> | undefined;
  const changes = new MutationObserver(() => {
    if (!last || !isNowhere()) return;
    clearTimeout(due);
    due = setTimeout(check);
  });
  changes.observe(page.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'open'] });
  page.addEventListener('focusin', remember);
  page.addEventListener('focusout', forget);
  return () => {
    clearTimeout(due);
    changes.disconnect();
    page.removeEventListener('focusin', remember);
    page.removeEventListener('focusout', forget);
  };
}

function surroundingsOf(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (
    let place = element.parentElement?.closest<HTMLElement>(surroundings);
    place;
    place = place.parentElement?.closest<HTMLElement>(surroundings)
  )
    found.push(place);
  return found;
}

/** Gives the keyboard to a place. @returns false where it cannot have it: gone, hidden, or behind an open dialog */
function takes(place: HTMLElement): boolean {
  if (!place.isConnected) return false;
  if (place.matches(surroundings) && !place.hasAttribute('tabindex')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  return place.ownerDocument.activeElement === place;
}
