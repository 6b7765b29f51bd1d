import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerAsStaff, closeHandoff } from '../../src/conversation/answer-as-staff.js';
import { referenceOf } from '../../src/supporters/tell-staff.js';
import { openRightsCampaign, until, type Process, type RightsCampaign } from './rights-campaign.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WAITING = 'C’est transmis à l’équipe';
const OVER = 'C’est de nouveau moi';
const ASKS_EMAIL = 'Quelle est votre adresse e-mail ?';

let campaign: RightsCampaign;
let process: Process;
beforeEach(async () => {
  campaign = await openRightsCampaign();
  process = campaign.start();
});
afterEach(() => campaign.close());

async function texts(): Promise<string[]> {
  return (await campaign.shown()).map(({ text }) => text);
}

/** What was shown since the last look, once nothing is under way any more. */
let looked = 0;
async function news(): Promise<string[]> {
  await until(async () => (await campaign.recordOf()).outbox.length === 0);
  const all = await texts();
  const fresh = all.slice(looked);
  looked = all.length;
  return fresh;
}

async function say(text: string): Promise<string[]> {
  expect(await campaign.say(process, text)).toBe('taken');
  return news();
}

/** Hands over while the assistant asks for the e-mail address. */
async function handOver(): Promise<void> {
  looked = 0;
  await say('bonjour');
  await say('oui');
  expect(await say('une personne')).toEqual(['Je transmets à l’équipe.']);
}

async function reply(text: string): Promise<void> {
  const { _id } = await campaign.recordOf();
  const answer = { text, at: new Date(campaign.now), owner: 'console 1 x' };
  const written = await process.write(_id, undefined, (record) => {
    const turn = answerAsStaff(record, answer);
    return turn.type === 'done'
      ? { record: turn.record, answer: turn.type }
      : { answer: turn.type };
  });
  expect(written).toBe('done');
  await process.resumeAbandoned();
}

async function close(): Promise<void> {
  const { _id } = await campaign.recordOf();
  await process.write(_id, undefined, (record) => {
    const turn = closeHandoff(record, new Date(campaign.now));
    return turn.type === 'done'
      ? { record: turn.record, answer: turn.type }
      : { answer: turn.type };
  });
  await process.feedDue();
}

describe('a conversation that a person of the team has', () => {
  test('keeps what is written for the team, and says once that somebody will answer', async () => {
    await handOver();
    expect(await say('lea@exemple.org')).toEqual([expect.stringContaining(WAITING)]);
    expect(await say('vous êtes là ?')).toEqual([]);
    await campaign.say(process, '/email');
    expect(await news()).toEqual([]);
    const record = await campaign.recordOf();
    expect(record).not.toHaveProperty('email');
    const rows = await campaign.people.journal.table.find({ staff: 'held' }, { sort: { turn: 1 } });
    expect(rows.map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: 'said', text: 'lea@exemple.org' }),
      expect.objectContaining({ type: 'said', text: 'vous êtes là ?' }),
      expect.objectContaining({ type: 'said', text: '/email' }),
    ]);
  });

  test('still helps, without asking again what the team has set aside', async () => {
    await handOver();
    expect(await say('aide')).toEqual(['Écrivez STOP pour ne plus rien recevoir.']);
    expect(await say('vous êtes là ?')).toEqual([expect.stringContaining(WAITING)]);
    expect(await campaign.recordOf()).toHaveProperty('handoff');
  });

  test('still changes the language', async () => {
    await handOver();
    expect(await say('langue')).toEqual(['Quelle langue parlons-nous ?']);
    expect(await say('English')).toEqual(['Let us speak English.']);
    expect(await campaign.recordOf()).toMatchObject({ language: 'en', handoff: { open: true } });
  });

  test('still gives a copy of one’s data', async () => {
    await handOver();
    expect(await say('mes données')).toEqual(['Que souhaitez-vous ?']);
    await campaign.choose(process, 'copy');
    await campaign.hear('https://campaign.example/privacy/');
    expect((await news()).at(-1)).toMatch(/^Votre copie vous attend ici/);
    expect(await say('merci')).toEqual([expect.stringContaining(WAITING)]);
  });

  test('ends with STOP: consents are withdrawn, and nobody writes any more', async () => {
    await handOver();
    expect(await say('STOP')).toEqual(['Nous ne vous écrirons plus.']);
    const record = await campaign.recordOf();
    expect(record).not.toHaveProperty('handoff');
    expect(record.consents.at(-1)).toMatchObject({ purpose: 'engagement', given: false });
    const answer = { text: 'Bonjour', at: new Date(campaign.now), owner: 'console 1 x' };
    expect(answerAsStaff(record, answer)).toEqual({ type: 'not_waiting' });
    campaign.now += 2 * DAY;
    await process.feedDue();
    expect(await news()).toEqual([]);
  });

  test('goes to whoever writes /start', async () => {
    await handOver();
    const [over] = await say('/start');
    expect(over).toContain(OVER);
    expect(await campaign.recordOf()).not.toHaveProperty('handoff');
  });

  test('is told of by one mail, which names nobody, and by an alert', async () => {
    await handOver();
    const { _id } = await campaign.recordOf();
    const folder = join(campaign.dataDir, 'mail');
    const mails = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^To: team@campaign\.example$/m);
    expect(mails[0]).toContain(referenceOf(_id));
    await say('une personne');
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('an answer of staff', () => {
  test('goes out once, and is kept as theirs', async () => {
    await handOver();
    await say('Où est le local ?');
    await reply('Place du Lavoir.');
    expect(await news()).toEqual(['Place du Lavoir.']);
    const others = [campaign.start('two 1 x'), campaign.start('three 1 x')];
    campaign.now += 20_000;
    await Promise.all([process, ...others].map((one) => one.resumeAbandoned()));
    await say('merci !');
    expect((await texts()).filter((text) => text === 'Place du Lavoir.')).toHaveLength(1);
    const [row] = await campaign.people.journal.table.find({ staff: 'replied' });
    expect(row?.effects).toEqual([expect.objectContaining({ text: 'Place du Lavoir.' })]);
  });

  test('is not followed by the assistant saying that somebody will answer', async () => {
    await handOver();
    await reply('Bonjour, c’est Inès.');
    await news();
    expect(await say('bonjour Inès')).toEqual([]);
  });

  test('waits behind what another process is sending, and then goes out', async () => {
    await handOver();
    const record = await campaign.recordOf();
    const busy = { owner: 'elsewhere 1 x', until: new Date(campaign.now + 15_000) };
    await campaign.people.supporters.save({ ...record, lease: busy, outbox: [...record.outbox] });
    await reply('Place du Lavoir.');
    expect(await texts()).not.toContain('Place du Lavoir.');
    campaign.now += 16_000;
    await process.resumeAbandoned();
    await campaign.hear('Place du Lavoir.');
  });

  test('is refused where too much is waiting, and where somebody is being erased', async () => {
    await handOver();
    const record = await campaign.recordOf();
    const answer = { text: 'Bonjour', at: new Date(campaign.now), owner: 'console 1 x' };
    const item = {
      type: 'send' as const,
      ...record.last,
      message: { type: 'text' as const, text: 'x', language: 'fr' },
      at: answer.at,
    };
    const outbox = Array.from({ length: 199 }, (_, index) => ({ ...item, id: `0.${index}` }));
    expect(answerAsStaff({ ...record, outbox }, answer)).toEqual({ type: 'busy' });
    const erasing = { ...record, erasing: answer.at };
    expect(answerAsStaff(erasing, answer)).toEqual({ type: 'not_waiting' });
    expect(closeHandoff(erasing, answer.at)).toEqual({ type: 'not_waiting' });
  });
});

describe('the assistant', () => {
  test('takes over again after a day without a word of staff, and asks its question again', async () => {
    await handOver();
    campaign.now += DAY - 1;
    await process.feedDue();
    expect(await news()).toEqual([]);
    campaign.now += 1;
    await process.feedDue();
    expect(await news()).toEqual([expect.stringContaining(OVER), ASKS_EMAIL]);
    expect(await campaign.recordOf()).not.toHaveProperty('handoff');
    await say('lea@exemple.org');
    expect(await campaign.recordOf()).toMatchObject({ email: 'lea@exemple.org' });
  });

  test('counts the day from the last answer of staff', async () => {
    await handOver();
    campaign.now += 20 * HOUR;
    await reply('Bonjour !');
    await news();
    campaign.now += 23 * HOUR;
    await process.feedDue();
    expect(await news()).toEqual([]);
    campaign.now += HOUR;
    await process.feedDue();
    expect(await news()).toEqual([expect.stringContaining(OVER), ASKS_EMAIL]);
  });

  test('takes over at once when staff close the conversation', async () => {
    await handOver();
    await close();
    expect(await news()).toEqual([expect.stringContaining(OVER), ASKS_EMAIL]);
    await say('lea@exemple.org');
    expect(await campaign.recordOf()).toMatchObject({ email: 'lea@exemple.org' });
  });

  test('takes what is written after the day as its own, when no timer came first', async () => {
    await handOver();
    campaign.now += DAY;
    const [over] = await say('lea@exemple.org');
    expect(over).toContain(OVER);
    expect(await campaign.recordOf()).toMatchObject({ email: 'lea@exemple.org' });
  });

  test('hands over again, without a word of its own, whoever asks for a person after the day', async () => {
    await handOver();
    campaign.now += DAY;
    expect(await say('une personne')).toEqual(['Je transmets à l’équipe.']);
    expect(await campaign.recordOf()).toMatchObject({ handoff: { at: new Date(campaign.now) } });
  });
});
