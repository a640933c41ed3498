/** The one table of keys that a person can change: of each action the key it has at first, as `KeyboardEvent.key` names it. */
export const usualKeys = {
  previous: 'ArrowLeft',
  next: 'ArrowRight',
  accept: 'Enter',
  flag: 'f',
  reject: 'r',
  undo: 'u',
  redo: 'y',
  comment: 'n',
  find: '/',
  filter: 'l',
  many: 'g',
  uncertainty: 'a',
  explain: 'e',
  compare: 'c',
  way: 'm',
  flip: ' ',
  nearer: '+',
  farther: '-',
  whole: '0',
} as const;

export type KeyAction = keyof typeof usualKeys;
type Keys = Readonly<Record<KeyAction, string>>;

export const keyActions = Object.keys(usualKeys) as KeyAction[];

/** Keys with a meaning that stays: reasons, the list of keys, closing, going through controls, and what is no key by itself. */
const fixed = new Set([
  ...['1', '2', '3', '4', '?', 'Escape', 'Tab'],
  ...['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'],
]);

/** A key as the table has it: letters mean the same with and without Shift. */
export function pressedKey({ key }: { readonly key: string }): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

/** All keys as they are here. @param changed those that a person has changed, by action; what is no action is passed over */
export function keysWith(changed: Readonly<Record<string, string>>): Keys {
  const own = keyActions.flatMap((action) => {
    const key = changed[action];
    return key === undefined ? [] : [[action, key] as const];
  });
  return { ...usualKeys, ...Object.fromEntries(own) };
}

/** The action of a key; undefined where it has none. */
export function actionOf(keys: Keys, key: string): KeyAction | undefined {
  return keyActions.find((action) => keys[action] === key);
}

/** Why a key cannot be given to an action: it has a fixed meaning, or another action has it; undefined where it can. */
export function keyRefusal(
  keys: Keys,
  action: KeyAction,
  key: string,
): { readonly why: 'reserved' } | { readonly why: 'taken'; readonly by: KeyAction } | undefined {
  if (fixed.has(key)) return { why: 'reserved' };
  const by = actionOf(keys, key);
  return by === undefined || by === action ? undefined : { why: 'taken', by };
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  '-': '−',
};

/** A key as a person reads it. */
export function shownKey(key: string): string {
  return signs[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** A key as `aria-keyshortcuts` names it. */
export function spokenKey(key: string): string {
  return key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
}
