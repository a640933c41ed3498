import type { CallAnswer, WorkstationEvent } from '../api/contract.ts';
import { dispatch } from '../services/dispatch.ts';
import type { Workstation } from '../services/workstation.ts';
import type { ImageSource } from './window-files.ts';

/** Service that a host carries between the window and the workstation, whichever way it carries it. */
export interface WindowService {
  /** Checks the name and the input, does the call, and never throws. */
  call(name: string, input: unknown): Promise<CallAnswer>;
  /** Calls `listener` with every event; returns the function that ends the subscription. */
  subscribe(listener: (event: WorkstationEvent) => void): () => void;
  readonly image: ImageSource;
}

/** Window service of a workstation. */
export function windowService(workstation: Workstation): WindowService {
  return {
    call: (name, input) => dispatch(workstation.api, name, input),
    subscribe: workstation.subscribe,
    image: workstation.image,
  };
}
