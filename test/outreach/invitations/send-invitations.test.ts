import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  openInvitations,
  type Invitations,
} from '../../../src/outreach/invitations/invitations.js';
import { planInvitations } from '../../../src/outreach/invitations/plan-invitations.js';
import {
  createInviter,
  type Inviter,
  type InviteResult,
} from '../../../src/outreach/invitations/send-invitations.js';
import { nameOf, type Way } from '../../../src/outreach/invitations/ways-to-invite.js';
import { emailPlace } from '../../../src/supporters/opt-outs.js';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { withdrawConsents } from '../../../src/supporters/withdraw-consents.js';
import { openHere } from '../../store/support.js';

const ON = new Set(['web', 'telegram', 'whatsapp']);
const MINUTE_MS = 60_000;

let people: People;
let invitations: Invitations;
let now: number;
let close: () => Promise<void>;
/** What was sent, by way and supporter, and what is answered to it. */
let sent: string[];
let heldUntil: number | undefined;
let answer: (way: Way, supporter: string) => InviteResult | Promise<InviteResult>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  now = Date.UTC(2030, 0, 1, 12);
  people = openPeople(opened.store.connection, 'a secret');
  invitations = openInvitations(opened.store.connection);
  for (const { table } of [people.supporters, people.addresses, invitations]) {
    await table.createIndexes();
  }
  sent = [];
  heldUntil = undefined;
  answer = () => ({ type: 'sent' });
});
afterEach(() => close());

/** Somebody on WhatsApp, and elsewhere, who agreed to be written to. */
async function meet(id: string, also: readonly string[], isMailed = false): Promise<void> {
  const at = new Date(now - 1_000);
  for (const channel of ['whatsapp', ...also]) {
    await people.addresses.claim(channel, `${id}-${channel}`, id, at);
  }
  const proof = { wording: 'w', version: 'v', language: 'fr', source: 'welcome.agree', at };
  const record: SupporterRecord = {
    ...newSupporter(id, 'fr', { channel: 'whatsapp', address: `${id}-whatsapp` }, at),
    consents: [
      { purpose: 'engagement', given: true, ...proof },
      { purpose: 'newsletter', channel: 'email', given: true, ...proof },
    ],
    ...(isMailed ? { email: `${id}@exemple.org`, email_confirmed_at: at } : {}),
  };
  await people.supporters.save(record);
}

const plan = (isDryRun = false) =>
  planInvitations('whatsapp', isDryRun, { ...people, invitations, on: ON, now: () => now });

/** As another start of the program has it. */
function createHere(): Inviter {
  return createInviter({
    ...people,
    invitations,
    on: () => ON,
    heldUntil: () => heldUntil,
    send: async (way, { supporter }) => {
      sent.push(`${nameOf(way)} ${supporter}`);
      return answer(way, supporter);
    },
    report: (error) => {
      throw error;
    },
    now: () => now,
  });
}

describe('inviting from a channel that fails', () => {
  test('asks each once by the best way, and tells why the others cannot be asked', async () => {
    await meet('a', ['telegram', 'web']);
    await meet('b', [], true);
    await meet('c', []);
    await meet('d', ['telegram'], true);
    const counts = {
      people: 4,
      ways: { telegram: 2, email: 1 },
      cannot: { nowhere_else: 1 },
      already: 0,
    };
    expect(await plan(true)).toEqual(counts);
    expect(await invitations.table.count({})).toBe(0);
    expect(await plan()).toEqual(counts);
    expect(await createHere().sendSome()).toBe(3);
    expect(sent.sort()).toEqual(['email b', 'telegram a', 'telegram d']);
    expect(await plan()).toEqual({ ...counts, ways: {}, already: 3 });
    expect(await createHere().sendSome()).toBe(0);
    expect(await invitations.count('whatsapp')).toMatchObject({ sent: 3, planned: 0 });
  });

  test('meets somebody with two addresses on it once, and more people than one batch holds', async () => {
    await people.addresses.claim('whatsapp', 'z', 'p1', new Date(now));
    for (let index = 0; index < 230; index += 1) await meet(`p${index}`, ['telegram']);
    expect(await plan()).toMatchObject({ people: 230, ways: { telegram: 230 } });
    expect(await createHere().sendSome()).toBe(230);
    expect(new Set(sent).size).toBe(230);
    expect(sent.length).toBe(230);
  });

  test('goes on after a kill in the middle, and sends none of those again that may have arrived', async () => {
    for (const id of ['a', 'b', 'c']) await meet(id, ['telegram']);
    await plan();
    // It never comes back: the process is killed while the network has it.
    answer = (_, supporter) =>
      supporter === 'b' ? new Promise<never>(() => undefined) : { type: 'sent' };
    void createHere().sendSome();
    while ((await invitations.count('whatsapp')).sent < 2)
      await new Promise((r) => setTimeout(r, 5));
    answer = () => ({ type: 'sent' });
    const next = createHere();
    expect(await next.sendSome()).toBe(0);
    expect(sent.length).toBe(3);
    now += 11 * MINUTE_MS;
    await next.sendSome();
    expect(sent.length).toBe(3);
    expect(await invitations.count('whatsapp')).toMatchObject({ sent: 2, unknown: 1, sending: 0 });
    await people.addresses.claim('whatsapp', 'late-whatsapp', 'late', new Date(now));
    await meet('late', ['telegram']);
    expect(await plan()).toMatchObject({ ways: { telegram: 1 }, already: 3 });
  });

  test('is sent once by two processes at work together', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await meet(id, ['telegram']);
    await plan();
    const both = await Promise.all([createHere().sendSome(), createHere().sendSome()]);
    expect(both[0] + both[1]).toBe(4);
    expect(sent.length).toBe(4);
  });

  test('tries another way where the first surely led to nobody, and none where it may have', async () => {
    await meet('a', ['telegram'], true);
    await meet('b', ['telegram'], true);
    await meet('c', ['telegram']);
    await plan();
    answer = (way, supporter) => {
      if (way.type === 'email') return { type: 'sent' };
      return { type: 'failed', reason: supporter === 'b' ? 'in_doubt' : 'blocked' };
    };
    await createHere().sendSome();
    expect(sent.sort()).toEqual(['email a', 'telegram a', 'telegram b', 'telegram c']);
    expect(await invitations.count('whatsapp')).toMatchObject({
      sent: 1,
      unknown: 1,
      failed: 1,
      reasons: { in_doubt: 1, blocked: 1 },
    });
    expect((await people.addresses.find('telegram', 'a-telegram'))?.reachable).toBe(false);
  });

  test('waits as long as the network says, and begins no more once it stops', async () => {
    await meet('a', ['telegram']);
    await plan();
    answer = () => ({ type: 'failed', reason: 'throttled', retryAfterMs: 5 * MINUTE_MS });
    const inviter = createHere();
    await inviter.sendSome();
    answer = () => ({ type: 'sent' });
    now += 4 * MINUTE_MS;
    expect(await inviter.sendSome()).toBe(0);
    now += MINUTE_MS;
    await inviter.stop();
    expect(await inviter.sendSome()).toBe(0);
    expect(await createHere().sendSome()).toBe(1);
    expect(sent.length).toBe(2);
  });

  test('waits for the end of what the calendar holds back', async () => {
    await meet('a', ['telegram']);
    await plan();
    heldUntil = now + 5 * MINUTE_MS;
    expect(await createHere().sendSome()).toBe(0);
    heldUntil = undefined;
    expect(await createHere().sendSome()).toBe(0);
    now += 5 * MINUTE_MS;
    expect(await createHere().sendSome()).toBe(1);
  });

  test('asks nobody who said STOP, was erased or is being erased between the plan and the sending', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await meet(id, ['telegram']);
    await plan();
    const change = async (
      id: string,
      make: (record: SupporterRecord) => SupporterRecord,
    ): Promise<void> => {
      const record = await people.supporters.get(id);
      if (record !== undefined) await people.supporters.save(make(record));
    };
    const proof = { wording: 'STOP', version: 'rule', source: 'stop' };
    await change('a', (record) => withdrawConsents(record, undefined, proof, new Date(now)));
    await change('b', (record) => ({ ...record, erasing: new Date(now) }));
    await people.supporters.table.remove({ _id: 'c' });
    expect(await createHere().sendSome()).toBe(1);
    expect(sent).toEqual(['telegram d']);
    expect(await invitations.count('whatsapp')).toMatchObject({
      sent: 1,
      skipped: 1,
      reasons: { opted_out: 1 },
    });
  });

  test('asks nobody at a place in the register of those who were erased, unless they agreed since', async () => {
    await meet('a', [], true);
    await meet('b', [], true);
    const places = (id: string): string[] => [emailPlace(`${id}@exemple.org`)];
    await people.optOuts.enter(places('a'), new Date(now), 1);
    await people.optOuts.enter(places('b'), new Date(now - MINUTE_MS), 1);
    expect(await plan()).toMatchObject({ ways: { email: 1 }, cannot: { opted_out: 1 } });
    await createHere().sendSome();
    expect(sent).toEqual(['email b']);
  });
});
