import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  worker: { format: 'es' }, // MapLibre's worker is a module
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // everything is a file of its own with a hash in its name
    chunkSizeWarningLimit: 1500, // MapLibre alone is 1 MB
  },
  server: {
    proxy: {
      '/api': process.env.RISKBILD_URL ?? 'http://127.0.0.1:8080',
      '/tiles': process.env.RISKBILD_URL ?? 'http://127.0.0.1:8080',
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
