import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  FAULT_LEVELS,
  REHEARSED,
  type FaultLevel,
  type Rehearsed,
} from '../rehearsal/rehearsal.js';

type Options = {
  readonly supporters: number;
  readonly channel: readonly Rehearsed[];
  readonly faults: FaultLevel;
  readonly kills: number;
  readonly processes?: true;
  readonly telegramRate: number;
  readonly whatsappRate: number;
  readonly html?: string;
  readonly keep?: true;
  readonly json?: true;
};

/** `portevoix rehearse`: a dress rehearsal of election day. */
export function addRehearse(program: Command): void {
  program
    .command('rehearse')
    .description(
      'a dress rehearsal of election day: sends a reminder to simulated supporters on simulated networks, with limits, faults and kills, and compares what arrived with what was planned; touches no data of yours',
    )
    .option('--supporters <n>', 'how many', whole(1, 10_000_000), 1_000)
    .addOption(
      new Option('--channel <name...>', 'where they are')
        .choices(REHEARSED)
        .default([...REHEARSED]),
    )
    .addOption(
      new Option('--faults <level>', 'how much goes wrong').choices(FAULT_LEVELS).default('some'),
    )
    .option('--kills <n>', 'processes of ours that are killed meanwhile', whole(0, 1_000), 0)
    .option(
      '--processes',
      'a store, one process for the web and two workers, instead of one for all',
    )
    .option('--telegram-rate <n>', 'messages a second that Telegram allows', whole(1, 1_000), 30)
    .option('--whatsapp-rate <n>', 'messages a second that WhatsApp allows', whole(1, 1_000), 80)
    .option('--html <file>', 'write a page with plots, too')
    .option('--keep', 'keep the folder with its data and logs')
    .option('--json', 'print the report as JSON')
    .action(rehearse);
}

async function rehearse(options: Options): Promise<void> {
  const { runRehearsal } = await import('../rehearsal/run-rehearsal.js');
  const folder = await mkdtemp(join(tmpdir(), 'portevoix-rehearsal-'));
  const tell = (what: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
  };
  let isKept = options.keep === true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(130));
  try {
    const result = await runRehearsal({
      rehearsal: {
        supporters: options.supporters,
        channels: REHEARSED.filter((one) => options.channel.includes(one)),
        faults: options.faults,
        kills: options.kills,
        processes: options.processes === true,
        rates: { telegram: options.telegramRate, whatsapp: options.whatsappRate },
      },
      folder,
      tell,
    });
    tell('');
    const { isPassed } = await import('../rehearsal/result.js');
    const { resultAsJson } = await import('../rehearsal/report/as-json.js');
    const { resultAsText } = await import('../rehearsal/report/as-text.js');
    const { write } = await import('./write.js');
    await write(
      options.json === true ? `${JSON.stringify(resultAsJson(result))}\n` : resultAsText(result),
    );
    if (options.html !== undefined) {
      const { resultAsPage } = await import('../rehearsal/report/as-page.js');
      await writeFile(options.html, resultAsPage(result));
    }
    if (!isPassed(result)) process.exitCode = 1;
  } catch (error) {
    // Whoever looks into it needs the logs.
    isKept = true;
    throw error;
  } finally {
    if (isKept) process.stderr.write(`Kept: ${folder}\n`);
    else await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a whole number within bounds. */
function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
