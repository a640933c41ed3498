import type { Bridge, CallInput, CallName, CallOutput, WorkstationEvent } from '../../main/api/contract.ts';
import type { ErrorView } from '../../main/api/views.ts';
import { browserBridge } from './browser.ts';

declare global {
  interface Window {
    /** Bridge that the Electron host's preload script sets. */
    readonly fedrecon?: Bridge;
  }
}

/** Error of a refused call: two sentences for a person, in both languages. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /** The call that was refused. */
  readonly call: CallName;
  readonly view: ErrorView;

  constructor(call: CallName, view: ErrorView) {
    super(`${view.en.title} [${view.code}]`);
    this.call = call;
    this.view = view;
  }
}

const lostListeners = new Set<() => void>();
const doneListeners = new Set<(call: CallName) => void>();
const unknownListeners = new Set<(used: boolean) => void>();
const bridge: Promise<Bridge> = window.fedrecon
  ? Promise.resolve(window.fedrecon)
  : browserBridge({
      lost: () => {
        for (const listener of lostListeners) listener();
      },
      unknown: (used) => {
        for (const listener of unknownListeners) listener(used);
      },
    });

/** Makes a call of the contract. @throws CallError */
export async function call<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const answer = await (await bridge).call(name, input);
  if (!answer.ok) throw new CallError(name, answer.error);
  for (const listener of doneListeners) listener(name);
  return answer.value as CallOutput<Name>;
}

/** Listens to the workstation for as long as the window is open. */
export async function listen(listener: (event: WorkstationEvent) => void): Promise<void> {
  (await bridge).subscribe(listener);
}

/** Calls `listener` while the line to the workstation is broken, again and again until it is mended. */
export function whenLost(listener: () => void): void {
  lostListeners.add(listener);
}

/** Calls `listener` when the browser host does not know this page, and whether the link it was opened with is used up. */
export function whenUnknown(listener: (used: boolean) => void): void {
  unknownListeners.add(listener);
}

/** Calls `listener` with every call that succeeded. */
export function whenDone(listener: (call: CallName) => void): void {
  doneListeners.add(listener);
}

/** Shows a notification of the system, where the host may. */
export async function notify(title: string, body: string): Promise<void> {
  (await bridge).notify(title, body);
}

/** Asks whether notifications may be shown, and the browser's permission where it needs one. */
export async function mayNotify(): Promise<boolean> {
  return (await bridge).mayNotify();
}

/** The host's way to start the app when somebody logs in; undefined where it has none. */
export async function loginStarter(): Promise<Bridge['startAtLogin']> {
  return (await bridge).startAtLogin;
}

/** The host's dialog to choose a folder; undefined where it has none. */
export async function folderChooser(): Promise<Bridge['chooseFolder']> {
  return (await bridge).chooseFolder;
}
