import type { Campaign, FieldType } from '../../engine/campaign.js';
import { PURPOSES, type Purpose } from '../../engine/flow.js';
import { CHANNELS, CONSENT_CHANNELS } from '../../engine/parse/names.js';
import { PLACE_FIELDS } from '../../supporters/places/place.js';
import { SIGNUP_STATES, VISIT_RESULTS } from '../../supporters/record.js';
import type { Operator } from './segment.js';

/** What segments of a campaign are read against; `flows` where they are known. */
export type Terms = Pick<Campaign, 'fields' | 'languages' | 'timezone'> & {
  readonly flows?: readonly string[];
};

/** What segments can ask about, and where the supporter's record has it. */
export type SegmentField =
  | {
      readonly type: 'text';
      readonly path: string;
      readonly values?: readonly string[];
      /** It can be asked how it begins: letters, digits, spaces and dashes. */
      readonly begins?: true;
    }
  /** Absent is zero where `counts`. */
  | { readonly type: 'number'; readonly path: string; readonly counts?: true }
  | { readonly type: 'yes_no'; readonly path: string }
  /** Only whether it is known; a text that is empty is not. */
  | { readonly type: 'known'; readonly path: string; readonly isText?: true }
  | { readonly type: 'list'; readonly path: string; readonly values?: readonly string[] }
  /** An instant that is kept as a date. */
  | { readonly type: 'instant'; readonly path: string }
  /** A day as it was answered, `2032-03-14`, perhaps with a time behind it that does not count. */
  | { readonly type: 'day'; readonly path: string }
  | { readonly type: 'consent'; readonly purpose: Purpose; readonly channel?: string }
  /** A part of the record by name, each with how many there are of it. */
  | { readonly type: 'counted'; readonly path: string; readonly values: readonly string[] };

export const CONSENT_VALUES = ['given', 'refused', 'never_asked'] as const;

/** The operators of each type of field. */
export const OPERATORS: { readonly [type in SegmentField['type']]: readonly Operator[] } = {
  text: ['=', '!=', 'in', 'notIn', 'null', 'notNull'],
  number: ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'notIn', 'null', 'notNull'],
  yes_no: ['=', '!=', 'null', 'notNull'],
  known: ['null', 'notNull'],
  list: ['contains', 'doesNotContain', 'in', 'notIn', 'null', 'notNull'],
  instant: ['before', 'after', 'withinDays', 'notWithinDays', 'null', 'notNull'],
  day: ['=', '!=', 'before', 'after', 'withinDays', 'withinNextDays', 'null', 'notNull'],
  consent: ['=', '!='],
  counted: ['contains', 'doesNotContain'],
};

/** The operators of one field. */
export function operatorsOf(field: SegmentField): readonly Operator[] {
  if (field.type === 'text' && field.begins === true) {
    return [...OPERATORS.text, 'beginsWith', 'doesNotBeginWith'];
  }
  // Nobody is without a number that counts.
  if (field.type === 'number' && field.counts === true) {
    return OPERATORS.number.filter((operator) => operator !== 'null' && operator !== 'notNull');
  }
  return OPERATORS[field.type];
}

/** Names that may stand behind `preferences.`; flows choose them. */
const PREFERENCE = /^preferences\.[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The table of what every campaign can ask: a line for each field. Their paths are written here only. */
const BUILT_IN: Readonly<Record<string, SegmentField>> = {
  first_name: { type: 'known', path: 'first_name', isText: true },
  last_name: { type: 'known', path: 'last_name', isText: true },
  email: { type: 'known', path: 'email', isText: true },
  email_confirmed_at: { type: 'instant', path: 'email_confirmed_at' },
  phone: { type: 'known', path: 'phone', isText: true },
  postal_code: { type: 'text', path: 'postal_code', begins: true },
  ...Object.fromEntries(PLACE_FIELDS.map((name) => [name, { type: 'text', path: name } as const])),
  tags: { type: 'list', path: 'tags' },
  support_level: { type: 'number', path: 'support_level' },
  created_at: { type: 'instant', path: 'created_at' },
  heard_at: { type: 'instant', path: 'heard_at' },
  reachable_on: { type: 'list', path: 'reachable_on', values: CHANNELS },
  'donations.count': { type: 'number', path: 'summary.donations.count', counts: true },
  'donations.total_cents': { type: 'number', path: 'summary.donations.totalCents', counts: true },
  'donations.last_at': { type: 'instant', path: 'summary.donations.lastAt' },
  signups: { type: 'counted', path: 'summary.signups', values: SIGNUP_STATES },
  'signups.completed': { type: 'number', path: 'summary.signups.completed', counts: true },
  'signups.no_show': { type: 'number', path: 'summary.signups.no_show', counts: true },
  'visits.count': { type: 'number', path: 'summary.visits.count', counts: true },
  'visits.last_result': { type: 'text', path: 'summary.visits.lastResult', values: VISIT_RESULTS },
  'visits.last_at': { type: 'instant', path: 'summary.visits.lastAt' },
  ...Object.fromEntries(
    PURPOSES.flatMap((purpose) => [
      [`consents.${purpose}`, { type: 'consent', purpose } as const],
      ...CONSENT_CHANNELS.map((channel) => [
        `consents.${purpose}.${channel}`,
        { type: 'consent', purpose, channel } as const,
      ]),
    ]),
  ),
};

/** How a field that `campaign.yaml` declares is asked about. */
function declared(path: string, type: FieldType | 'any'): SegmentField {
  switch (type) {
    case 'text':
    case 'list':
      return { type, path };
    case 'number':
    case 'amount':
      return { type: 'number', path };
    case 'boolean':
      return { type: 'yes_no', path };
    case 'date':
      return { type: 'day', path };
    case 'location':
    case 'any':
      return { type: 'known', path };
    default:
      return type satisfies never;
  }
}

type Table = Readonly<Record<string, SegmentField>>;
const TABLES = new WeakMap<Terms, Table>();

/** All fields of a campaign by name, for whoever draws an editor; `preferences.*` have no end. */
export function segmentFields(terms: Terms): Table {
  const known = TABLES.get(terms);
  if (known !== undefined) return known;
  const { fields, languages, flows } = terms;
  const own = Object.entries(fields).filter(([path]) => path.startsWith('fields.'));
  const table: Table = {
    language: { type: 'text', path: 'language', values: languages },
    ...BUILT_IN,
    'session.flow': {
      type: 'list',
      path: 'session.frames.flow',
      ...(flows === undefined ? {} : { values: flows }),
    },
    ...Object.fromEntries(own.map(([path, { type }]) => [path, declared(path, type)])),
  };
  TABLES.set(terms, table);
  return table;
}

/** One field by its name; undefined when there is none. */
export function findSegmentField(name: string, terms: Terms): SegmentField | undefined {
  const known = segmentFields(terms);
  if (Object.hasOwn(known, name)) return known[name];
  return PREFERENCE.test(name) ? { type: 'list', path: name } : undefined;
}
