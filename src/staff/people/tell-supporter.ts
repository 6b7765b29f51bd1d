import { consentsByPurpose } from '../../supporters/consents-in-force.js';
import type { Json } from '../../engine/json.js';
import type { AddressRow } from '../../supporters/addresses.js';
import type { MergeRow } from '../../supporters/merge/merges.js';
import { PLACE_FIELDS } from '../../supporters/places/place.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { MergeView, SupporterRow, SupporterView } from '../api.js';

/** Rows as they come, each once. */
export function uniqueRows<T extends { readonly _id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row._id, row])).values()];
}

/** What of a record lists show. */
export const ROW_FIELDS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'commune_name',
  'language',
  'tags',
  'reachable_on',
  'created_at',
  'heard_at',
  'handoff',
  'last',
] as const satisfies readonly (keyof SupporterRecord)[];

export type RowRecord = Pick<SupporterRecord, (typeof ROW_FIELDS)[number] | '_id'>;

/** What somebody is called; empty where nobody knows. */
export function nameOf({
  first_name: first = '',
  last_name: last = '',
}: Pick<SupporterRecord, 'first_name' | 'last_name'>): string {
  return `${first} ${last}`.trim();
}

/** One supporter in a list. */
export function tellRow(record: RowRecord): SupporterRow {
  const { email, phone, commune_name: town, heard_at: heard } = record;
  return {
    id: record._id,
    name: nameOf(record),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(town === undefined ? {} : { town }),
    language: record.language,
    tags: record.tags,
    channels: record.reachable_on ?? [record.last.channel],
    createdAt: record.created_at.toISOString(),
    ...(heard === undefined ? {} : { heardAt: heard.toISOString() }),
    isWithTeam: record.handoff !== undefined,
  };
}

/** All that is known of one supporter. */
export function tellSupporter(
  record: SupporterRecord,
  around: {
    readonly addresses: readonly AddressRow[];
    readonly merges: readonly MergeRow[];
    readonly segments: readonly string[];
  },
): SupporterView {
  const {
    first_name: first,
    last_name: last,
    postal_code: postalCode,
    support_level: level,
  } = record;
  const { email_confirmed_at: confirmed, summary } = record;
  const inForce = consentsByPurpose(record.consents);
  return {
    ...tellRow(record),
    ...(first === undefined ? {} : { firstName: first }),
    ...(last === undefined ? {} : { lastName: last }),
    ...(confirmed === undefined ? {} : { emailConfirmedAt: confirmed.toISOString() }),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(level === undefined ? {} : { supportLevel: level }),
    place: Object.fromEntries(
      PLACE_FIELDS.flatMap((field) => {
        const value = record[field];
        return value === undefined ? [] : [[field, value]];
      }),
    ),
    fields: list(record.fields),
    preferences: list(record.preferences),
    addresses: around.addresses.map(({ channel, address, reachable, created_at: since }) => ({
      channel,
      address,
      reachable,
      since: since.toISOString(),
    })),
    consentsNow: Object.entries(inForce).map(([purpose, given]) => ({ purpose, given })),
    merges: tellMerges(around.merges),
    segments: around.segments,
    ...(summary?.donations === undefined
      ? {}
      : {
          donations: {
            count: summary.donations.count,
            totalCents: summary.donations.totalCents,
          },
        }),
  };
}

/** Merges, the latest first; only the last one that stands can be undone. */
function tellMerges(merges: readonly MergeRow[]): MergeView[] {
  const last = merges.find(({ undone_at: undone }) => undone === undefined)?._id;
  return merges.map(({ _id, kept, merged, at, proof, undone_at: undone, before }) => ({
    id: _id,
    kept,
    merged,
    at: at.toISOString(),
    proof: proof.type,
    ...(proof.type === 'staff' && proof.reason !== undefined ? { reason: proof.reason } : {}),
    ...(undone === undefined ? {} : { undoneAt: undone.toISOString() }),
    canUndo: _id === last && before !== undefined,
  }));
}

function list(values: { readonly [name: string]: Json }): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: writeValue(value) }));
}

/** A value as people read it. */
export function writeValue(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(writeValue).join(', ');
  return JSON.stringify(value);
}
