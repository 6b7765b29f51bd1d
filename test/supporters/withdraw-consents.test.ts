import { expect, test } from '@jest/globals';
import { newSupporter, type ConsentRecord } from '../../src/supporters/record.js';
import { withdrawConsents } from '../../src/supporters/withdraw-consents.js';

const AT = new Date('2030-01-01T12:00:00Z');
const PROOF = { wording: '', version: 'network', source: 'whatsapp' };
const GIVEN: ConsentRecord = {
  purpose: 'newsletter',
  channel: 'email',
  given: true,
  wording: 'Voulez-vous nos nouvelles ?',
  version: 'abc',
  language: 'fr',
  source: 'welcome.news',
  at: new Date('2029-12-31T12:00:00Z'),
};
const record = {
  ...newSupporter('s', 'fr', { channel: 'whatsapp', address: '+336' }, AT),
  consents: [GIVEN],
};

test('what a network tells of a person withdraws every consent, with its source', () => {
  const { consents } = withdrawConsents(record, undefined, PROOF, AT);
  expect(consents).toHaveLength(3);
  expect(consents[0]).toBe(GIVEN);
  expect(consents.slice(1)).toEqual([
    { purpose: 'engagement', given: false, language: 'fr', at: AT, ...PROOF },
    { purpose: 'newsletter', channel: 'email', given: false, language: 'fr', at: AT, ...PROOF },
  ]);
});

test('what is told twice is written once', () => {
  const once = withdrawConsents(record, undefined, PROOF, AT);
  const twice = withdrawConsents(once, undefined, PROOF, AT);
  expect(twice.consents.filter(({ purpose }) => purpose === 'newsletter')).toHaveLength(2);
});
