import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { MessageActivity, OpenQuestion } from '../../src/channels/webchat/protocol.js';
import {
  exportSupporters,
  type ExportedSupporter,
} from '../../src/supporters/exchange/export-supporters.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { openStore } from '../../src/store/connection.js';
import { verify } from '../../src/store/embedded/verify.js';
import { launch, type Launched } from './launch.js';
import { seeded } from './seeded.js';
import { openVisitor, type Visitor } from './visitor.js';

const KILLS = Number(process.env['KILLS'] ?? 20);
const AT_ONCE = 16;
/** Another seed kills at other moments. */
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_314);

/** What a visitor was told is saved. */
type Acknowledged = { email?: string; postal_code?: string; consents: Map<string, boolean> };

function questionOf(message: MessageActivity | undefined): OpenQuestion | undefined {
  return message?.channelData?.portevoix;
}

function lastQuestion(messages: readonly MessageActivity[]): OpenQuestion | undefined {
  const ours = messages.filter(({ from }) => from.role === 'bot');
  return questionOf(ours.at(-1));
}

/** Walks through `welcome` to its end, noting each answer once its POST was answered with 200. */
async function walk(visitor: Visitor, name: string): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { consents: new Map() };
  let answered = 0;
  for (;;) {
    // The echo of every answer, and after the last of them a word of ours: a question, or the end.
    const messages = await visitor.waitFor((all) => {
      const theirs = all.filter(({ from }) => from.role !== 'bot');
      const isOurs = all.at(-1)?.from.role === 'bot';
      const asks = lastQuestion(all) !== undefined;
      return theirs.length === answered && isOurs && (asks || answered > 0);
    });
    const question = lastQuestion(messages);
    if (question === undefined) return acknowledged;
    answered += 1;
    switch (question.answer) {
      case 'email':
        await visitor.say(`${name}@exemple.org`);
        acknowledged.email = `${name}@exemple.org`;
        break;
      case 'postal_code':
        await visitor.say('75011');
        acknowledged.postal_code = '75011';
        break;
      case 'yes_no':
        await visitor.say('oui');
        acknowledged.consents.set(
          acknowledged.consents.size === 0 ? 'engagement' : 'newsletter',
          true,
        );
        break;
      default:
        await visitor.say('1');
    }
  }
}

/** Every answer acknowledged so far is in the profile, found by the web address. */
async function expectKept(
  launched: Launched,
  conversations: readonly { visitor: Visitor; acknowledged: Acknowledged }[],
): Promise<void> {
  const store = await openStore({ dataDir: launched.dataDir });
  try {
    const { connection } = store;
    const profiles = new Map<string, ExportedSupporter[]>();
    const supporters = openSupporters(connection);
    const rows = exportSupporters(supporters, openAddresses(connection, supporters));
    for await (const row of rows) {
      for (const { address } of row.addresses) {
        profiles.set(address, [...(profiles.get(address) ?? []), row]);
      }
    }
    for (const { visitor, acknowledged } of conversations) {
      const owners = profiles.get(visitor.conversation) ?? [];
      expect(owners).toHaveLength(1);
      const profile = owners[0];
      if (acknowledged.email !== undefined) expect(profile?.email).toBe(acknowledged.email);
      if (acknowledged.postal_code !== undefined) {
        expect(profile?.postal_code).toBe(acknowledged.postal_code);
      }
      for (const [purpose, given] of acknowledged.consents) {
        const records = profile?.consents.filter((consent) => consent.purpose === purpose) ?? [];
        expect(records).toHaveLength(1);
        expect(records[0]).toMatchObject({ given, language: 'fr' });
        expect(records[0]?.wording).not.toBe('');
      }
    }
  } finally {
    await store.close();
  }
}

/** Reading from any watermark gives what reading from the start gives after it, each id once. */
async function expectExact({ visitor }: { visitor: Visitor }): Promise<void> {
  const { messages, watermark } = await visitor.read();
  const ids = messages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const clientIds = messages.flatMap(({ channelData }) => channelData?.clientActivityID ?? []);
  expect(new Set(clientIds).size).toBe(clientIds.length);
  for (let from = 0; from <= watermark; from += 3) {
    const rest = await visitor.read(from);
    expect(rest.messages.map(({ id }) => id)).toEqual(ids.slice(from));
  }
}

test('loses no answer, no question and no message when it is killed at random moments', async () => {
  const random = seeded(SEED);
  const launched = await launch({ RATE_LIMITS: 'off' });
  try {
    const finished: { visitor: Visitor; acknowledged: Acknowledged }[] = [];
    let killing = true;
    let started = 0;
    const crowd = Array.from({ length: AT_ONCE }, async () => {
      // Each place in the crowd is taken again as long as the killing goes on.
      do {
        started += 1;
        const name = `v${started}`;
        const visitor = await openVisitor(launched.url);
        finished.push({ visitor, acknowledged: await walk(visitor, name) });
      } while (killing);
    });
    const everybody = Promise.all(crowd);
    everybody.catch(() => undefined);
    for (let kills = 0; kills < KILLS; kills += 1) {
      await sleep(50 + random() * 700);
      await launched.kill('SIGKILL');
      await launched.restart();
    }
    killing = false;
    await everybody;

    expect(finished.length).toBeGreaterThanOrEqual(AT_ONCE);
    for (const { acknowledged } of finished) {
      expect(acknowledged.email).toBeDefined();
      expect(acknowledged.consents.get('engagement')).toBe(true);
    }
    await expectKept(launched, finished);
    for (const conversation of finished) await expectExact(conversation);

    // The store itself is sound: every index agrees with its documents.
    await launched.kill('SIGKILL');
    expect((await verify(launched.dataDir)).faults).toEqual([]);
  } finally {
    await launched.remove();
  }
}, 600_000);
