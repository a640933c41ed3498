/** Controls that letters are typed or chosen with. */
const takesLetters =
  'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"])';

/** Keys that a control needs for itself, where it has the keyboard; every other one is the page's. */
const ownKeys: readonly (readonly [controls: string, keys: ReadonlySet<string>])[] = [
  ['button, a, summary', new Set(['Enter', ' '])],
  ['input[type="checkbox"]', new Set([' '])],
  [
    'input[type="radio"], input[type="range"]',
    new Set([
      ...[' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
      ...['Home', 'End', 'PageUp', 'PageDown'],
    ]),
  ],
];

/** True while a key press belongs to a field, a dialog or a shortcut of the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (document.querySelector('dialog[open]')) return true;
  const target = targetOf(event)?.closest(takesLetters);
  // A list that is closed has no use for Enter: it means there what it means everywhere.
  return target != null && !(target instanceof HTMLSelectElement && event.key === 'Enter');
}

/** True when the control that has the keyboard needs this key: a button its Enter, a slider its arrows. */
export function isOfControl(event: KeyboardEvent): boolean {
  const target = targetOf(event);
  return ownKeys.some(([controls, keys]) => keys.has(event.key) && target?.closest(controls));
}

/** Takes the keyboard from whatever control has it and gives it to the page. */
export function releaseKeys(): void {
  document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
}

function targetOf({ target }: KeyboardEvent): Element | undefined {
  return target instanceof Element ? target : undefined;
}
