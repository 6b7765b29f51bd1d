// How long `portevoix flows check` takes on a large campaign, from the shell, and the CPU time it uses.
//   node --import tsx scripts/bench/check.ts [--json] [--flows 200] [--steps 50] [--rounds 5]
//     [--keep DIR] [--cli dist/cli.js]
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCampaign } from './check/write-campaign.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    flows: { type: 'string', default: '200' },
    steps: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'string' },
    cli: { type: 'string', default: join(__dirname, '..', '..', 'dist', 'cli.js') },
  },
});

/** Writes the CPU milliseconds of a process to its standard error as it ends. */
const TELL_CPU = join(__dirname, 'check', 'tell-cpu.cjs');

async function main(): Promise<void> {
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'portevoix-check-')));
  try {
    await writeCampaign(folder, Number(values.flows), Number(values.steps));
    const rounds = Array.from({ length: Number(values.rounds) }, () => check(folder));
    const wallMs = median(rounds.map((round) => round.wallMs));
    const cpuMs = median(rounds.map((round) => round.cpuMs));
    const result = { flows: Number(values.flows), steps: Number(values.steps), wallMs, cpuMs };
    process.stdout.write(
      values.json
        ? `${JSON.stringify(result)}\n`
        : `${values.flows} flows of ${values.steps} steps in 2 languages: ${wallMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of CPU\n`,
    );
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Checks once, in a process of its own; gives the milliseconds it took, start and end included. */
function check(folder: string): { readonly wallMs: number; readonly cpuMs: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', TELL_CPU, values.cli, 'flows', 'check', join(folder, 'flows')],
    { encoding: 'utf8' },
  );
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`the check found problems: ${stdout}${stderr}`);
  return { wallMs, cpuMs: Number(stderr) };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

void main();
