import { defineConfig } from 'vitest/config';
// For the processes that tests start.
import './protocol/compiled-code.ts';

/** Timeouts catch what hangs, and nothing else: the slowest machine under load is far from ten minutes. */
const hang = 600_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/own-temporary-folder.ts', 'test/support/seeded-properties.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    pool: 'forks',
    // Two cores are the smallest machine this must run on; the third worker runs while others wait for processes.
    maxWorkers: 3,
    // A worker loads TensorFlow.js and its other modules once, not once a file: test files share no other state.
    isolate: false,
    // Tests load ONNX Runtime by themselves, too; the product switches its telemetry off where it loads it.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    testTimeout: hang,
    hookTimeout: hang,
    teardownTimeout: hang,
  },
});
