import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import type { EngineChoice, ProbeResult } from '../../training/process/messages.ts';
import type { Api } from '../api/contract.ts';
import type { DeviceView } from '../api/views.ts';
import type { Store } from '../store/store.ts';
import { type Context, settingNames } from './context.ts';

type Chosen = Pick<DeviceView, 'engine' | 'device'>;

/** What jobs run on: the person's choice, else the fastest device as it was probed, else what the training process finds. */
export function engineChoice(store: Store, threads?: number): EngineChoice {
  const inUse = deviceViews(store).devices.find(({ chosen }) => chosen);
  return {
    ...(inUse && { engine: inUse.engine, device: inUse.device }),
    ...(threads !== undefined && { threads }),
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

export interface DeviceService extends Pick<Api, 'devices.probe' | 'devices.choose'> {
  /** Tests the devices in the background when that was never done. */
  probeOnce(): Promise<void>;
}

export function deviceService(context: Context): DeviceService {
  const { store, supervisor, activity, changed, stops } = context;

  async function probe(): Promise<DeviceView[]> {
    const id = randomUUID();
    const stop = new AbortController();
    stops.add(stop);
    const probing = activity.during({ id, kind: 'probe', phase: 'probing' }, async (job) => {
      const result = await supervisor.run(
        { kind: 'probe', id, plan: null, engine: {} },
        { progress: ({ phase, fraction }) => job.update({ phase, fraction }) },
        stop.signal,
      );
      store.settings.set(settingNames.devices, (result as ProbeResult).devices);
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
            problem: found?.reason ?? 'not found on this machine',
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
