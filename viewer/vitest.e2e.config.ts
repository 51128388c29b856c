import { defineConfig } from 'vitest/config';
import { PlainReporter } from './e2e/plain-reporter.ts';

/** Browser tests against the server that RISKBILD_URL names, one at a time: they share one browser. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: [new PlainReporter()],
  },
});
