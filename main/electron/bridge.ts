import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { errorView } from '../services/error-view.ts';
import type { WindowService } from '../window/window-service.ts';
import { channels } from './channels.ts';
import { isTrusted } from './window-origin.ts';

/** Answers the window's messages, after a look at who sent them. */
export function openBridge(window: BrowserWindow, service: WindowService): void {
  const isHeard = ({ senderFrame, sender }: IpcMainInvokeEvent) =>
    isTrusted(
      senderFrame
        ? {
            url: senderFrame.url,
            isMainFrame: senderFrame.parent === null,
            isOwnWindow: sender === window.webContents,
          }
        : undefined,
    );

  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) => {
    if (!isHeard(event)) return { ok: false, error: errorView({ code: 'session-foreign', detail: {} }) };
    return service.call(String(name), input);
  });
  ipcMain.handle(channels.chooseFolder, async (event) => {
    if (!isHeard(event)) return undefined;
    const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
    return filePaths[0];
  });
  const end = service.subscribe((event) => {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event);
  });
  window.once('closed', () => {
    end();
    for (const channel of [channels.call, channels.chooseFolder]) ipcMain.removeHandler(channel);
  });
}
