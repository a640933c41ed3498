import { describe, expect, it } from 'vitest';
import { openEngine } from '../../training/engine/index.ts';
import { workWatch } from './stopwatch.ts';

describe('seconds of work', () => {
  it('are those of the processor where the engine computes on it: waiting costs nothing', async () => {
    const engine = await openEngine({ engine: 'onnx', threads: 1 });
    const [work, wall] = [workWatch(engine.device), workWatch('webgpu')];
    // Waits without working, as a paused process does.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    expect(wall()).toBeGreaterThan(0.39);
    expect(work()).toBeLessThan(0.3);
    await engine.dispose();
  });
});
