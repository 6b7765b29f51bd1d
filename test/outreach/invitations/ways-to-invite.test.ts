import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { waysToInvite } from '../../../src/outreach/invitations/ways-to-invite.js';
import type { AddressRow } from '../../../src/supporters/addresses.js';
import type { ConsentRecord, SupporterRecord } from '../../../src/supporters/record.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { withdrawConsents } from '../../../src/supporters/withdraw-consents.js';

const AT = new Date(Date.UTC(2030, 0, 1));
const ALL = { from: 'whatsapp', on: new Set(['web', 'telegram', 'whatsapp']) };
const BY_STOP = { wording: 'STOP', version: 'rule', source: 'stop' };

function consent(purpose: ConsentRecord['purpose'], channel?: string): ConsentRecord {
  const proof = { wording: 'words', version: 'v1', language: 'fr', source: 'welcome.agree' };
  return { purpose, given: true, ...proof, at: AT, ...(channel === undefined ? {} : { channel }) };
}

function address(channel: string, name: string, reachable = true, days = 0): AddressRow {
  const created_at = new Date(AT.getTime() + days * 86_400_000);
  return {
    _id: `${channel}:${name}`,
    supporter: 's',
    channel,
    address: name,
    created_at,
    reachable,
  };
}

/** Somebody on WhatsApp who agreed to everything. */
function person(about: Partial<SupporterRecord> = {}): SupporterRecord {
  return {
    ...newSupporter('s', 'fr', { channel: 'whatsapp', address: '+33' }, AT),
    consents: [consent('engagement'), consent('newsletter', 'email')],
    email: 'lea@exemple.org',
    email_confirmed_at: AT,
    ...about,
  };
}

const HERE = address('whatsapp', '+33');
const names = (record: SupporterRecord, rows: readonly AddressRow[], about = ALL): unknown => {
  const found = waysToInvite(record, [HERE, ...rows], about);
  return found.type === 'none'
    ? found.reason
    : found.ways.map((way) => (way.type === 'email' ? 'email' : `${way.channel}:${way.address}`));
};

describe('who was on a channel that fails', () => {
  test('is invited in other chats first, the latest before older ones, then by e-mail, last on the page', () => {
    const rows = [
      address('web', 'c1'),
      address('telegram', '1'),
      address('telegram', '2', true, 3),
    ];
    expect(names(person(), rows)).toEqual(['telegram:2', 'telegram:1', 'email', 'web:c1']);
  });

  test('is invited where they last wrote before anywhere else', () => {
    const rows = [address('telegram', '1'), address('telegram', '2', true, 3)];
    const last = { channel: 'telegram', address: '1' };
    expect(names(person({ last }), rows)).toEqual(['telegram:1', 'telegram:2', 'email']);
  });

  test('is not invited by e-mail without a confirmed address and a consent that names e-mail', () => {
    const { email_confirmed_at: _, ...unconfirmed } = person();
    expect(names(unconfirmed, [])).toBe('email_not_confirmed');
    expect(names(person({ consents: [consent('engagement')] }), [])).toBe('no_consent_for_email');
    // Nor by one of those that was taken back.
    const { consents } = withdrawConsents(person(), 'newsletter', BY_STOP, AT);
    expect(names(person({ consents }), [])).toBe('no_consent_for_email');
  });

  test.each<[string, Partial<SupporterRecord>, readonly AddressRow[]]>([
    ['nowhere_else', {}, []],
    ['unreachable', {}, [address('telegram', '1', false)]],
    ['channel_off', {}, [address('botframework', 'b')]],
    ['no_consent', { consents: [] }, [address('telegram', '1')]],
    ['erasing', { erasing: AT }, [address('telegram', '1')]],
  ])('is left alone with the reason %s', (reason, about, rows) => {
    const { email: _, email_confirmed_at: _at, ...rest } = person();
    expect(names({ ...rest, ...about }, rows)).toBe(reason);
  });

  test('is never invited after a STOP, whatever they agreed to before', () => {
    const given = fc.record({
      purpose: fc.constantFrom('engagement' as const, 'newsletter' as const, 'donation' as const),
      channel: fc.option(fc.constantFrom('email', 'telegram', 'web'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 12 }), (agreed) => {
        const before = person({ consents: agreed.map((one) => consent(one.purpose, one.channel)) });
        const stopped = withdrawConsents(before, undefined, BY_STOP, AT);
        expect(names(stopped, [address('telegram', '1'), address('web', 'c1')])).toBe('opted_out');
      }),
    );
  });

  test('is not invited on a channel they refused by name', () => {
    const refused = { ...consent('engagement', 'telegram'), given: false };
    const { email: _, ...record } = person();
    const consents = [...record.consents, refused];
    expect(names({ ...record, consents }, [address('telegram', '1')])).toBe('no_consent');
  });
});
