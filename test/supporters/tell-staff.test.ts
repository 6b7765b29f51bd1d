import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Phrase } from '../../src/engine/flow.js';
import { createSigner } from '../../src/sign.js';
import type { Table } from '../../src/store/table.js';
import { openHandoff } from '../../src/supporters/handoff.js';
import { openMails, type Mail, type MailRow } from '../../src/supporters/mails.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { createTellStaff } from '../../src/supporters/tell-staff.js';
import { openHere } from '../store/support.js';

const at = new Date('2030-01-01T12:00:00Z');
const stranger = newSupporter('0123456789ab', 'fr', { channel: 'web', address: 'c1' }, at);
const act = { supporter: stranger._id, key: `${stranger._id}:3.1` };

let close: () => Promise<void>;
let mails: Table<MailRow>;
let record: SupporterRecord | undefined;
let sent: Mail[];
let alerts: string[];
let outcomes: ('sent' | 'refused' | 'cut')[];
beforeEach(async () => {
  const { store, close: end } = await openHere();
  close = end;
  mails = openMails(store.connection);
  record = openHandoff({ ...stranger, email: 'lea@exemple.org' }, 'asked', at);
  sent = [];
  alerts = [];
  outcomes = [];
});
afterEach(() => close());

function tell(staffEmail: string | null = 'team@campaign.example') {
  const phrase = (text: string): Phrase => ({
    arguments: [],
    render: ({ campaign, reference }) => `${text} ${JSON.stringify(reference ?? campaign)}`,
  });
  return createTellStaff({
    mails,
    signer: createSigner('a secret', 'mail to staff'),
    staffEmail: staffEmail ?? undefined,
    words: (key) => phrase(key),
    campaign: () => 'Campaign',
    get: async () => record,
    async send(mail) {
      const outcome = outcomes.shift() ?? 'sent';
      if (outcome === 'cut') throw new Error('the connection was cut');
      if (outcome === 'sent') sent.push(mail);
      return outcome;
    },
    alert: (supporter) => alerts.push(supporter),
    now: () => at.getTime(),
  })(act);
}

describe('telling staff that somebody waits', () => {
  test('says under which reference, and nothing else of the person', async () => {
    await tell();
    expect(sent).toEqual([
      {
        to: 'team@campaign.example',
        subject: 'handoff.subject "Campaign"',
        text: 'handoff.text "01234567"',
      },
    ]);
    expect(alerts).toEqual([stranger._id]);
    expect(JSON.stringify(await mails.find({}))).not.toContain('team@campaign.example');
  });

  test('sends one mail, however often it is done', async () => {
    await tell();
    await tell();
    expect(sent).toHaveLength(1);
  });

  test('tries again a mail that the server refused, and never one in doubt', async () => {
    outcomes = ['refused'];
    await expect(tell()).rejects.toThrow();
    await tell();
    expect(sent).toHaveLength(1);
    await mails.remove({});
    outcomes = ['cut'];
    await expect(tell()).rejects.toThrow();
    await tell();
    expect(sent).toHaveLength(1);
    expect(await mails.find({})).toMatchObject([{ state: 'unknown' }]);
  });

  test('raises the alert without a mail where no address of the team is known', async () => {
    await tell(null);
    expect(alerts).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  test('tells nothing of somebody who does not wait any more, or is being erased', async () => {
    for (const gone of [stranger, undefined, record && { ...record, erasing: at }]) {
      record = gone;
      await tell();
    }
    expect([...sent, ...alerts]).toEqual([]);
  });
});
