import type { DeviceView } from '../../../main/api/views.ts';
import { settingNames } from '../../../main/services/context.ts';
import { openStore } from '../../../main/store/store.ts';

const processor: DeviceView = { engine: 'onnx', device: 'cpu', ok: true, chosen: true };

/**
 * Notes in a data folder that its devices were tested and the CPU chosen: an app on a folder without the note starts
 * a training process for each device of the machine, which is the subject of a few tests only. The tour of the first start
 * was seen.
 * @returns the folder
 */
export async function withTestedDevices(dataFolder: string): Promise<string> {
  const store = await openStore(dataFolder);
  if (store.settings.get(settingNames.devices) === undefined)
    store.settings.set(settingNames.devices, [processor]);
  if (store.settings.get(settingNames.window) === undefined)
    store.settings.set(settingNames.window, { toured: true });
  store.close();
  return dataFolder;
}
