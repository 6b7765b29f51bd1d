import fc from 'fast-check';
import type { Json } from '../../../src/engine/json.js';
import { PURPOSES } from '../../../src/engine/flow.js';
import { BUILT_IN_FIELDS } from '../../../src/engine/parse/fields.js';
import { CONSENT_CHANNELS } from '../../../src/engine/parse/names.js';
import {
  CONSENT_VALUES,
  operatorsOf,
  segmentFields,
} from '../../../src/outreach/segments/fields.js';
import type { SegmentField, Terms } from '../../../src/outreach/segments/fields.js';
import type { Group, Operator, Rule } from '../../../src/outreach/segments/segment.js';
import { withConsentsNow } from '../../../src/supporters/consents-now.js';
import {
  newSupporter,
  SIGNUP_STATES,
  VISIT_RESULTS,
  type SupporterRecord,
} from '../../../src/supporters/record.js';

/** A campaign in a zone far from that of any machine, whose clock changes on the day after `AT`. */
export const TERMS: Terms = {
  languages: ['fr', 'en'],
  timezone: 'Europe/Paris',
  flows: ['welcome', 'stop'],
  fields: {
    ...BUILT_IN_FIELDS,
    'fields.round': { type: 'number', sensitive: false },
    'fields.born': { type: 'date', sensitive: false },
    'fields.bike': { type: 'boolean', sensitive: false },
    'fields.note': { type: 'text', sensitive: false },
    'fields.towns': { type: 'list', sensitive: false },
    'fields.gift': { type: 'amount', sensitive: false },
    'fields.home': { type: 'location', sensitive: false },
  },
};
/** Sunday already in Paris. */
export const AT = new Date('2032-03-27T23:30:00Z');

const DAYS = ['2032-03-27', '2032-03-28', '2032-03-29', '2031-03-28', '1950-01-31'];
const INSTANTS = [
  AT,
  ...['2032-03-27T22:59:59Z', '2032-03-27T23:00:00Z', '2032-03-28T22:00:00Z'].map(
    (t) => new Date(t),
  ),
  ...['2032-03-20T23:00:00Z', '2032-03-26T23:00:00Z', '1999-01-01T00:00:00Z'].map(
    (t) => new Date(t),
  ),
];
const WORDS = ['a', 'b', 'Zoé', '35000', '35200', '36', '3', '\uffff', '😀', '2032-03-28', ''];
const word = fc.constantFrom(...WORDS);
const text = fc.constantFrom(...WORDS.filter((one) => one !== ''));
const number = fc.constantFrom(0, 1, 2, 5, 2000, -1, 1.5);
const instant = fc.constantFrom(...INSTANTS);
const day = fc.constantFrom(...DAYS, '2032-03-28T18:00:00+01:00', '2032-03-27T23:30:00.000Z');

function valueOf(field: SegmentField, operator: Operator): fc.Arbitrary<Rule['value']> {
  if (operator === 'null' || operator === 'notNull') return fc.constant(undefined);
  if (/(?:W|w)ithin/.test(operator)) return fc.constantFrom(0, 1, 7, 365);
  if (operator === 'between') {
    return fc.tuple(number, number).map((pair) => [Math.min(...pair), Math.max(...pair)]);
  }
  if (/BeginWith|beginsWith/.test(operator)) return fc.constantFrom('3', '35', '350', 'Z', 'a');
  const one = scalarOf(field);
  return operator === 'in' || operator === 'notIn'
    ? fc.array(one, { minLength: 1, maxLength: 4 })
    : one;
}

function scalarOf(field: SegmentField): fc.Arbitrary<string | number | boolean> {
  switch (field.type) {
    case 'text':
      return field.values === undefined ? text : fc.constantFrom(...field.values);
    case 'list':
      return field.values === undefined
        ? fc.oneof(text, number, fc.boolean())
        : fc.constantFrom(...field.values);
    case 'number':
      return number;
    case 'yes_no':
      return fc.boolean();
    case 'instant':
      return fc.oneof(
        instant.map((at) => at.toISOString()),
        fc.constantFrom(...DAYS, 'today'),
      );
    case 'day':
      return fc.constantFrom(...DAYS, 'today');
    case 'consent':
      return fc.constantFrom(...CONSENT_VALUES);
    case 'counted':
      return fc.constantFrom(...field.values);
    case 'known':
      throw new Error('It is asked nothing else.');
    default:
      return field satisfies never;
  }
}

/** Those of one purpose are like those of any other. */
const isLikeAnother = (name: string): boolean =>
  name.startsWith('consents.') && !/^consents\.engagement(?:\.(?:email|telegram))?$/.test(name);
const ASKED = [
  ...Object.entries(segmentFields(TERMS)).filter(([name]) => !isLikeAnother(name)),
  ['preferences.topics', { type: 'list', path: 'preferences.topics' }] as const,
];
/** One condition for every field and operator that there is. */
export const RULES: readonly fc.Arbitrary<Rule>[] = ASKED.flatMap(([field, spec]) =>
  operatorsOf(spec).map((operator) =>
    valueOf(spec, operator).map((value): Rule => ({
      field,
      operator,
      ...(value === undefined ? {} : { value }),
    })),
  ),
);

const rule = fc.oneof(...RULES);

/** Conditions, in groups at most three deep. */
export const { group } = fc.letrec<{ group: Group; part: Rule | Group }>((tie) => ({
  part: fc.oneof({ maxDepth: 2 }, { arbitrary: rule, weight: 3 }, tie('group')),
  group: fc
    .record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      isNot: fc.boolean(),
      rules: fc.array(tie('part'), { minLength: 1, maxLength: 4 }),
    })
    .map(({ combinator, isNot, rules }) => ({
      combinator,
      ...(isNot ? { not: true as const } : {}),
      rules,
    })),
}));

const scalar: fc.Arbitrary<Json> = fc.oneof(word, number, fc.boolean(), fc.constant(null), day);
/** What stands in a field, of its own type or of another that it had once. */
const anything: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }),
  fc.constant({ lat: 1, lon: 2 }),
);
const consent = fc.record({
  purpose: fc.constantFrom(...PURPOSES.slice(0, 3)),
  channel: fc.option(fc.constantFrom(...CONSENT_CHANNELS.slice(0, 2)), { nil: undefined }),
  given: fc.boolean(),
});

function some<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** A supporter of this id, whatever may stand in a record. */
export function supporter(id: string): fc.Arbitrary<SupporterRecord> {
  const absent = fc.record(
    {
      first_name: word,
      email: word,
      phone: word,
      postal_code: word,
      department: fc.constantFrom('35', '36'),
      commune: text,
      support_level: number,
      email_confirmed_at: instant,
      heard_at: instant,
      erasing: fc.constant(AT),
      reachable_on: fc.subarray(['telegram', 'web', 'whatsapp']),
    },
    { requiredKeys: [] },
  );
  const summary = fc.record(
    {
      donations: fc.record({ count: number, totalCents: number, lastAt: instant }),
      signups: fc.dictionary(fc.constantFrom(...SIGNUP_STATES), fc.constantFrom(0, 1, 2)),
      visits: fc.record({
        count: number,
        lastResult: fc.constantFrom(...VISIT_RESULTS),
        lastAt: instant,
      }),
    },
    { requiredKeys: [] },
  );
  const fields = fc.record(
    {
      round: anything,
      born: fc.oneof(day, anything),
      bike: anything,
      note: anything,
      towns: anything,
      gift: number,
      home: anything,
    },
    { requiredKeys: [] },
  );
  return fc
    .record({
      absent,
      fields,
      summary: some(summary),
      language: fc.constantFrom('fr', 'en', 'de'),
      created_at: instant,
      topics: some(anything),
      tags: fc.uniqueArray(word, { maxLength: 3 }),
      consents: fc.array(consent, { maxLength: 6 }),
      frames: fc.array(fc.constantFrom('welcome', 'stop'), { maxLength: 2 }),
    })
    .map(({ absent: known, summary: short, topics, consents, frames, created_at, ...rest }) =>
      withConsentsNow({
        ...newSupporter(id, rest.language, { channel: 'web', address: id }, created_at),
        ...rest,
        ...known,
        ...(short === undefined ? {} : { summary: short }),
        preferences: topics === undefined ? {} : { topics },
        consents: consents.map(({ channel, ...said }) => ({
          ...said,
          ...(channel === undefined ? {} : { channel }),
          wording: 'w',
          version: 'v',
          language: 'fr',
          source: 's',
          at: AT,
        })),
        session: {
          turn: 1,
          frames: frames.map((flow) => ({ flow, version: 'v', step: 's', answers: {} })),
        },
      }),
    );
}
