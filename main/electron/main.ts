import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, Menu, protocol, session } from 'electron';
import { describeError, errorRecord } from '../../protocol/errors.ts';
import { createPictureReader, usePictureReader } from '../../training/cells/images/reader/picture-reader.ts';
import { createWorkstation, type Workstation } from '../services/workstation.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { windowHeaders } from '../window/headers.ts';
import { windowResource } from '../window/window-files.ts';
import { type WindowService, windowService } from '../window/window-service.ts';
import { openBridge } from './bridge.ts';
import { lockPages, lockSession } from './lockdown.ts';
import { utilityTrainingHost } from './training-host.ts';
import { utilityPictureHost } from './utility-picture-host.ts';
import { isOwn, origin, scheme, webPreferences } from './window-origin.ts';

/** The Electron host: one window over one workstation. Built into `build/out/electron/main.js`. */
const { values: options } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  options: {
    data: { type: 'string', default: defaultDataFolder() },
    demo: { type: 'boolean', default: false },
  },
  // Chromium's own switches stand among ours.
  strict: false,
});
const dataFolder = String(options.data);
const built = join(import.meta.dirname, '..');

app.enableSandbox();
keepChromiumData(join(dataFolder, 'electron'));
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
lockPages();

let workstation: Workstation | undefined;
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', closeFirst);
  app.whenReady().then(open).catch(refuse);
} else {
  app.quit();
}

/** Puts Chromium's own files beside the workstation's, so that one app a data folder is also one app a lock. */
function keepChromiumData(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    app.setPath('userData', folder);
  } catch {
    // A folder that cannot be used is reported, in words, when the workstation opens it.
  }
}

async function open(): Promise<void> {
  usePictureReader(createPictureReader(utilityPictureHost(join(built, 'electron', 'pictures.js'))));
  workstation = await createWorkstation({
    dataFolder,
    demo: options.demo === true,
    version: app.getVersion(),
    trainingHost: utilityTrainingHost(join(built, 'electron', 'training.js')),
  });
  const service = windowService(workstation);
  lockSession(session.defaultSession);
  protocol.handle(scheme, (request) => serve(request, service));
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    width: 1280,
    height: 840,
    minWidth: 960,
    minHeight: 640,
    show: false,
    backgroundColor: '#10141a',
    webPreferences: webPreferences(join(built, 'electron', 'preload.cjs')),
  });
  openBridge(window, service);
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${origin}/`);
}

/** Serves the window's files and images; nothing else exists under the scheme. */
async function serve(request: Request, service: WindowService): Promise<Response> {
  if (request.method !== 'GET' || !isOwn(request.url)) return new Response(null, { status: 403 });
  const { pathname } = new URL(request.url);
  const { status, type, bytes } = await windowResource(pathname, join(built, 'renderer'), service.image);
  return new Response(new Uint8Array(bytes), { status, headers: { ...windowHeaders, 'Content-Type': type } });
}

/** Closes the workstation in order before the app goes. */
function closeFirst(event: Electron.Event): void {
  const closing = workstation;
  if (!closing) return;
  event.preventDefault();
  workstation = undefined;
  closing.close().finally(() => app.quit());
}

function refuse(thrown: unknown): void {
  const { code, detail } = errorRecord(thrown);
  const language = app.getLocale().startsWith('ja') ? 'ja' : 'en';
  const { title, cure } = describeError(code, detail, language, 'window');
  dialog.showErrorBox(title, `${cure}\n\n${code}`);
  app.exit(1);
}
