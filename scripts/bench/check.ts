// How long `portevoix flows check` takes on a large campaign, from the shell, cold.
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

async function main(): Promise<void> {
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'portevoix-check-')));
  try {
    await writeCampaign(folder, Number(values.flows), Number(values.steps));
    const wallMs = median(Array.from({ length: Number(values.rounds) }, () => check(folder)));
    const result = { flows: Number(values.flows), steps: Number(values.steps), wallMs };
    process.stdout.write(
      values.json
        ? `${JSON.stringify(result)}\n`
        : `${values.flows} flows of ${values.steps} steps in 2 languages: ${wallMs.toFixed(0)} ms\n`,
    );
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Checks once, in a process of its own; gives the milliseconds it took. */
function check(folder: string): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [values.cli, 'flows', 'check', join(folder, 'flows')],
    { encoding: 'utf8' },
  );
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`the check found problems: ${stdout}${stderr}`);
  return wallMs;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

void main();
