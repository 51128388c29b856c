// Starts the example county on a free port, runs a command with its address in RISKBILD_URL, and ends it again.
// RISKBILD names the program; by default the release build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = process.env.RISKBILD ?? fileURLToPath(new URL('../../build/release/riskbild', import.meta.url));
const viewer = fileURLToPath(new URL('../dist', import.meta.url));
const longestStart = 120_000;

const folder = await mkdtemp(join(tmpdir(), 'riskbild-browser-tests-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn(program, ['demo', '--port', String(port), '--viewer', viewer, '--store', join(folder, 'county.gpkg')], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(server, 'exit').catch((error) => [String(error)]);

try {
  await answers(url);
  const [command = 'true', ...options] = process.argv.slice(2);
  const tests = spawn(command, options, { stdio: 'inherit', env: { ...process.env, RISKBILD_URL: url } });
  [process.exitCode] = await once(tests, 'exit');
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(url) {
  const until = Date.now() + longestStart;
  let gone = null;
  void ended.then((how) => (gone = how));
  while (Date.now() < until) {
    if (gone !== null) throw new Error(`${program} ended before it answered (${gone.join(' ')})`);
    const response = await fetch(`${url}/api/v1/health`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${program} did not answer at ${url} within ${longestStart / 1000} s`);
}
