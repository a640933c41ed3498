import { app, type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, Notification } from 'electron';
import { errorView } from '../services/error-view.ts';
import type { WindowService } from '../window/window-service.ts';
import { channels } from './channels.ts';
import { isTrusted } from './window-origin.ts';

const answered = [channels.call, channels.chooseFolder, channels.notify, channels.startAtLogin];

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
  ipcMain.handle(channels.notify, (event, title: unknown, body: unknown) => {
    if (!isHeard(event) || !Notification.isSupported()) return;
    const shown = new Notification({ title: String(title).slice(0, 200), body: String(body).slice(0, 500) });
    shown.on('click', () => window.show());
    shown.show();
  });
  ipcMain.handle(channels.startAtLogin, (event, on: unknown) => (isHeard(event) ? startAtLogin(on) : null));
  const end = service.subscribe((event) => {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event);
  });
  window.once('closed', () => {
    end();
    for (const channel of answered) ipcMain.removeHandler(channel);
  });
}

/** Whether the installed app starts when somebody logs in, after setting it if told to; null where the system has no such thing. */
function startAtLogin(on: unknown): boolean | null {
  if (!app.isPackaged || (process.platform !== 'win32' && process.platform !== 'darwin')) return null;
  if (typeof on === 'boolean') app.setLoginItemSettings({ openAtLogin: on });
  return app.getLoginItemSettings().openAtLogin;
}
