import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { createMerging } from '../../../src/supporters/merge/merge-supporters.js';
import { findDuplicates } from '../../../src/supporters/merge/find-duplicates.js';
import { emailPlace } from '../../../src/supporters/opt-outs.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { exportSupporter } from '../../../src/supporters/exchange/export-supporters.js';
import { CONSENT, openImporting, type Importing } from './importing.js';

let at: Importing;
beforeEach(async () => {
  at = await openImporting();
});
afterEach(() => at.close());

const HEADER = 'id,email,phone,first_name,postal_code,tags,status,field.skills';
const LEA = '1,lea@exemple.org,,Léa,35000,"vélo, marché",subscribed,cuisine';
const EARLIER = new Date(Date.UTC(2029, 0, 1));

async function only(): Promise<SupporterRecord> {
  const [record, ...others] = await at.people.supporters.table.find({});
  if (record === undefined || others.length > 0) throw new Error('There is not one supporter.');
  return record;
}

/** What the person does in the chat, or staff in the console. */
async function change(make: (record: SupporterRecord) => SupporterRecord): Promise<void> {
  expect(await at.people.supporters.save(make(await only()))).toBeDefined();
}

async function bytes(): Promise<readonly string[]> {
  const { supporters, addresses } = at.people;
  const rows = [
    ...(await supporters.table.find({}, { sort: { _id: 1 } })),
    ...(await addresses.table.find({}, { sort: { _id: 1 } })),
  ];
  return rows.map((row) => Buffer.from(mongo.BSON.serialize(row)).toString('hex'));
}

describe('a file that is taken in again', () => {
  test('changes nothing', async () => {
    const options = { consent: CONSENT, emailConfirmed: true };
    for (const format of ['nationbuilder', 'action-network', 'rapidpro', 'csv'] as const) {
      const first = await at.takeFile(format, options);
      const before = await bytes();
      const { created } = first;
      expect(await at.takeFile(format, { ...options, at: new Date() })).toEqual({
        ...first,
        created: 0,
        unchanged: created,
        consents: 0,
        refusals: 0,
      });
      expect(await bytes()).toEqual(before);
    }
  });

  test('changes what it gave, takes away what it gave, and leaves what it says nothing of', async () => {
    await at.take('csv', [HEADER, LEA]);
    const changed = '1,lea2@exemple.org,,,35200,"marché, tracts",subscribed,';
    expect(await at.take('csv', [HEADER, changed])).toMatchObject({ created: 0, changed: 1 });
    expect(await only()).toMatchObject({
      email: 'lea2@exemple.org',
      postal_code: '35200',
      tags: ['marché', 'tracts'],
      fields: {},
    });
    expect((await only()).first_name).toBeUndefined();
    await at.take('csv', ['id,email', '1,lea3@exemple.org']);
    expect(await only()).toMatchObject({ email: 'lea3@exemple.org', postal_code: '35200' });
  });

  test('never says otherwise than the person did', async () => {
    await at.take('csv', [HEADER, LEA]);
    await change((record) => {
      const { postal_code: _, ...rest } = record;
      return {
        ...rest,
        first_name: 'Léa-Marie',
        fields: {},
        tags: ['marché', 'bénévole'],
      };
    });
    const again = '1,lea@exemple.org,0612345678,Lea,35200,"vélo, marché, tracts",subscribed,chant';
    await at.take('csv', [HEADER, again]);
    const record = await only();
    expect(record).toMatchObject({
      first_name: 'Léa-Marie',
      phone: '+33612345678',
      tags: ['marché', 'bénévole', 'tracts'],
      fields: {},
    });
    // What they took away does not come back.
    expect(record.postal_code).toBeUndefined();
  });

  test('does not undo what was said in the chat about being written to', async () => {
    await at.take('csv', [HEADER, LEA], { consent: CONSENT });
    const stop = { given: false, wording: 'STOP', version: 'rule', language: 'fr', source: 'stop' };
    const since = new Date(CONSENT.at.getTime() + 1_000);
    await change((record) => ({
      ...record,
      consents: [
        ...record.consents,
        { purpose: 'newsletter', channel: 'email', ...stop, at: since },
      ],
    }));
    expect(await at.take('csv', [HEADER, LEA], { consent: CONSENT })).toMatchObject({
      consents: 0,
    });
    const before = { ...CONSENT, wording: 'Une autre phrase.', at: EARLIER };
    await at.take('csv', [HEADER, LEA], { consent: before });
    expect((await only()).consents_now).toContain('newsletter@email=refused');
    // They agreed again there, later.
    const later = { ...CONSENT, at: new Date(since.getTime() + 1_000) };
    await at.take('csv', [HEADER, LEA], { consent: later });
    expect((await only()).consents_now).toContain('newsletter@email=given');
    // And left the list.
    const left = LEA.replace('subscribed', 'unsubscribed');
    expect(await at.take('csv', [HEADER, left])).toMatchObject({ refusals: 1 });
    expect((await only()).consents_now).toContain('newsletter@email=refused');
    await change((record) => ({
      ...record,
      consents: [
        ...record.consents,
        {
          purpose: 'newsletter',
          channel: 'email',
          ...stop,
          given: true,
          source: 'welcome.agree',
          at: new Date(),
        },
      ],
    }));
    expect(await at.take('csv', [HEADER, left])).toMatchObject({ refusals: 0, unchanged: 1 });
    expect((await only()).consents_now).toContain('newsletter@email=given');
  });
});

test('a dry run tells the same figures and writes nothing', async () => {
  await at.take('csv', [HEADER, LEA]);
  const before = await bytes();
  const rows = [
    HEADER,
    LEA.replace('35000', '35200'),
    '2,x,,X,,,,',
    '3,zoe@exemple.org,,Zoé,,,refused,',
  ];
  const dry = await at.take('csv', rows, { dryRun: true });
  expect(await bytes()).toEqual(before);
  expect(existsSync(join(at.dataDir, 'list.rejects.csv'))).toBe(false);
  const { rejects, ...real } = await at.take('csv', rows);
  expect(dry).toEqual(real);
  expect(real).toMatchObject({ created: 1, changed: 1, rejected: 1, refusals: 1 });
  expect(rejects).toBeDefined();
});

test('whoever was erased stays away, unless they have agreed since', async () => {
  const erased = new Date(Date.UTC(2030, 0, 1));
  await at.people.optOuts.enter([emailPlace('lea@exemple.org')], erased, 3);
  expect(await at.take('csv', [HEADER, LEA])).toMatchObject({ created: 0, left_out: 1 });
  const earlier = { ...CONSENT, at: EARLIER };
  expect(await at.take('csv', [HEADER, LEA], { consent: earlier })).toMatchObject({ left_out: 1 });
  const left = LEA.replace('subscribed', 'unsubscribed');
  expect(await at.take('csv', [HEADER, left], { consent: CONSENT })).toMatchObject({ left_out: 1 });
  expect(await at.take('csv', [HEADER, LEA], { consent: CONSENT })).toMatchObject({
    created: 1,
    left_out: 0,
  });
});

test('nobody is merged on a guess: one confirmed e-mail of two is proposed to staff', async () => {
  const met = {
    ...newSupporter('met', 'fr', { channel: 'web', address: 'w' }, EARLIER),
    email: 'lea@exemple.org',
  };
  await at.people.supporters.save({ ...met, email_confirmed_at: EARLIER, reachable_on: ['email'] });
  await at.people.addresses.claim('email', 'lea@exemple.org', 'met', EARLIER);
  await at.take('csv', [HEADER, LEA], { consent: CONSENT, emailConfirmed: true });
  // Who confirmed it first keeps it.
  expect(await at.people.addresses.find('email', 'lea@exemple.org')).toMatchObject({
    supporter: 'met',
  });
  const [both] = await findDuplicates(at.people.supporters);
  expect(both).toMatchObject({ by: 'email', supporters: ['met', expect.any(String)] });

  // Merged by staff, the row goes on with the profile of both.
  const merging = createMerging({ ...at.people, now: () => Date.now() });
  expect(await merging.merge('met', both?.supporters[1] ?? '', { type: 'staff' })).toMatchObject({
    type: 'done',
  });
  expect(await at.take('csv', [HEADER, LEA.replace('cuisine', 'chant')])).toMatchObject({
    changed: 1,
  });
  expect(await only()).toMatchObject({
    _id: 'met',
    fields: { skills: 'chant' },
    first_name: 'Léa',
  });
});

test('an address that only somebody unconfirmed had goes to whoever confirmed it elsewhere', async () => {
  await at.people.supporters.save(
    newSupporter('other', 'fr', { channel: 'web', address: 'w' }, EARLIER),
  );
  await at.people.addresses.claim('email', 'lea@exemple.org', 'other', EARLIER);
  await at.take('csv', [HEADER, LEA], { emailConfirmed: true });
  const lea = await at.people.supporters.table.find({ email: 'lea@exemple.org' });
  expect(lea).toMatchObject([{ reachable_on: ['email'] }]);
  expect(await at.people.addresses.find('email', 'lea@exemple.org')).toMatchObject({
    supporter: lea[0]?._id,
  });
});

test('who has written on the same network already is that person, told by the address', async () => {
  const met = newSupporter('met', 'en', { channel: 'telegram', address: '4021' }, EARLIER);
  await at.people.supporters.save({ ...met, reachable_on: ['telegram'], first_name: 'Inny' });
  await at.people.addresses.claim('telegram', '4021', 'met', EARLIER);
  const outcome = await at.takeFile('rapidpro');
  expect(outcome).toMatchObject({ created: 3, changed: 1, addresses_taken: 0 });
  const record = await at.people.supporters.get('met');
  // What was asked of them in the chat stays as they told it.
  expect(record).toMatchObject({ first_name: 'Inny', language: 'en', phone: '+33612345670' });
});

test('tells where it comes from, to whoever asks for their data', async () => {
  await at.take('csv', [HEADER, LEA]);
  expect(exportSupporter(await only(), []).origins).toEqual([
    {
      format: 'csv',
      file: 'list.csv',
      at: '2031-01-01T00:00:00.000Z',
      gave: ['email', 'first_name', 'postal_code', 'fields.skills', 'tags'].sort(),
    },
  ]);
});

test('two rows of one person in a file: the second is rejected', async () => {
  const outcome = await at.take('csv', [HEADER, LEA, LEA.replace('Léa', 'Lea')]);
  expect(outcome).toMatchObject({ created: 1, rejected: 1 });
  expect(outcome.problems).toEqual([
    { line: 3, reason: 'an earlier row of this file is the same person' },
  ]);
});

test('an import that is killed with kill -9 is run again and ends as one that was not', async () => {
  const lines = [
    HEADER,
    ...Array.from(
      { length: 1_500 },
      (_, n) => `${n},p${n}@exemple.org,,P${n},35000,"a, b",subscribed,x`,
    ),
  ];
  const options = { consent: CONSENT, emailConfirmed: true };
  const whole = await at.take('csv', lines, options);
  expect(whole).toMatchObject({ rows: 1_500, created: 1_500, consents: 1_500 });
  const kept = async (): Promise<unknown> =>
    (await at.people.supporters.table.find({}, { sort: { _id: 1 } })).map((row) => ({
      ...row,
      written: '',
    }));
  const before = [await kept(), await at.people.addresses.table.find({}, { sort: { _id: 1 } })];
  await at.close();

  at = await openImporting();
  const { dataDir } = at;
  await at.close();
  const path = join(dataDir, 'list.csv');
  at = await openImporting(dataDir);
  await at.close();
  writeFileSync(path, lines.join('\n'));
  const script = join(__dirname, 'import-until-killed.ts');
  const args = ['--import', 'tsx', script, dataDir, path];
  expect(spawnSync(process.execPath, args, { stdio: 'inherit' }).signal).toBe('SIGKILL');

  at = await openImporting(dataDir);
  expect(await at.people.supporters.table.count({})).toBeLessThan(1_500);
  const again = await at.take('csv', lines, options);
  expect(again.created + again.unchanged).toBe(1_500);
  expect([await kept(), await at.people.addresses.table.find({}, { sort: { _id: 1 } })]).toEqual(
    before,
  );
});
