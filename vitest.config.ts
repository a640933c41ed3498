import { defineConfig } from 'vitest/config';

/** Timeouts catch what hangs, and nothing else: the slowest machine under load is far from ten minutes. */
const hang = 600_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/own-temporary-folder.ts'],
    pool: 'forks',
    // Two cores are the smallest machine this must run on, and most suites start processes of their own.
    maxWorkers: 2,
    // Tests load ONNX Runtime by themselves, too; the product switches its telemetry off where it loads it.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    testTimeout: hang,
    hookTimeout: hang,
    teardownTimeout: hang,
  },
});
