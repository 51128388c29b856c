import { defineConfig, mergeConfig } from 'vitest/config';
import { PlainReporter } from './e2e/plain-reporter';
import base from './vite.config';

/** The unit tests, told in plain lines. */
export default mergeConfig(base, defineConfig({ test: { reporters: [new PlainReporter()] } }));
