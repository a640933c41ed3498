import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge, CallAnswer, WorkstationEvent } from '../api/contract.ts';
import { channels } from './channels.ts';

/** Functions that the window gets: six by name, never `ipcRenderer` or an event object. */
const bridge: Required<Bridge> = {
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input) as Promise<CallAnswer>,
  subscribe(listener) {
    const receive = (_event: IpcRendererEvent, event: WorkstationEvent) => listener(event);
    ipcRenderer.on(channels.event, receive);
    return () => {
      ipcRenderer.removeListener(channels.event, receive);
    };
  },
  notify: (title, body) => {
    void ipcRenderer.invoke(channels.notify, title, body);
  },
  mayNotify: async () => true,
  startAtLogin: (on) => ipcRenderer.invoke(channels.startAtLogin, on) as Promise<boolean | null>,
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder) as Promise<string | undefined>,
};

contextBridge.exposeInMainWorld('fedrecon', bridge);
