import type { Command } from 'commander';
import { readSettings } from '../config.js';
import { findSecretKey } from '../secrets.js';
import { webhookKey } from '../supporters/call-webhook.js';
import { Refusal } from './refusal.js';

/** `portevoix webhook key`: what the program that a flow calls needs, to know that the call is ours. */
export function addWebhook(program: Command): void {
  program
    .command('webhook')
    .description('other programs that flows call')
    .command('key')
    .description('print the key under which the calls to a webhook are signed')
    .argument('<name>', 'as WEBHOOKS names it')
    .option('--json', 'print it as JSON')
    .action((name: string, { json }: { json?: boolean }) => {
      const { webhooks, dataDir, secretKey } = readSettings();
      if (!webhooks.has(name)) throw new Refusal(`WEBHOOKS has no webhook "${name}".`);
      const key = webhookKey(findSecretKey(dataDir, secretKey), name);
      process.stdout.write(`${json === true ? JSON.stringify({ name, key }) : key}\n`);
    });
}
