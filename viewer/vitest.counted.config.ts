import { defineConfig, mergeConfig } from 'vitest/config';
import { PlainReporter } from './e2e/plain-reporter.ts';
import base from './vite.config.ts';

/** The unit tests, told in plain lines. */
export default mergeConfig(base, defineConfig({ test: { reporters: [new PlainReporter()] } }));
