import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Accepted } from '../rehearsal.js';
import { faultsOf } from './faults.js';
import type { NetworkOptions } from './network.js';
import type { NetworkServer } from './network-server.js';
import type { News, Order, ServersOptions, Simulated } from './orders.js';
import { newTally, type NetworkTally } from './tally.js';
import { startTelegram } from './telegram.js';
import { startWhatsApp } from './whatsapp.js';

const COUNTED_EVERY_MS = 100;
/** So many people write in a second, on one network. */
const WRITE_PER_SECOND = 2;
const MOST_TALKATIVE = 0.05;

/** The process of the simulated networks: nothing of the program runs in it. */
async function main(): Promise<void> {
  const options: ServersOptions = JSON.parse(process.argv[2] ?? '');
  const faults = faultsOf(options.faults);
  const file = createWriteStream(options.acceptedFile);
  const servers = new Map<Simulated, NetworkServer>();
  const tallies: { [network in Simulated]?: NetworkTally } = {};
  let webhookUrl: string | undefined;
  let accepted = 0;
  let isQuiet = false;

  function optionsFor(channel: Simulated, perSecond: number): NetworkOptions {
    const tally = newTally();
    tallies[channel] = tally;
    return {
      perSecond,
      faults,
      reminders: new Set(options.reminders),
      talkative: () => (isQuiet ? 0 : Math.min(MOST_TALKATIVE, WRITE_PER_SECOND / perSecond)),
      tally,
      accepted(address, at) {
        accepted += 1;
        const line: Accepted = { channel, address, at };
        file.write(`${JSON.stringify(line)}\n`);
      },
      random: Math.random,
    };
  }

  const { telegram, whatsapp } = options.networks;
  if (telegram !== undefined) {
    const about = optionsFor('telegram', telegram.perSecond);
    servers.set('telegram', await startTelegram(options.telegramToken, about));
  }
  if (whatsapp !== undefined) {
    const { phoneNumberId, appSecret } = options;
    const about = optionsFor('whatsapp', whatsapp.perSecond);
    const more = { phoneNumberId, appSecret, webhookUrl: () => webhookUrl };
    servers.set('whatsapp', await startWhatsApp({ ...about, ...more }));
  }

  async function end(): Promise<void> {
    for (const server of servers.values()) await server.close();
    file.end();
    await once(file, 'finish');
    tell({ type: 'ended', tallies });
    process.disconnect();
  }

  process.on('message', (order: Order) => {
    switch (order.type) {
      case 'webhook':
        webhookUrl = order.url;
        return;
      case 'go_away':
        void servers.get(order.network)?.goAway(faults.outageMs);
        return;
      case 'quiet':
        isQuiet = true;
        return;
      case 'end':
        void end();
        return;
      default:
        order satisfies never;
    }
  });
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit(0));
  setInterval(() => {
    const unanswered = Object.values(tallies).reduce(
      (sum, { asked, answeredInMs }) => sum + asked - answeredInMs.length,
      0,
    );
    tell({ type: 'counted', accepted, unanswered });
  }, COUNTED_EVERY_MS).unref();
  const urls = Object.fromEntries([...servers].map(([network, { url }]) => [network, url]));
  tell({ type: 'ready', urls });
}

function tell(news: News): void {
  if (process.connected) process.send?.(news);
}

void main();
