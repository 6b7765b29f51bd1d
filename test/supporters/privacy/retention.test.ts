import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMerging } from '../../../src/supporters/merge/merge-supporters.js';
import { createRetention, type Retention } from '../../../src/supporters/privacy/retention.js';
import { allConsents } from '../../../src/supporters/privacy/all-consents.js';
import {
  openRightsCampaign,
  until,
  type Process,
  type RightsCampaign,
} from '../../conversation/rights-campaign.js';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

let campaign: RightsCampaign;
let process: Process;
let erased: string[];
let failing: string | undefined;
let retention: Retention;
const none = { profiles: 0, turns: 0, messages: 0, files: 0, mails: 0, merges: 0 };
beforeEach(async () => {
  campaign = await openRightsCampaign();
  process = campaign.start();
  erased = [];
  failing = undefined;
  retention = createRetention({
    ...campaign.people,
    transcripts: campaign.activities,
    async erase(supporter) {
      if (supporter === failing) throw new Error('store away');
      erased.push(supporter);
      return process.erase(supporter);
    },
    conversationsMs: YEAR,
    profilesMs: 3 * YEAR,
    now: () => campaign.now,
  });
});
afterEach(() => campaign.close());

async function idle(address = 'c1'): Promise<void> {
  await until(async () => (await campaign.recordOf(address)).outbox.length === 0);
}

async function signUp(address = 'c1'): Promise<string> {
  for (const text of ['bonjour', 'oui', `${address}@exemple.org`, '0612345678', 'un mot']) {
    await campaign.say(process, text, address);
  }
  await idle(address);
  return (await campaign.recordOf(address))._id;
}

describe('what was kept long enough', () => {
  test('is counted before it is removed, and nothing younger is', async () => {
    await signUp();
    // What a web page shows bears the time of the machine, not that of the test.
    campaign.now = Date.now();
    expect(await retention.count()).toEqual(none);
    expect(await retention.removeSome()).toEqual(none);
  });

  test('of the files that people sent goes with what is in them', async () => {
    await campaign.sendPhoto(process);
    await idle();
    campaign.now += YEAR - 1;
    await campaign.sendPhoto(process);
    await idle();
    campaign.now += 1;
    expect(await retention.count()).toMatchObject({ files: 1 });
    expect(await retention.removeSome()).toMatchObject({ files: 1 });
    const { files } = campaign.people;
    expect([await files.table.count({}), await files.blobs.table.count({})]).toEqual([1, 1]);
  });

  test('of a conversation goes but for what proves consents, and the profile stays', async () => {
    const before = await signUp();
    await campaign.say(process, 'STOP');
    await idle();
    const profile = await campaign.recordOf();
    const old = campaign.now;
    campaign.now = old + YEAR - 1;
    await campaign.say(process, 'bonjour');
    await idle();
    expect((await retention.count()).turns).toBe(0);
    campaign.now += 1;
    expect(await retention.count()).toMatchObject({ turns: 6, profiles: 0, mails: 1 });
    expect(await retention.removeSome()).toMatchObject({ turns: 6, profiles: 0, mails: 1 });
    expect(await retention.count()).toMatchObject({ turns: 0, mails: 0 });
    const rows = await campaign.people.journal.table.find({}, { sort: { turn: 1 } });
    expect(
      rows.map(({ trimmed, event, effects }) => [trimmed, event.type, effects.length]),
    ).toEqual([
      [true, 'elapsed', 1],
      [true, 'said', 1],
      [undefined, 'said', 2],
    ]);
    const left = JSON.stringify(rows);
    for (const words of ['c1@exemple.org', '612345678', 'un mot']) {
      expect(left).not.toContain(words);
    }
    expect(await campaign.recordOf()).toMatchObject({ _id: before, consents: profile.consents });
  });

  test('proves every consent as before, also those the profile has no room for', async () => {
    await signUp();
    for (let round = 0; round < 22; round += 1) {
      campaign.now += DAY;
      await campaign.say(process, 'STOP');
      await campaign.say(process, 'bonjour');
      await campaign.say(process, 'oui');
    }
    await idle();
    const record = await campaign.recordOf();
    const before = await allConsents(record, campaign.people.journal);
    expect(before).toHaveLength(45);
    campaign.now += 2 * YEAR;
    while ((await retention.removeSome()).turns > 0);
    expect(await allConsents(record, campaign.people.journal)).toEqual(before);
  });

  test('of what web pages show goes too', async () => {
    await signUp();
    const shown = await campaign.shown();
    campaign.now = Date.now() + YEAR + DAY;
    expect((await retention.count()).messages).toBe(shown.length);
    await retention.removeSome();
    expect(await campaign.shown()).toEqual([]);
  });
});

describe('somebody who was not heard of for three years', () => {
  test('is erased, and nobody is who wrote since, or came to be known since', async () => {
    const silent = await signUp('silent');
    const lively = await signUp('lively');
    campaign.now += 2 * YEAR;
    await campaign.say(process, 'bonjour', 'lively');
    const late = await signUp('late');
    campaign.now += YEAR;
    expect((await retention.count()).profiles).toBe(1);
    expect((await retention.removeSome()).profiles).toBe(1);
    expect(erased).toEqual([silent]);
    const left = await campaign.people.supporters.table.find({});
    expect(left.map(({ _id }) => _id).sort()).toEqual([lively, late].sort());
  });

  test('is erased although another cannot be', async () => {
    failing = await signUp('failing');
    const silent = await signUp('silent');
    campaign.now += 3 * YEAR;
    await expect(retention.removeSome()).rejects.toThrow('store away');
    expect(erased).toEqual([silent]);
  });

  test('is not heard of through a timer, a result or a word of staff', async () => {
    await signUp();
    const { _id } = await campaign.recordOf();
    campaign.now += 3 * YEAR;
    await process.happen(_id, { type: 'started', flow: 'help' });
    await idle();
    expect((await retention.count()).profiles).toBe(1);
  });
});

test('the way back from a merge goes with the conversations it would take apart', async () => {
  const [one, other] = [await signUp('one'), await signUp('other')];
  const merging = createMerging({ ...campaign.people, now: () => campaign.now });
  const merged = await merging.merge(one, other, { type: 'staff' });
  if (merged.type !== 'done') throw new Error('They were not merged.');
  campaign.now += YEAR - 1;
  expect((await retention.removeSome()).merges).toBe(0);
  campaign.now += 1;
  expect((await retention.count()).merges).toBe(1);
  expect((await retention.removeSome()).merges).toBe(1);
  expect(await merging.unmerge(merged.id)).toEqual({ type: 'refused', reason: 'unknown' });
});

test('mails about people who were erased stop counting after a day', async () => {
  const supporter = await signUp();
  await process.erase(supporter);
  const { mails } = campaign.people;
  expect(await mails.count({})).toBe(1);
  campaign.now += DAY - 1;
  await retention.removeSome();
  expect(await mails.count({})).toBe(1);
  campaign.now += 1;
  await retention.removeSome();
  expect(await mails.count({})).toBe(0);
});
