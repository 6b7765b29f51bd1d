import type { Json } from '../../engine/json.js';
import type { Query } from '../../store/table.js';
import type { AddressRow, Addresses } from '../addresses.js';
import { PLACE_FIELDS, type PlaceField } from '../places/place.js';
import type { ConsentRecord, SupporterRecord } from '../record.js';
import type { Supporters } from '../supporters.js';

/** One supporter as `portevoix export supporters --json` prints it; what is unknown is absent. */
export type ExportedSupporter = {
  readonly id: string;
  readonly email?: string;
  /** ISO 8601; absent until the address is confirmed. */
  readonly email_confirmed_at?: string;
  readonly phone?: string;
  readonly language: string;
  readonly names: { readonly first?: string; readonly last?: string };
  readonly postal_code?: string;
  /** Where the postal code is, or they told that they live. */
  readonly place?: { readonly [field in PlaceField]?: string };
  /** Which of those were looked up, where and when. */
  readonly looked_up?: {
    readonly fields: readonly PlaceField[];
    readonly source: string;
    /** ISO 8601. */
    readonly at: string;
  };
  readonly preferences: { readonly [name: string]: Json };
  readonly tags: readonly string[];
  readonly fields: { readonly [name: string]: Json };
  readonly addresses: readonly {
    readonly channel: string;
    readonly address: string;
    readonly reachable: boolean;
  }[];
  readonly consents: readonly {
    readonly purpose: string;
    readonly channel?: string;
    readonly given: boolean;
    readonly wording: string;
    readonly version: string;
    readonly language: string;
    readonly source: string;
    /** ISO 8601. */
    readonly at: string;
  }[];
  /** Where what they did not tell comes from: the format, the file, and which fields it gave. */
  readonly origins?: readonly {
    readonly format: string;
    readonly file: string;
    /** ISO 8601. */
    readonly at: string;
    readonly gave: readonly string[];
  }[];
  /** ISO 8601. */
  readonly created_at: string;
};

/** Supporters whose addresses are read in one query. */
const BATCH = 500;

/**
 * Streams supporters, oldest first: all, or those a query of this program finds. Never holds more than a
 * batch in memory.
 */
export async function* exportSupporters(
  supporters: Supporters,
  addresses: Addresses,
  query: Query = {},
): AsyncGenerator<ExportedSupporter> {
  let batch: SupporterRecord[] = [];
  for await (const record of supporters.table.stream(query, { sort: { created_at: 1 } })) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield* exportBatch(batch, addresses);
    batch = [];
  }
  yield* exportBatch(batch, addresses);
}

async function* exportBatch(
  batch: readonly SupporterRecord[],
  addresses: Addresses,
): AsyncGenerator<ExportedSupporter> {
  const ids = batch.map(({ _id }) => _id);
  const rows = await addresses.table.find({ supporter: { $in: ids } });
  const bySupporter = new Map<string, AddressRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) bySupporter.get(row.supporter)?.push(row);
  for (const record of batch) yield exportSupporter(record, bySupporter.get(record._id) ?? []);
}

/** One record and its addresses in the published shape. */
export function exportSupporter(
  record: SupporterRecord,
  addresses: readonly AddressRow[],
): ExportedSupporter {
  const {
    email,
    email_confirmed_at: confirmed,
    phone,
    postal_code,
    first_name: first,
    last_name: last,
  } = record;
  return {
    id: record._id,
    ...(email === undefined ? {} : { email }),
    ...(confirmed === undefined ? {} : { email_confirmed_at: confirmed.toISOString() }),
    ...(phone === undefined ? {} : { phone }),
    language: record.language,
    names: { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) },
    ...(postal_code === undefined ? {} : { postal_code }),
    ...writePlace(record),
    preferences: record.preferences,
    tags: record.tags,
    fields: record.fields,
    addresses: addresses.map(({ channel, address, reachable }) => ({
      channel,
      address,
      reachable,
    })),
    consents: record.consents.map(writeConsent),
    ...(record.imported === undefined
      ? {}
      : {
          origins: record.imported.map(({ format, file, at, given, tags }) => ({
            format,
            file,
            at: at.toISOString(),
            gave: [...Object.keys(given), ...(tags.length > 0 ? ['tags'] : [])].sort(),
          })),
        }),
    created_at: record.created_at.toISOString(),
  };
}

function writePlace(record: SupporterRecord): Pick<ExportedSupporter, 'place' | 'looked_up'> {
  const { located } = record;
  const place = PLACE_FIELDS.flatMap((field) =>
    record[field] === undefined ? [] : [[field, record[field]]],
  );
  if (place.length === 0) return {};
  const { fields = [], source = '', at } = located ?? {};
  return {
    place: Object.fromEntries(place),
    ...(at === undefined || fields.length === 0
      ? {}
      : { looked_up: { fields, source, at: at.toISOString() } }),
  };
}

/** One consent in the published shape. */
export function writeConsent({
  at,
  ...consent
}: ConsentRecord): ExportedSupporter['consents'][number] {
  return { ...consent, at: at.toISOString() };
}
