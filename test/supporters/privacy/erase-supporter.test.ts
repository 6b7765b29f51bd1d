import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { createMerging } from '../../../src/supporters/merge/merge-supporters.js';
import { ERASE } from '../../../src/supporters/privacy/erase-supporter.js';
import { emailPlace, phonePlace } from '../../../src/supporters/opt-outs.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import {
  openRightsCampaign,
  until,
  type Process,
  type RightsCampaign,
} from '../../conversation/rights-campaign.js';

const GREETING = 'assistant automatique de Demain Saint-Martin';

let campaign: RightsCampaign;
let process: Process;
/** What another domain keeps, by supporter. */
let kept: Map<string, string>;
beforeEach(async () => {
  campaign = await openRightsCampaign();
  kept = new Map();
  campaign.others.push({
    name: 'shifts',
    exportOf: async (supporter) => kept.get(supporter) ?? null,
    erase: async (supporter) => void kept.delete(supporter),
  });
  process = campaign.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await campaign.close();
});

/** What somebody tells of themselves, different for each name. */
type Person = {
  readonly emails: readonly string[];
  readonly phone: string;
  readonly words: string;
};
const LEA: Person = {
  emails: ['lea.premiere@exemple.org', 'lea.seconde@exemple.org'],
  phone: '+33612345678',
  words: 'le nid-de-poule de la rue Haute',
};

/** Somebody tells everything, changes the e-mail address, and asks for a person of the team. */
async function meet(person: Person, address = 'c1'): Promise<SupporterRecord> {
  const say = (text: string) => campaign.say(process, text, address);
  for (const email of person.emails) {
    await say('bonjour');
    await say('oui');
    await say(email);
    await say(person.phone);
    await say(person.words);
    await campaign.hear('Merci !', address);
  }
  await say('une personne');
  await say(`venez voir ${person.words}`);
  await campaign.sendPhoto(process, address);
  await until(async () => (await campaign.recordOf(address)).outbox.length === 0);
  const record = await campaign.recordOf(address);
  expect(record).toMatchObject({ email: person.emails.at(-1), phone: person.phone });
  kept.set(record._id, person.words);
  return record;
}

/** Everything that is stored anywhere, and speaks of somebody. */
async function traces(person: Person, supporter: string): Promise<string[]> {
  const wanted = [...person.emails, person.phone, person.words, supporter];
  const found: string[] = [];
  const look = (where: string, text: string): void => {
    for (const one of wanted) if (text.includes(one)) found.push(`${where}: ${one}`);
  };
  for (const [name, rows] of await campaign.documents()) for (const row of rows) look(name, row);
  const folder = join(campaign.dataDir, 'mail');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const mail = readFileSync(join(folder, name), 'utf8');
    // A mail to the team names somebody by a reference alone.
    look('mail', mail);
  }
  if (kept.has(supporter)) found.push('shifts');
  return found;
}

async function isOptedOut({ emails, phone }: Person, address = 'c1'): Promise<boolean[]> {
  const places = [...emails.map(emailPlace), phonePlace(phone), `web:${address}`];
  const { optOuts } = campaign.people;
  return Promise.all(places.map(async (place) => (await optOuts.latest([place])) !== undefined));
}

describe('somebody who asks in chat to be erased', () => {
  test('is asked first, and loses nothing by saying no', async () => {
    const before = await meet(LEA);
    await campaign.say(process, 'mes données');
    await campaign.choose(process, 'erase');
    await campaign.hear('Tout effacer, pour de bon ?');
    await campaign.say(process, 'non');
    await campaign.hear('Rien n’est effacé.');
    expect(await campaign.recordOf()).toMatchObject({ _id: before._id, email: before.email });
    expect(await isOptedOut(LEA)).toEqual([false, false, false, false]);
  });

  test('hears a last word, leaves no trace but a hash, and is a stranger afterwards', async () => {
    const { _id } = await meet(LEA);
    expect(await traces(LEA, _id)).not.toEqual([]);
    await campaign.say(process, 'mes données');
    await campaign.choose(process, 'erase');
    await campaign.hear('Tout effacer, pour de bon ?');
    await campaign.say(process, 'oui');
    await until(async () => (await campaign.people.supporters.get(_id)) === undefined);
    expect(await traces(LEA, _id)).toEqual([]);
    expect(await isOptedOut(LEA)).toEqual([true, true, true, true]);

    expect(await campaign.say(process, 'bonjour')).toBe('taken');
    await campaign.hear(GREETING);
    await campaign.hear('Acceptez-vous que nous gardions vos réponses ?');
    const stranger = await campaign.recordOf();
    expect(stranger._id).not.toBe(_id);
    expect(stranger.consents).toEqual([]);
    expect(stranger).not.toHaveProperty('email');
    const shown = await campaign.shown();
    expect(shown.map(({ text }) => text)).toEqual([
      expect.stringContaining(GREETING),
      'Acceptez-vous que nous gardions vos réponses ?',
    ]);
  });
});

test('somebody who goes is not asked again what was open before', async () => {
  // What was said last stays to be looked at.
  campaign.actions.set(ERASE, async () => undefined);
  process = campaign.start('another 1 x');
  await campaign.say(process, 'bonjour');
  await campaign.say(process, 'oui');
  await campaign.say(process, 'mes données');
  await campaign.choose(process, 'erase');
  await campaign.hear('Tout effacer, pour de bon ?');
  await campaign.say(process, 'oui');
  await campaign.hear('C’est effacé. Au revoir.');
  await until(async () => (await campaign.recordOf()).outbox.length === 0);
  expect((await campaign.shown()).at(-1)?.text).toBe('C’est effacé. Au revoir.');
});

test('somebody whose profile was made of two leaves no trace of either', async () => {
  const tom: Person = { emails: ['tom@exemple.org'], phone: '+33612345679', words: 'le banc vert' };
  const met = await meet(LEA, 'c1');
  const merged = await meet(tom, 'c2');
  const merging = createMerging({ ...campaign.people, now: () => campaign.now });
  expect((await merging.merge(met._id, merged._id, { type: 'staff' })).type).toBe('done');
  expect(await process.erase(met._id)).toBe(true);
  expect(await traces(LEA, met._id)).toEqual([]);
  expect(await traces(tom, merged._id)).toEqual([]);
  expect(await isOptedOut(LEA, 'c1')).toEqual([true, true, true, true]);
  expect(await isOptedOut(tom, 'c2')).toEqual([true, true, true]);
});

test('a button from before the erasure answers nothing that the stranger is asked', async () => {
  await campaign.say(process, 'bonjour');
  await campaign.hear('Acceptez-vous');
  const { session, _id } = await campaign.recordOf();
  const turn = session.frames.at(-1)?.asked ?? 0;
  await process.erase(_id);
  await campaign.say(process, 'bonjour');
  await campaign.hear('Acceptez-vous');
  const press = { type: 'chose' as const, turn, values: ['yes'] };
  const pressed = {
    channel: 'web',
    address: 'c1',
    id: 'old button',
    at: campaign.now,
    input: press,
  };
  expect(await process.receive(pressed)).toBe('taken');
  await campaign.hear('n’en ai pas tenu compte');
  const stranger = await campaign.recordOf();
  expect(stranger.consents).toEqual([]);
  expect(stranger.session.frames.at(-1)).toMatchObject({ flow: 'welcome', step: 'agree' });
  await campaign.choose(process, 'yes');
  expect((await campaign.recordOf()).consents).toMatchObject([{ given: true }]);
});

/** Calls of the driver that an erasure makes. */
const CALLS = ['find', 'findOne', 'insertMany', 'replaceOne', 'bulkWrite', 'deleteMany'];

/**
 * Lets the `nth` call to the store fail, before it reaches the store or after it did its work, and every
 * later one: to the store, that is how a process looks which was killed. Answers how many calls there
 * were, and stops.
 */
function failAt(nth: number, when: 'before' | 'after'): () => number {
  let calls = 0;
  const restore: (() => void)[] = [];
  for (const name of CALLS) {
    const real: unknown = Reflect.get(mongo.Collection.prototype, name);
    if (typeof real !== 'function') throw new Error(`The driver has no ${name}.`);
    restore.push(() => Reflect.set(mongo.Collection.prototype, name, real));
    Reflect.set(
      mongo.Collection.prototype,
      name,
      function killable(this: unknown, ...args: unknown[]): unknown {
        calls += 1;
        if (calls > nth || (calls === nth && when === 'before')) throw new Error('killed');
        const done: unknown = Reflect.apply(real, this, args);
        if (calls < nth || !(done instanceof Promise)) return done;
        return done.then(() => Promise.reject(new Error('killed')));
      },
    );
  }
  return () => {
    for (const undo of restore) undo();
    return calls;
  };
}

describe('an erasure that is killed', () => {
  test.each(['before', 'after'] as const)(
    'at any call to the store, %s it, is not begun, or is finished by whoever comes next',
    async (when) => {
      let begun = 0;
      for (let nth = 1; ; nth += 1) {
        const address = `c-${nth}`;
        const person: Person = {
          emails: [`lea.${nth}@exemple.org`],
          phone: `+336${String(10_000_000 + nth)}`,
          words: `nid-de-poule numéro ${nth}.`,
        };
        const before = await meet(person, address);
        const heal = failAt(nth, when);
        const ended = await process.erase(before._id).then(
          () => 'done',
          () => 'killed',
        );
        const calls = heal();
        if (ended === 'done' && calls < nth) {
          expect(await traces(person, before._id)).toEqual([]);
          break;
        }

        // Another process: it remembers nothing, and waits until the lease of the dead one has run out.
        const next = campaign.start(`next-${nth} 1 x`);
        const stored = await campaign.people.supporters.get(before._id);
        if (stored !== undefined && stored.erasing === undefined) {
          expect({ ...stored, revision: 0, written: '' }).toEqual({
            ...before,
            revision: 0,
            written: '',
          });
          expect(await campaign.say(next, 'je suis là', address)).toBe('taken');
          expect((await isOptedOut(person, address)).some(Boolean)).toBe(false);
          continue;
        }
        begun += 1;
        if (stored !== undefined && (await campaign.people.addresses.find('web', address))) {
          expect(await campaign.say(next, 'je suis là', address)).toBe('busy');
        }
        campaign.now += 20_000;
        await next.resumeAbandoned();
        const { supporters } = campaign.people;
        await until(async () => (await supporters.get(before._id)) === undefined);
        expect(await traces(person, before._id)).toEqual([]);
        expect(await isOptedOut(person, address)).toEqual([true, true, true]);
        expect(await campaign.say(next, 'bonjour', address)).toBe('taken');
        await campaign.hear(GREETING, address);
        expect((await campaign.recordOf(address))._id).not.toBe(before._id);
      }
      expect(begun).toBeGreaterThan(10);
    },
    120_000,
  );
});
