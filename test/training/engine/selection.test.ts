import { describe, expect, it } from 'vitest';
import { openEngine, selectEngine } from '../../../training/engine/index.ts';
import { candidates } from '../../../training/engine/selection/candidates.ts';
import { type DeviceReason, reasonFromLibrary } from '../../../training/engine/selection/device-reason.ts';
import { probeApart, probeHere } from '../../../training/engine/selection/probe.ts';
import { rank } from '../../../training/engine/selection/rank.ts';
import { expectedNorms, measureNorms, selfTest } from '../../../training/engine/selection/self-test.ts';
import type { Engine } from '../../../training/engine/types.ts';

const cpu = { engine: 'onnx', device: 'cpu' } as const;
const webgpu = { engine: 'onnx', device: 'webgpu' } as const;
const cuda = { engine: 'onnx', device: 'cuda' } as const;

describe('the self-test', () => {
  it('has the reference engine’s own numbers stored', async () => {
    const norms = await measureNorms(await openEngine({ engine: 'reference' }));
    expect(Object.keys(norms).sort()).toEqual(Object.keys(expectedNorms).sort());
    for (const [name, expected] of Object.entries(expectedNorms)) {
      expect(Math.abs(norms[name]! / expected - 1), name).toBeLessThan(1e-5);
    }
  });

  it('passes the CPU', async () => {
    expect(await selfTest(await openEngine({ engine: 'onnx' }))).toBeUndefined();
  });

  it('refuses a device that computes a little wrong, with the value that gave it away', async () => {
    const right = await openEngine({ engine: 'onnx' });
    const wrong: Engine = {
      ...right,
      compile: (fn, signature) =>
        right.compile((inputs) => {
          const outputs = fn(inputs);
          return { ...outputs, encoder: outputs.encoder!.mul(1.002) };
        }, signature),
    };
    expect((await selfTest(wrong))?.en).toMatch(/^wrong result: .* is .* and must be /);
  });
});

const refused = (text: string): DeviceReason => ({ en: text, ja: `${text} (ja)` });

describe('a reason from a driver', () => {
  it.each([
    ['CUDA driver version is insufficient for CUDA runtime version', 'too old', '古すぎます'],
    ['CUDA out of memory', 'memory is full', 'メモリー'],
    ['Failed to get a WebGPU adapter: no adapter', 'no GPU', 'グラフィックカード'],
    ['libcublasLt.so.12: cannot open shared object file', 'is not there', 'ライブラリー'],
    ['something nobody knows', 'something nobody knows', 'ドライバーからのメッセージ'],
  ])('says in both languages what “%s” means, and keeps it', (message, en, ja) => {
    const reason = reasonFromLibrary(message);
    expect(reason.en).toContain(en);
    expect(reason.ja).toContain(ja);
    for (const text of Object.values(reason)) expect(text).toContain(message);
  });
});

describe('device selection', () => {
  it('always has the CPU as a candidate, last', () => {
    expect(candidates().at(-1)).toEqual(cpu);
  });

  it('takes the fastest right device and says why it refused the others', () => {
    const tried = [
      { ...webgpu, ok: true, milliseconds: 2 },
      { ...cuda, ok: false, reason: refused('wrong result') },
      { ...cpu, ok: true, milliseconds: 9 },
    ];
    expect(rank(tried)).toEqual([
      { ...tried[0], chosen: true },
      { ...tried[1], chosen: false },
      { ...tried[2], chosen: false },
    ]);
  });

  it('does not take a right device that is slower than the CPU, and says so', () => {
    const reports = rank([
      { ...webgpu, ok: true, milliseconds: 40 },
      { ...cpu, ok: true, milliseconds: 9 },
    ]);
    expect(reports[0]).toMatchObject({
      chosen: false,
      ok: true,
      reason: { en: expect.stringMatching(/slower than the CPU/), ja: expect.stringMatching(/CPU より遅い/) },
    });
    expect(reports[1]).toMatchObject({ chosen: true });
  });

  it('takes none where none is right', () => {
    expect(rank([{ ...cpu, ok: false, reason: refused('broken') }]).some(({ chosen }) => chosen)).toBe(false);
  });

  it('opens what it chose', async () => {
    const { engine, devices } = await selectEngine({
      threads: 1,
      candidates: [webgpu, cpu],
      prober: async () => ({ ok: false, reason: refused('no adapter') }),
    });
    expect(engine).toMatchObject({ name: 'onnx', device: 'cpu (1 thread)' });
    expect(devices).toEqual([
      { ...webgpu, ok: false, reason: refused('no adapter'), chosen: false },
      { ...cpu, ok: true, milliseconds: expect.any(Number), threads: 1, chosen: true },
    ]);
  });

  it('fails with every reason where no device is right', async () => {
    const prober = async () => ({ ok: false, reason: refused('no adapter') });
    await expect(selectEngine({ candidates: [webgpu], prober })).rejects.toMatchObject({
      code: 'engine-device',
      detail: { problem: 'onnx webgpu: no adapter', problemJa: 'onnx webgpu: no adapter (ja)' },
    });
  });

  it('tests a device in a process of its own', async () => {
    expect(await probeApart(cpu, 1)).toEqual({ ok: true, milliseconds: expect.any(Number) });
    const missing = { engine: 'onnx', device: 'coreml' } as const;
    expect(await probeApart(process.platform === 'darwin' ? { ...missing, device: 'dml' } : missing)).toEqual(
      {
        ok: false,
        reason: { en: expect.stringMatching(/./), ja: expect.stringMatching(/[ぁ-んァ-ン一-龠]/) },
      },
    );
  });

  it('gives up on a device that does not answer', async () => {
    expect(await probeApart(cpu, 1, 1)).toEqual({
      ok: false,
      reason: { en: 'no answer within 0.001 s', ja: '0.001 秒以内に応答がありません' },
    });
  });

  it('reports each device of this machine', async () => {
    const { devices: reports } = await selectEngine({ threads: 1 });
    expect(reports.filter(({ chosen }) => chosen)).toHaveLength(1);
    for (const report of reports) expect(report.ok ? report.milliseconds : report.reason).toBeTruthy();
  });
});

describe('opening an engine by name', () => {
  it('refuses a device it does not know', async () => {
    const refused = {
      code: 'engine-device',
      detail: {
        device: 'tpu',
        problem: expect.stringMatching(/webgpu/),
        problemJa: expect.stringMatching(/webgpu/),
      },
    };
    await expect(openEngine({ engine: 'onnx', device: 'tpu' })).rejects.toMatchObject(refused);
    await expect(openEngine({ device: 'tpu' })).rejects.toMatchObject(refused);
    await expect(openEngine({ engine: 'tensorflow', device: 'tpu' })).rejects.toMatchObject({
      code: 'engine-device',
    });
  });

  const tensorflow = candidates().some(({ engine }) => engine === 'tensorflow');
  it.skipIf(tensorflow)('says that TensorFlow is not installed', async () => {
    await expect(openEngine({ engine: 'tensorflow' })).rejects.toMatchObject({
      code: 'engine-device',
      detail: {
        device: 'tensorflow gpu',
        problem: '@tensorflow/tfjs-node-gpu is not installed here',
        problemJa: '@tensorflow/tfjs-node-gpu がこの端末に入っていません',
      },
    });
  });

  it.skipIf(!tensorflow)('trains right on TensorFlow where it is installed', async () => {
    const installed = candidates().filter(({ engine }) => engine === 'tensorflow');
    const probes = await Promise.all(installed.map((candidate) => probeApart(candidate)));
    expect(probes.some(({ ok }) => ok)).toBe(true);
  });

  it('passes the thread count on', async () => {
    expect((await openEngine({ engine: 'onnx', threads: 2 })).device).toBe('cpu (2 threads)');
    expect(await probeHere(cpu, 1)).toMatchObject({ ok: true });
  });
});
