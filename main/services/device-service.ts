import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import { deviceReasons, reasonInError } from '../../training/engine/selection/device-reason.ts';
import type { EngineChoice } from '../../training/process/messages.ts';
import type { Api } from '../api/contract.ts';
import type { DeviceView } from '../api/views.ts';
import { probeDevices } from '../jobs/probe-devices.ts';
import type { TrainingHost } from '../jobs/training-connection.ts';
import type { Store } from '../store/store.ts';
import { type Context, settingNames } from './context.ts';

type Chosen = Pick<DeviceView, 'engine' | 'device'>;

/** Engine and device for jobs: the person's choice, else the fastest as it was probed, and the CPU until then. */
export function chosenEngine(store: Store, threads?: number): EngineChoice {
  const inUse = deviceViews(store).devices.find(({ chosen }) => chosen);
  const count = threads ?? inUse?.threads;
  return {
    engine: inUse?.engine ?? 'onnx',
    device: inUse?.device ?? 'cpu',
    ...(count !== undefined && { threads: count }),
  };
}

/** The devices as last tested, with the one in use marked, and whether that was chosen by speed. */
export function deviceViews(store: Store): { devices: DeviceView[]; automatic: boolean } {
  const devices = store.settings.get<DeviceView[]>(settingNames.devices) ?? [];
  const choice = store.settings.get<Chosen | null>(settingNames.device) ?? undefined;
  const same = (device: DeviceView) => device.engine === choice?.engine && device.device === choice.device;
  if (!choice || !devices.some((device) => device.ok && same(device))) return { devices, automatic: true };
  return { devices: devices.map((device) => ({ ...device, chosen: same(device) })), automatic: false };
}

interface DeviceService extends Pick<Api, 'devices.probe' | 'devices.choose'> {
  /** Tests the devices in the background when that was never done. */
  probeOnce(): Promise<void>;
}

export function deviceService(context: Context, trainingHost: TrainingHost): DeviceService {
  const { store, activity, changed, stops } = context;

  async function probe(): Promise<DeviceView[]> {
    const id = randomUUID();
    const stop = new AbortController();
    stops.add(stop);
    const probing = activity.during({ id, kind: 'probe', phase: 'probing' }, async (job) => {
      const devices = await probeDevices(trainingHost, {
        abort: stop.signal,
        progress: (fraction) => job.update({ fraction }),
      });
      store.settings.set(settingNames.devices, devices);
    });
    await probing.finally(() => stops.delete(stop));
    changed();
    return deviceViews(store).devices;
  }

  return {
    'devices.probe': probe,
    'devices.choose': async ({ engine, device }) => {
      if (engine === null) store.settings.set(settingNames.device, null);
      else {
        const named = deviceViews(store).devices.filter((view) => view.engine === engine);
        const found =
          device === null ? named.find(({ ok }) => ok) : named.find((view) => view.device === device);
        if (!found?.ok)
          throw new FedReconError('engine-device', {
            device: device ?? engine,
            ...reasonInError(found?.reason ?? deviceReasons.absent),
          });
        store.settings.set(settingNames.device, { engine: found.engine, device: found.device });
      }
      changed();
      return deviceViews(store).devices;
    },
    probeOnce: async () => {
      if (store.settings.get(settingNames.devices) === undefined) await probe();
    },
  };
}
