import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSigner } from '../../../src/sign.js';
import type { Mail } from '../../../src/supporters/mails.js';
import {
  CODE_LIFE_MS,
  CODES_A_DAY,
  CODES_AN_HOUR,
  createJoinByCode,
  MOST_TRIES,
  type JoinByCode,
} from '../../../src/supporters/merge/join-by-code.js';
import { createMerging, type Merging } from '../../../src/supporters/merge/merge-supporters.js';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import type { OutboxItem } from '../../../src/supporters/outbox-item.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';

const KNOWN = '3f2c71aa-0000-4000-8000-00000000000a';
const ASKER = '3f2c71aa-0000-4000-8000-00000000000b';
const LEA = 'lea@exemple.org';

let people: People;
let merging: Merging;
let codes: JoinByCode;
let mails: Mail[];
let welcomed: string[];
let now: number;
let acts: number;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  now = Date.UTC(2030, 0, 1, 12);
  [mails, welcomed, acts] = [[], [], 0];
  people = openPeople(opened.store.connection, 'a secret');
  merging = createMerging({ ...people, now: () => now });
  codes = createJoinByCode({
    ...people,
    merging,
    signer: createSigner('a secret', 'codes'),
    campaign: () => 'Campaign',
    words: (_language, key) => ({
      arguments: [],
      render: ({ code }) => (typeof code === 'string' ? `${key} ${code}` : key),
    }),
    async send(mail) {
      mails.push(mail);
      return { type: 'sent' };
    },
    forget: () => undefined,
    welcome: async (supporter) => void welcomed.push(supporter),
    report: (error) => {
      throw error;
    },
    now: () => now,
  });
  await known(KNOWN, 'web', { email: LEA, email_confirmed_at: new Date(now), tags: ['river'] });
  await known(ASKER, 'telegram', { first_name: 'Léa' });
});
afterEach(async () => {
  await codes.settle();
  await close();
});

async function known(id: string, channel: string, about: Partial<SupporterRecord>): Promise<void> {
  const at = new Date(now);
  const place = { channel, address: id };
  await people.addresses.claim(channel, id, id, at);
  const fresh = newSupporter(id, 'fr', place, at);
  await people.supporters.save({ ...fresh, reachable_on: [channel], ...about });
}

const act = (more: { email?: string; code?: string } = {}, supporter = ASKER, key?: string) => ({
  supporter,
  key: key ?? `${supporter}:${(acts += 1)}.1`,
  with: { email: LEA, ...more },
});

const codeIn = (mail: Mail | undefined): string =>
  (/(\d{3}) (\d{3})$/.exec(mail?.text ?? '') ?? []).slice(1).join('');
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function ask(email = LEA): Promise<string> {
  expect(await codes.sendCode(act({ email }))).toEqual({ state: 'sent' });
  await codes.settle();
  return codeIn(mails.at(-1));
}

describe('a code by e-mail', () => {
  test('makes one profile of two, whose conversation goes on with who gave it', async () => {
    const code = await ask();
    expect(mails[0]).toMatchObject({ to: LEA, kind: 'asked_for', subject: 'join_code.subject' });
    expect(await codes.checkCode(act({ code: ` ${code.slice(0, 3)} ${code.slice(3)}.` }))).toEqual({
      state: 'right',
    });
    await codes.join(act());
    expect(await people.supporters.get(ASKER)).toBeUndefined();
    expect(await people.supporters.get(KNOWN)).toMatchObject({
      email: LEA,
      first_name: 'Léa',
      merged_from: [ASKER],
      reachable_on: ['telegram', 'web'],
    });
    expect((await people.merges.of([KNOWN]))[0]?.proof).toEqual({ type: 'code' });
    expect(welcomed).toEqual([KNOWN]);
  });

  test('leaves both byte for byte as they were when the merge is undone at once', async () => {
    const asking: OutboxItem = {
      id: '7.1',
      type: 'act',
      channel: 'telegram',
      address: ASKER,
      action: 'supporter.join',
      effect: '7.1',
      with: { email: LEA },
      awaited: false,
    };
    const code = await ask();
    await codes.checkCode(act({ code }));
    const before = [await people.supporters.get(KNOWN), await people.supporters.get(ASKER)];
    // As it stands in the store while the act that joins is being done.
    const [, asker] = before;
    if (asker === undefined) throw new Error('Nobody asks.');
    const lease = { owner: 'me', until: new Date(now + 15_000) };
    const busy = { ...asker, outbox: [asking], lease };
    await people.supporters.table.replaceIf({}, busy);
    const places = await people.addresses.table.find({});
    await codes.join(act({}, ASKER, `${ASKER}:7.1`));
    const [merge] = await people.merges.of([KNOWN]);
    await merging.unmerge(merge?._id ?? '');
    const after = [await people.supporters.get(KNOWN), await people.supporters.get(ASKER)];
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    expect(await people.addresses.table.find({})).toEqual(places);
  });

  test('lets the conversation of the one who was known go on, not that of the one who asked', async () => {
    const frame = (flow: string) => ({ flow, version: 'v1', step: 'ask', answers: {}, asked: 1 });
    for (const [id, flow, minutes] of [
      // The clock of a network may be late.
      [KNOWN, 'welcome', 10],
      [ASKER, 'known', 9],
    ] as const) {
      const record = await people.supporters.get(id);
      if (record === undefined) throw new Error('Somebody is gone.');
      const session = { turn: 3, frames: [frame(flow)] };
      const heard_at = new Date(now + minutes * 60_000);
      await people.supporters.save({ ...record, session, heard_at });
    }
    const code = await ask();
    await codes.checkCode(act({ code }));
    await codes.join(act());
    const joined = await people.supporters.get(KNOWN);
    expect(joined?.session.frames).toMatchObject([{ flow: 'welcome' }]);
    expect(joined?.last).toEqual({ channel: 'telegram', address: ASKER });
  });

  test('is good once', async () => {
    const code = await ask();
    await codes.checkCode(act({ code }));
    await codes.join(act());
    const [merge] = await people.merges.of([KNOWN]);
    await merging.unmerge(merge?._id ?? '');
    expect(await codes.checkCode(act({ code }))).toEqual({ state: 'expired' });
    await codes.join(act());
    expect(await people.supporters.get(ASKER)).toBeDefined();
  });

  test('is good for a quarter of an hour', async () => {
    const code = await ask();
    now += CODE_LIFE_MS;
    expect(await codes.checkCode(act({ code }))).toEqual({ state: 'expired' });
    now -= 1;
    expect(await codes.checkCode(act({ code }))).toEqual({ state: 'right' });
  });

  test('may be tried five times, and an act done again counts once', async () => {
    const code = await ask();
    const wrong = act({ code: other(code) });
    for (let again = 0; again < 3; again += 1) {
      expect(await codes.checkCode(wrong)).toEqual({ state: 'wrong' });
    }
    for (let tries = 2; tries < MOST_TRIES; tries += 1) {
      expect(await codes.checkCode(act({ code: other(code) }))).toEqual({ state: 'wrong' });
    }
    expect(await codes.checkCode(act({ code: other(code) }))).toEqual({ state: 'expired' });
    expect(await codes.checkCode(act({ code }))).toEqual({ state: 'expired' });
    await codes.join(act());
    expect(welcomed).toEqual([]);
  });

  test('is not tried by what is no code', async () => {
    const code = await ask();
    for (let tries = 0; tries < 2 * MOST_TRIES; tries += 1) {
      expect(await codes.checkCode(act({ code: 'je ne l’ai pas' }))).toEqual({ state: 'wrong' });
    }
    expect(await codes.checkCode(act({ code }))).toEqual({ state: 'right' });
  });

  test('is for who asked and for the address that was named', async () => {
    const code = await ask();
    expect(await codes.checkCode(act({ code }, KNOWN))).toEqual({ state: 'expired' });
    expect(await codes.checkCode(act({ code, email: 'tom@exemple.org' }))).toEqual({
      state: 'expired',
    });
    await codes.join(act());
    expect(welcomed).toEqual([]);
  });

  test('tells nobody whether an address is known', async () => {
    expect(await codes.sendCode(act({ email: 'nobody@exemple.org' }))).toEqual({ state: 'sent' });
    const email = 'nobody@exemple.org';
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      expect(await codes.checkCode(act({ email, code: '123456' }))).toEqual({ state: 'wrong' });
    }
    expect(await codes.checkCode(act({ email, code: '123456' }))).toEqual({ state: 'expired' });
    await known('s9', 'web', { email: 'unconfirmed@exemple.org' });
    await codes.sendCode(act({ email: 'unconfirmed@exemple.org' }));
    await ask();
    expect(mails.map(({ to }) => to)).toEqual([LEA]);
  });

  test('is asked for so often in an hour by one person', async () => {
    for (let count = 0; count < CODES_AN_HOUR; count += 1) await ask();
    expect(await codes.sendCode(act())).toEqual({ state: 'too_many' });
    now += 3_600_001;
    await ask();
  });

  test('goes to one address so often in a day, known or not, whoever asks', async () => {
    for (const email of [LEA, 'nobody@exemple.org']) {
      for (let count = 0; count < CODES_A_DAY; count += 1) {
        const asked = act({ email }, `asker-${count}`);
        expect(await codes.sendCode(asked)).toEqual({ state: 'sent' });
      }
      expect(await codes.sendCode(act({ email }, 'one-more'))).toEqual({ state: 'too_many' });
    }
    await codes.settle();
    expect(mails).toHaveLength(CODES_A_DAY);
  });

  test('is sent once by an act that is done again', async () => {
    const asked = act();
    await codes.sendCode(asked);
    await codes.settle();
    await codes.sendCode(asked);
    await codes.settle();
    await codes.checkCode(act({ code: codeIn(mails[0]) }));
    expect(mails).toHaveLength(1);
  });

  test('is kept so that nobody can read it, nor whose it is', async () => {
    const code = await ask();
    const kept = JSON.stringify(await people.joinCodes.find({}));
    for (const secret of [code, LEA, KNOWN, ASKER]) expect(kept).not.toContain(secret);
  });
});
