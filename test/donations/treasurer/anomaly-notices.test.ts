import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Anomaly } from '../../../src/donations/treasurer/anomalies.js';
import {
  createAnomalyNotices,
  openAnomalyNotices,
  type NoticeOutcome,
} from '../../../src/donations/treasurer/anomaly-notices.js';
import type { Campaign } from '../../../src/engine/campaign.js';
import { createLibrary } from '../../../src/engine/library.js';
import { readSettings } from '../../../src/config.js';
import { tellAgent } from '../../../src/program/tell-agent.js';
import type { Mail, MailResult } from '../../../src/supporters/mails.js';
import { COMPILED } from '../../staff/open-outreach.js';
import { openHere } from '../../store/support.js';

let here: Awaited<ReturnType<typeof openHere>>;
beforeEach(async () => {
  here = await openHere();
});
afterEach(() => here.close());

const LATE: Anomaly = { kind: 'late', donations: ['AA11'], cents: 1_000, supporter: 'lea' };
const OVER: Anomaly = { kind: 'over_ceiling', donations: ['AA11', 'BB22'], cents: 5_000 };

describe('the agent', () => {
  const open = (found: () => readonly Anomaly[], outcome: () => NoticeOutcome) => {
    const notices = openAnomalyNotices(here.store.connection);
    const sent: { readonly id: string; readonly kinds: readonly string[] }[] = [];
    const tell = createAnomalyNotices({
      notices,
      look: async () => found(),
      isWanted: () => true,
      async send(id, anomalies) {
        sent.push({ id, kinds: anomalies.map(({ kind }) => kind) });
        return outcome();
      },
      now: () => 0,
    });
    return { notices, sent, tell };
  };

  test('is told of each thing once, all that is new in one mail', async () => {
    let found = [LATE, OVER];
    const { sent, tell } = open(
      () => found,
      () => 'sent',
    );
    await tell();
    await tell();
    expect(sent.map(({ kinds }) => kinds)).toEqual([['late', 'over_ceiling']]);
    // Some went back: nothing new. Another gift adds to it: that is.
    found = [LATE, { ...OVER, cents: 2_000 }];
    await tell();
    expect(sent).toHaveLength(1);
    found = [LATE, { ...OVER, donations: ['AA11', 'BB22', 'CC33'] }];
    await tell();
    expect(sent[1]?.kinds).toEqual(['over_ceiling']);
  });

  test('is told later of what could not leave, and never again of what may have', async () => {
    let outcome: NoticeOutcome = 'later';
    const { notices, sent, tell } = open(
      () => [LATE],
      () => outcome,
    );
    await tell();
    expect(await notices.find({})).toEqual([]);
    outcome = 'unknown';
    await tell();
    await tell();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.id).toBe(sent[1]?.id);
    expect(await notices.find({})).toMatchObject([{ state: 'unknown' }]);
  });

  test('is not told again of what a crash cut short', async () => {
    const broken = open(
      () => [LATE],
      () => {
        throw new Error('The process died.');
      },
    );
    await expect(broken.tell()).rejects.toThrow('died');
    const { sent, tell } = open(
      () => [LATE],
      () => 'sent',
    );
    await tell();
    expect(sent).toEqual([]);
  });
});

describe('the mail', () => {
  const campaign = (more: object): Campaign => ({
    ...COMPILED.campaign,
    donations: { agent: 'Les Amis', ...more },
  });
  const run = async (terms: object, gateway: 'sandbox' | 'stripe', result: MailResult) => {
    const settings = readSettings(
      gateway === 'sandbox'
        ? {}
        : {
            DONATION_GATEWAY: 'stripe',
            STRIPE_SECRET_KEY: 'sk_test_0123456789',
            STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
          },
      '/nonexistent',
    );
    const mails: Mail[] = [];
    const library = createLibrary({ ...COMPILED, flows: [], campaign: campaign(terms) });
    await tellAgent({
      settings,
      tables: { anomalyNotices: openAnomalyNotices(here.store.connection) },
      treasurer: { anomalies: async () => [OVER, LATE] },
      async send(mail) {
        mails.push(mail);
        return result;
      },
      library: () => library,
      now: () => 0,
    })();
    return mails;
  };

  test('goes to whoever is named, with references and amounts, and names nobody', async () => {
    const [mail] = await run({ agentEmail: 'agent@exemple.org' }, 'stripe', { type: 'sent' });
    expect(mail).toMatchObject({ kind: 'staff', to: 'agent@exemple.org', language: 'fr' });
    expect(mail?.subject).toContain('Dons à vérifier');
    const text = mail?.text.replaceAll('\u00A0', ' ');
    expect(text).toContain('Au-dessus du plafond – 50 € – AA11, BB22');
    expect(text).toContain('Payé après l’expiration de la page – 10 € – AA11');
    expect(text).toContain('/staff/donations/anomalies');
    expect(text).not.toContain('lea');
  });

  test('goes to nobody where nobody is named, or where gifts are only tried out', async () => {
    expect(await run({}, 'stripe', { type: 'sent' })).toEqual([]);
    const named = { agentEmail: 'agent@exemple.org' };
    expect(await run(named, 'sandbox', { type: 'sent' })).toEqual([]);
  });

  test('that the server cannot take now is tried again', async () => {
    const named = { agentEmail: 'agent@exemple.org' };
    const failed = (reason: Extract<MailResult, { type: 'failed' }>['reason']) =>
      run(named, 'stripe', { type: 'failed', reason });
    expect(await failed('throttled')).toHaveLength(1);
    expect(await failed('in_doubt')).toHaveLength(1);
    expect(await failed('throttled')).toHaveLength(0);
  });
});
