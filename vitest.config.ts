import { defineConfig } from 'vitest/config';

/**
 * Tests run on real wires, so a file may hold sockets, child processes and pseudo-terminals:
 * each file gets its own process, and two run at once.
 */
export default defineConfig({
  test: {
    include: ['{src,drivers,simulators,tests,dashboards}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default'],
  },
});
