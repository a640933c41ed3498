import { utilityProcess } from 'electron';
import { pictureReader } from '../../training/cells/images/reader/picture-reader.ts';
import { relayPicture } from '../../training/cells/images/reader/picture-relay.ts';
import type { TrainingEvent } from '../../training/process/messages.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';

/**
 * The training process as Electron's utility process: a Node of its own with its own memory, ended with the app.
 * @param entry the bundled training program
 */
export function utilityTrainingHost(entry: string): TrainingHost {
  return {
    start() {
      const child = utilityProcess.fork(entry, [], { serviceName: 'FedRecon training', stdio: 'pipe' });
      let lastWords = '';
      child.stdout?.resume();
      child.stderr?.on('data', (chunk: Buffer) => {
        lastWords = (lastWords + chunk.toString('utf8')).slice(-2000);
      });
      let isRunning = true;
      child.once('exit', () => {
        isRunning = false;
      });
      const answer = (message: object) => {
        if (isRunning) child.postMessage(message);
      };
      return {
        send: (command) => child.postMessage(command),
        onEvent: (listener) => {
          child.on('message', (message: TrainingEvent) => {
            if (!relayPicture(message, pictureReader(), answer)) listener(message);
          });
        },
        onExit: (listener) => {
          child.once('exit', (code) => listener(`exit ${code} ${lastWords}`.trim()));
        },
        kill: () => {
          child.kill();
        },
      };
    },
  };
}
