import { usePictureReader } from '../cells/images/reader/picture-reader.ts';
import { relayedPictureReader } from '../cells/images/reader/picture-relay.ts';
import type { TrainingEvent } from './messages.ts';

/** Channel to the application, whichever way this process was started. */
export interface Channel {
  send(event: TrainingEvent): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Registers a listener for the end of the application. */
  onClose(listener: () => void): void;
}

/** Electron's `process.parentPort` in a utility process; absent elsewhere. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/**
 * Opens the channel to the application.
 * @throws Error if this process is neither a utility process nor a forked child
 */
export function openChannel(): Channel {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
  if (parentPort) {
    // A utility process can start no other, and asks the application to read pictures.
    const pictures = relayedPictureReader((message) => parentPort.postMessage(message));
    usePictureReader(pictures.reader);
    return {
      send: (event) => parentPort.postMessage(event),
      onMessage: (listener) =>
        parentPort.on('message', ({ data }) => {
          if (!pictures.hears(data)) listener(data);
        }),
      onClose: (listener) => parentPort.on('close', listener),
    };
  }
  if (!process.send) throw new Error('the training process is started by the application, not by hand');
  return {
    // A message to an application that is just ending is lost, and `disconnect` follows.
    send: (event) => process.connected && process.send!(event, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
