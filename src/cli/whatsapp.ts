import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { readCode } from '../channels/whatsapp/code-file.js';
import { readSettings } from '../config.js';
import { Refusal } from './refusal.js';

const LOOK_EVERY_MS = 500;

/** `portevoix whatsapp`: shows the code that logs WhatsApp Web in, until it was scanned. */
export function addWhatsApp(program: Command): void {
  program
    .command('whatsapp')
    .description('show the code to scan with the phone of the number, beside a running server')
    .action(async () => {
      const { dataDir } = readSettings();
      let shown = readCode(dataDir);
      if (shown === undefined) {
        throw new Refusal(
          'There is no code to scan: WhatsApp Web is logged in, still starting, or not turned on (WHATSAPP_TRANSPORT=web).',
        );
      }
      process.stdout.write(
        `On the phone of the number: WhatsApp > Linked devices > Link a device.\n\n${shown}`,
      );
      for (;;) {
        await sleep(LOOK_EVERY_MS);
        const next = readCode(dataDir);
        if (next === undefined) break;
        if (next !== shown) process.stdout.write(`\nA new code:\n\n${next}`);
        shown = next;
      }
      process.stdout.write('There is nothing to scan any more.\n');
    });
}
