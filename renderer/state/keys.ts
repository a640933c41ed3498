/** True while a key press belongs to a field, a dialog or a shortcut of the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector('dialog[open]')) return true;
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  return Boolean(target?.closest('input, textarea, select, [contenteditable]'));
}

/** True when a press of Enter or Space already means "press this button". */
export function isOnControl(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('button, a, summary, input') !== null;
}

/** Takes the keyboard from whatever control has it and gives it to the page. */
export function releaseKeys(): void {
  document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
}
