import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Phrase } from '../../src/engine/flow.js';
import { createSigner } from '../../src/sign.js';
import type { Table } from '../../src/store/table.js';
import { openHandoff } from '../../src/supporters/handoff.js';
import { openMails, type Mail, type MailResult, type MailRow } from '../../src/supporters/mails.js';
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
let outcomes: MailResult[];
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
    language: () => 'fr',
    get: async () => record,
    async send(mail) {
      const outcome = outcomes.shift() ?? { type: 'sent' };
      if (outcome.type === 'sent') sent.push(mail);
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
        id: act.key,
        kind: 'staff',
        language: 'fr',
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

  test('tries again a mail that could not go now, and never one in doubt or refused for good', async () => {
    outcomes = [{ type: 'failed', reason: 'throttled' }];
    await expect(tell()).rejects.toThrow();
    await tell();
    expect(sent).toHaveLength(1);
    await mails.remove({});
    outcomes = [{ type: 'failed', reason: 'in_doubt' }];
    await expect(tell()).rejects.toThrow();
    await tell();
    expect(sent).toHaveLength(1);
    expect(await mails.find({})).toMatchObject([{ state: 'unknown' }]);
    await mails.remove({});
    outcomes = [{ type: 'failed', reason: 'unreachable' }];
    await tell();
    await tell();
    expect(sent).toHaveLength(1);
    expect(await mails.find({})).toMatchObject([{ state: 'refused' }]);
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
