import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { probeDevices } from '../../../main/jobs/probe-devices.ts';
import { JobStopped } from '../../../main/jobs/stopped.ts';

const faulty = forkTrainingHost({
  entry: fileURLToPath(new URL('support/faulty-drivers.ts', import.meta.url)),
});

function options(limitMilliseconds?: number) {
  const fractions: number[] = [];
  const stop = new AbortController();
  return {
    fractions,
    stop,
    abort: stop.signal,
    progress: (fraction: number) => {
      fractions.push(fraction);
    },
    ...(limitMilliseconds !== undefined && { limitMilliseconds }),
  };
}

describe('testing the devices of a machine', () => {
  it('finds the CPU right and chooses exactly one device', async () => {
    const devices = await probeDevices(forkTrainingHost(), options());
    expect(devices.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(devices.at(-1)).toMatchObject({
      engine: 'onnx',
      device: 'cpu',
      ok: true,
      threads: expect.any(Number),
    });
  });

  it('outlives a driver that crashes and one that hangs, and names what they did', async () => {
    const asked = options(1500);
    const [webgpu, cuda, cpu] = await probeDevices(faulty, asked);
    expect(webgpu).toMatchObject({
      ok: false,
      reason: {
        en: expect.stringMatching(/ended the process \(SIGKILL/),
        ja: expect.stringMatching(/SIGKILL/),
      },
    });
    expect(cuda).toMatchObject({
      ok: false,
      reason: { en: 'no answer within 1.5 s', ja: '1.5 秒以内に応答がありません' },
    });
    expect(cpu).toMatchObject({ ok: true, chosen: true });
    expect(asked.fractions).toEqual([0, 1 / 3, 2 / 3]);
  });

  it('stops while a device hangs', async () => {
    const asked = options(60_000);
    const probing = probeDevices(faulty, {
      ...asked,
      progress: (fraction) => {
        if (fraction > 0) asked.stop.abort();
      },
    });
    await expect(probing).rejects.toBeInstanceOf(JobStopped);
  });
});
