import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { CAMPAIGN, CONSENT, openImporting, type Importing } from './importing.js';

let at: Importing;
beforeEach(async () => {
  at = await openImporting();
});
afterEach(() => at.close());

async function everybody(): Promise<ReadonlyMap<string, SupporterRecord>> {
  const records = await at.people.supporters.table.find({});
  return new Map(records.map((record) => [record.first_name ?? '', record]));
}

test('NationBuilder: names, the better number, codes without their nought, refusals, and what is wrong with a row at once', async () => {
  const outcome = await at.takeFile('nationbuilder');
  expect(outcome).toMatchObject({
    rows: 5,
    created: 4,
    rejected: 1,
    consents: 0,
    refusals: 3,
    unused_columns: ['primary_address1', 'primary_city', 'civicrm_id'],
    problems: [
      {
        line: 6,
        reason:
          'email “ana@gmial.com” is no e-mail address; phone “12” is no phone number; postal_code “3500X” is no postal code; support_level “9” is no level from 1 to 5',
      },
    ],
  });
  const found = await everybody();
  expect(found.get('Léa')).toMatchObject({
    email: 'lea.moreau@exemple.org',
    phone: '+33612345678',
    postal_code: '35000',
    commune_name: 'Rennes',
    support_level: 1,
    tags: ['boîtage', 'tracts, marché'],
    consents: [],
    reachable_on: [],
  });
  expect(found.get('Tom')).toMatchObject({
    postal_code: '01000',
    consents: [{ purpose: 'engagement', channel: 'email', given: false, wording: 'status: false' }],
  });
  expect(found.get('Zoé')).toMatchObject({ last_name: 'De La Tour' });
  // Who wants nothing is silent everywhere, as after a STOP.
  expect(found.get('Ali')?.consents_now).toEqual(['engagement=refused', 'engagement@*=refused']);
  const beside = readFileSync(outcome.rejects ?? '', 'utf8').split('\n');
  expect(beside[0]).toMatch(/^line,reason,nationbuilder_id/);
  expect(beside[1]).toContain('ana@gmial.com');
});

test('NationBuilder: a value that cannot be read may be left out instead of its row', async () => {
  expect(await at.takeFile('nationbuilder', { leaveOutBadCells: true })).toMatchObject({
    created: 5,
    rejected: 0,
    bad_cells: 4,
  });
  const { email, phone, last_name: name } = (await everybody()).get('Ana') ?? {};
  expect([email, phone, name]).toEqual([undefined, undefined, 'Costa']);
});

test('VAN: tabs, levels with words, and numbers of the country', async () => {
  const campaign = { ...CAMPAIGN, country: 'us' } as const;
  expect(await at.takeFile('van', { campaign })).toMatchObject({ created: 3, refusals: 1 });
  const found = await everybody();
  expect(found.get('Maria')).toMatchObject({
    phone: '+12125550187',
    postal_code: '02134',
    support_level: 1,
    tags: ['Yard sign'],
  });
  expect(found.get('Wei')).toMatchObject({
    postal_code: '02139',
    support_level: 2,
    consents_now: ['engagement=refused', 'engagement@email=refused'],
  });
  expect(found.get('Joe')).toMatchObject({ phone: '+16175550134', postal_code: '10001-1234' });
});

test('Action Network: those who subscribed have agreed to what is proven, by e-mail, and nobody else', async () => {
  const outcome = await at.takeFile('action-network', { consent: CONSENT, emailConfirmed: true });
  expect(outcome).toMatchObject({ created: 4, consents: 1, refusals: 4 });
  const found = await everybody();
  expect(found.get('Nora')).toMatchObject({
    phone: '+33612345679',
    email_confirmed_at: CONSENT.at,
    tags: ['pétition eau', 'marché'],
    reachable_on: ['email'],
    last: { channel: 'email', address: 'nora@exemple.org' },
    consents: [
      {
        purpose: 'newsletter',
        channel: 'email',
        given: true,
        wording: CONSENT.wording,
        version: 'import',
        language: 'fr',
        source: 'import:action-network.csv',
        at: CONSENT.at,
      },
    ],
  });
  expect(found.get('Paul')).toMatchObject({
    language: 'en',
    consents_now: ['newsletter=refused', 'newsletter@email=refused'],
  });
  expect(found.get('Rita')?.email_confirmed_at).toBeUndefined();
  expect(found.get('Sam')?.consents_now).toContain('engagement@*=refused');
});

test('RapidPro: addresses on networks are theirs, groups are tags, fields those of the campaign', async () => {
  const outcome = await at.takeFile('rapidpro', { consent: { ...CONSENT, purpose: 'engagement' } });
  expect(outcome).toMatchObject({
    created: 4,
    consents: 1,
    refusals: 2,
    unused_columns: ['Created On', 'Last Seen On', 'Field:Shoe Size'],
  });
  const found = await everybody();
  expect(found.get('Inès')).toMatchObject({
    last_name: 'Faure',
    language: 'fr',
    phone: '+33612345670',
    fields: { skills: 'soudure' },
    tags: ['Volunteers'],
    reachable_on: ['telegram'],
    consents: [{ purpose: 'engagement', channel: 'telegram', given: true }],
  });
  expect(found.get('Bob')).toMatchObject({ phone: '+33612345671', language: 'en' });
  expect(await at.people.addresses.find('telegram', '4021')).toMatchObject({
    supporter: found.get('Inès')?._id,
    reachable: true,
  });
  expect(await at.people.addresses.find('whatsapp', '+33612345672')).toMatchObject({
    supporter: found.get('Chloé')?._id,
  });
});

test('plain CSV: fields by their types; a row that names nobody is rejected', async () => {
  const outcome = await at.takeFile('csv');
  expect(outcome).toMatchObject({
    created: 4,
    rejected: 1,
    refusals: 1,
    unused_columns: ['field.shoe'],
    problems: [{ line: 5, reason: 'nothing names this person: no id, e-mail or phone number' }],
  });
  expect((await everybody()).get('Jo')).toMatchObject({
    language: 'en',
    fields: { skills: 'cuisine', tasks: ['tracts', 'accueil'] },
    tags: ['vélo', 'marché'],
  });
});

test('what is no such file is told before anything is read', async () => {
  await expect(at.take('csv', 'prenom,ville\nLéa,Rennes')).rejects.toThrow(
    'No column names people',
  );
  await expect(at.take('van', 'vanid,first\n1,Léa', { consent: CONSENT })).rejects.toThrow(
    'No column of this file says who subscribed',
  );
  expect(existsSync(join(at.dataDir, 'list.rejects.csv'))).toBe(false);
});
