import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { exportTable } from '../../../src/supporters/exchange/export-table.js';
import type { TableFormat } from '../../../src/supporters/exchange/table-formats.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { CAMPAIGN, CONSENT, openImporting, type Importing } from './importing.js';

let from: Importing;
let to: Importing;
beforeEach(async () => {
  [from, to] = [await openImporting(), await openImporting()];
});
afterEach(async () => {
  await from.close();
  await to.close();
});

const AT = new Date(Date.UTC(2030, 0, 1));

async function written(format: TableFormat): Promise<string> {
  const { supporters, addresses } = from.people;
  const pieces: string[] = [];
  for await (const piece of exportTable(supporters, addresses, format, CAMPAIGN.fields)) {
    pieces.push(piece);
  }
  return pieces.join('');
}

async function empty(): Promise<void> {
  for (const { people } of [from, to]) {
    await people.supporters.table.remove({});
    await people.addresses.table.remove({});
  }
}

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
/** One line, as names and tags are kept: the signs of formulas and tables are the likeliest. */
const sign = fc.constantFrom(...'a é = + - @ \' " , ; |'.split(' '), ' ');
const line = fc
  .string({ unit: sign, minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const prose = fc
  .string({ unit: fc.oneof(sign, fc.constantFrom('\n', '\t', '😀')), minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() !== '');

const people = fc.array(
  fc.record({
    phone: maybe(fc.constantFrom('+33612345678', '+33142685300')),
    first_name: maybe(line),
    last_name: maybe(line),
    language: fc.constantFrom('fr', 'en'),
    postal_code: maybe(fc.constantFrom('35000', '01000', '75011')),
    support_level: maybe(fc.integer({ min: 1, max: 5 })),
    tags: fc.uniqueArray(line, { maxLength: 3 }),
    skills: maybe(prose),
    tasks: maybe(fc.uniqueArray(line, { minLength: 1, maxLength: 3 })),
    age: maybe(fc.integer({ min: -3, max: 99 })),
    pledge: maybe(fc.integer({ min: 0, max: 500_000 })),
    member: maybe(fc.boolean()),
    since: maybe(fc.constantFrom('2030-02-28', '2030-01-02T18:00:00+01:00')),
    home: maybe(fc.constantFrom({ lat: 48.11, lon: -1.68 })),
    topics: maybe(fc.array(line, { minLength: 1, maxLength: 2 })),
  }),
  { minLength: 1, maxLength: 5 },
);

function known<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

async function meet(
  someone: typeof people extends fc.Arbitrary<(infer P)[]> ? P : never,
  n: number,
) {
  const { skills, tasks, age, pledge, member, since, home, topics, ...profile } = someone;
  const record = {
    ...newSupporter(`supporter-${n}`, profile.language, { channel: 'web', address: `${n}` }, AT),
    ...known(profile),
    email: `p${n}@exemple.org`,
    fields: known({ skills, tasks, age, pledge, member, since, home }),
    preferences: known({ topics }),
  } as SupporterRecord;
  await from.people.supporters.save(record);
}

function told(records: readonly SupporterRecord[], isWhole: boolean) {
  const shown = records.map(({ email, phone, first_name, last_name, language, ...rest }) => ({
    email,
    phone,
    first_name,
    last_name,
    language,
    code: rest.postal_code,
    level: rest.support_level,
    tags: rest.tags,
    ...(isWhole ? { fields: rest.fields, preferences: rest.preferences } : {}),
  }));
  return shown.sort((one, other) => (one.email ?? '').localeCompare(other.email ?? ''));
}

test.each(['csv', 'nationbuilder', 'action-network', 'van'] as const)(
  'a table of the format %s gives the same profiles when it is taken in',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(people, async (all) => {
        await empty();
        for (const [n, someone] of all.entries()) await meet(someone, n);
        const table = await written(format);
        expect(await to.take(format, table)).toMatchObject({ created: all.length, rejected: 0 });
        const isWhole = format === 'csv';
        expect(told(await to.people.supporters.table.find({}), isWhole)).toEqual(
          told(await from.people.supporters.table.find({}), isWhole),
        );
        // In its own place it finds everybody again, and changes nothing that they told.
        if (!isWhole) return;
        const before = told(await from.people.supporters.table.find({}), true);
        expect(await from.take('csv', table)).toMatchObject({ created: 0, rejected: 0 });
        expect(told(await from.people.supporters.table.find({}), true)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  },
  60_000,
);

test('nothing in a table is a formula, and nobody is said to have subscribed who did not', async () => {
  const last = { channel: 'web', address: 'w' };
  const proof = { wording: 'w', version: 'v', language: 'fr', source: 'welcome.agree', at: AT };
  const mail = { purpose: 'newsletter', channel: 'email', ...proof } as const;
  const cases: readonly (readonly [string, SupporterRecord['consents'], string])[] = [
    ['a', [], ''],
    ['b', [{ ...mail, given: true }], 'subscribed'],
    [
      'c',
      [
        { ...mail, given: true },
        { ...mail, given: false },
      ],
      'unsubscribed',
    ],
    ['d', [{ ...mail, purpose: 'engagement', channel: 'web', given: true }], ''],
    ['e', [{ purpose: 'engagement', ...proof, given: false }], 'do not contact'],
  ];
  for (const [name, consents] of cases) {
    const fresh = newSupporter(name, 'fr', last, AT);
    const email = `${name}@exemple.org`;
    await from.people.supporters.save({ ...fresh, email, first_name: '=1+1', consents });
  }
  const table = await written('action-network');
  const lines = table.trim().split('\n').slice(1).sort();
  expect(lines.map((one) => one.split(',').at(-1))).toEqual(cases.map(([, , status]) => status));
  for (const one of lines) expect(one).toContain(",'=1+1,");
  // Taken in elsewhere, a refusal is a refusal there, and a yes is none without its proof.
  expect(await to.take('action-network', table)).toMatchObject({ consents: 0, refusals: 2 });
  expect(await to.take('action-network', table, { consent: CONSENT })).toMatchObject({
    consents: 1,
  });
});
