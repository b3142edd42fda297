import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks', // @tensorflow/tfjs-node is a native addon: one process per test file, never a thread
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true }, // a loop over nothing, a callback that is never called: such a test cannot fail
  },
});
