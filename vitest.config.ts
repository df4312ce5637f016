import { defineConfig } from 'vitest/config';

/** One project per room, so that a test runs in the environment its code runs in. */
export default defineConfig({
  test: {
    projects: [
      // Thousands of random cases, or 20,000 calls, take their time on a busy machine.
      {
        test: {
          name: 'core',
          environment: 'node',
          include: ['test/unit/core/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'sdk',
          environment: 'jsdom',
          include: ['test/unit/sdk/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'collector',
          environment: 'node',
          include: ['test/unit/collector/**/*.test.ts', 'test/contract/**/*.test.ts'],
          // Real processes and real disks: five times what the longest of them takes where nothing else goes on.
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      { test: { name: 'console', environment: 'jsdom', include: ['test/unit/console/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts', 'test/unit/scripts/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
