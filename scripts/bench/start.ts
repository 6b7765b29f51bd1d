// A first start: from `npm start` after a build, on an empty data folder, until it is ready; and what
// the idle server holds in memory. Medians of several starts.
//   node --import tsx scripts/bench/start.ts [--json]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/program/launch.js';

const STARTS = 3;
const IDLE_MS = 8_000;

async function main(): Promise<void> {
  const starts = [];
  for (let index = 0; index < STARTS; index += 1) starts.push(await start());
  const result = {
    readySeconds: median(starts.map(({ readySeconds }) => readySeconds)),
    idleMegabytes: median(starts.map(({ idleMegabytes }) => idleMegabytes)),
  };
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result));
    return;
  }
  console.log(`npm start on an empty data folder: ready in ${result.readySeconds.toFixed(1)} s`);
  console.log(`  idle, ${IDLE_MS / 1_000} s later: ${result.idleMegabytes.toFixed(0)} MB resident`);
}

async function start(): Promise<{ readySeconds: number; idleMegabytes: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const port = await freePort();
  const began = performance.now();
  // In a process group of its own, so that npm and what it starts end together.
  const npm = spawn('npm', ['start'], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
  });
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) break;
      if (npm.exitCode !== null) throw new Error('npm start ended before it was ready.');
      await sleep(20);
    }
    const readySeconds = (performance.now() - began) / 1_000;
    await sleep(IDLE_MS);
    return { readySeconds, idleMegabytes: residentMegabytes(npm.pid ?? 0) };
  } finally {
    if (npm.pid !== undefined) process.kill(-npm.pid, 'SIGTERM');
    await new Promise((resolve) => npm.once('exit', resolve));
    await sleep(500);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Memory of the largest process of a group: the server; npm and its shell only wait for it. */
function residentMegabytes(group: number): number {
  const sizes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        if (Number(stat[2]) !== group) return 0;
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const isNpm = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('npm');
        return isNpm ? 0 : Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
      } catch {
        // It ended while it was looked at.
        return 0;
      }
    });
  return Math.max(...sizes);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

void main();
