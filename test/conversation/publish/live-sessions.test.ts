import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channel, Inbound, Limits } from '../../../src/channels/channel.js';
import { createConversation, type Conversation } from '../../../src/conversation/conversation.js';
import { publishFlows } from '../../../src/conversation/publish/publish-flows.js';
import { reviewFlows } from '../../../src/conversation/publish/review-flows.js';
import { whoStands } from '../../../src/conversation/publish/who-stands.js';
import { createLog } from '../../../src/log.js';
import { openAddresses } from '../../../src/supporters/addresses.js';
import { openJournal } from '../../../src/supporters/journal.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { FIXTURE_ACTIONS } from '../../engine/fixture-library.js';
import { openStage, type Stage } from './stage.js';
import { freely } from '../../channels/freely.js';

const SESSIONS = 1_000;
const LIMITS: Limits = {
  text: 4_096,
  buttons: 10,
  buttonLabel: 64,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
};

const POLL = `title: Poll
purpose: service
content: neutral
starts_on: [{ command: start }]
steps:
  - collect: colour
    type: text
  - collect: town
    type: text
    checkpoint: true
  - collect: season
    type: text
  - say: thanks
    next: end
`;
const WORDS = `colour: { ask: Which colour? }
town: { ask: Which town? }
season: { ask: Which season? }
thanks: Thank you!
`;

let stage: Stage;
let supporters: Supporters;
let conversation: Conversation;
let last: Map<string, string>;
let alerts: number;
beforeEach(async () => {
  stage = await openStage();
  // A short flow for the first contact, in which people may move at one of the questions.
  stage.edit('flows/welcome.yaml', (text) => text.replace('command: start', 'command: begin'));
  writeFileSync(join(stage.folder, 'flows/poll.yaml'), POLL);
  for (const language of ['en', 'fr']) {
    writeFileSync(join(stage.folder, `locales/${language}/poll.yaml`), WORDS);
  }
  await stage.library.reload();
  supporters = openSupporters(stage.store.connection);
  await supporters.table.createIndexes();
  [last, alerts] = [new Map(), 0];
  const channel: Channel = {
    name: 'phone',
    limits: LIMITS,
    exact: false,
    async send(address, message) {
      if (message.type === 'text') last.set(address, message.text);
      return { type: 'sent' };
    },
    showTyping: () => undefined,
  };
  const { library } = stage;
  conversation = createConversation({
    supporters,
    addresses: openAddresses(stage.store.connection, supporters),
    journal: openJournal(stage.store.connection),
    channels: new Map([['phone', channel]]),
    actions: new Map([['email.confirm', async () => undefined]]),
    guard: async () => () => freely,
    lastActions: new Set(),
    log: createLog('silent'),
    owner: 'test',
    library: library.library,
    rules: library.rules,
    refresh: library.refresh,
    now: Date.now,
    met: () => undefined,
    turnsErased: async () => 0,
    observe: (turn) => {
      alerts += turn.alerts;
    },
  });
});
afterEach(async () => {
  await conversation.stop();
  await stage.close();
});

const addresses = Array.from({ length: SESSIONS }, (_, index) => `a${index}`);
/** What is answered from the beginning to the end, and who has come how far when the change comes. */
const ANSWERS = ['hello', 'blue', 'Rennes', 'spring'];
const groups = [
  { stood: 'colour', answered: 1, people: addresses.slice(0, 250) },
  { stood: 'town', answered: 2, people: addresses.slice(250, 750) },
  { stood: 'season', answered: 3, people: addresses.slice(750) },
];

let inputs = 0;
async function say(address: string, text: string): Promise<void> {
  inputs += 1;
  const inbound: Inbound = {
    channel: 'phone',
    address,
    id: `i${inputs}`,
    at: Date.now(),
    locale: 'en',
    input: { type: 'said', text },
  };
  expect(await conversation.receive(inbound)).toBe('taken');
}

async function answer(texts: readonly string[], people: readonly string[]): Promise<void> {
  for (const text of texts) {
    await Promise.all(people.map((address) => say(address, text)));
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(holds()).toBe(true);
}

describe('a change published under 1,000 live sessions', () => {
  test('loses none, and moves those that stand at a checkpoint', async () => {
    for (const { answered, people } of groups) await answer(ANSWERS.slice(0, answered), people);
    const before = stage.library.library().flow('poll')?.version ?? '';

    // The first question is gone, another is new, and the last words are others.
    stage.edit('flows/poll.yaml', (text) =>
      text
        .replace(/ {2}- collect: colour\n.*\n/, '')
        .replace(/( {2}- collect: )season(\n.*\n)/, '$1hour$2$1season$2'),
    );
    for (const language of ['en', 'fr']) {
      stage.edit(`locales/${language}/poll.yaml`, (text) =>
        text
          .replace(/colour.*\n/, 'hour: { ask: Which hour? }\n')
          .replace('Thank you!', 'Many thanks!'),
      );
    }
    const proposed = await stage.proposed('poll');
    const inForce = await stage.inForce();
    const review = await reviewFlows(inForce, [proposed], [], FIXTURE_ACTIONS);
    expect(review.problems).toEqual([]);
    const standing = await supporters.countStanding('poll');
    expect(whoStands(inForce, review, 'poll', proposed.words, standing)).toEqual([
      { version: before, step: 'town', sessions: 500, change: 'changed', moves: true },
      { version: before, step: 'colour', sessions: 250, change: 'vanished', moves: false },
      { version: before, step: 'season', sessions: 250, change: 'same', moves: false },
    ]);

    const by = { type: 'published', author: 'lea' } as const;
    expect((await publishFlows(stage.options, [proposed], by)).type).toBe('published');
    await stage.library.refresh();
    const after = stage.library.library().flow('poll')?.version ?? '';
    expect(after).not.toBe(before);

    for (const { answered, people } of groups)
      await answer(ANSWERS.slice(answered, answered + 1), people);
    expect(await supporters.countStanding('poll')).toEqual([
      { version: after, step: 'hour', sessions: 500 },
      // Reached on its old version, a checkpoint moves as well.
      { version: after, step: 'town', sessions: 250 },
    ]);
    for (const { stood, people } of groups) {
      if (stood === 'colour') await answer(['Rennes'], people);
      if (stood !== 'season') await answer(['noon', 'spring'], people);
    }

    expect(await supporters.countStanding('poll')).toEqual([]);
    await until(() => [...last.values()].every((text) => text.includes('hank')));
    expect(last.size).toBe(SESSIONS);
    for (const { stood, people } of groups) {
      const words = stood === 'season' ? 'Thank you!' : 'Many thanks!';
      for (const address of people) expect(last.get(address)).toBe(words);
    }
    expect(alerts).toBe(0);
  }, 120_000);
});
