import type { ConsentRecord } from './record.js';

/** Input ids kept per address, so that one repeated later is dropped. */
export const SEEN_PER_ADDRESS = 100;
/** Addresses whose input ids are kept; the least recently used goes first. */
export const ADDRESSES_WITH_SEEN = 8;
/** Effects that may wait in an outbox; past that new input is refused as `busy`. */
export const OUTBOX_ITEMS = 200;
/** Consent records kept in the document; all of them stay in the journal. */
export const CONSENT_RECORDS = 40;
/** The largest a supporter's document may be, in bytes. */
export const DOCUMENT_BYTES = 65_536;

/** Keeps the newest record for each purpose and channel, then the most recent others. */
export function boundConsents(records: readonly ConsentRecord[]): readonly ConsentRecord[] {
  if (records.length <= CONSENT_RECORDS) return records;
  const newest = new Set(
    new Map(
      records.map((record) => [`${record.purpose} ${record.channel ?? ''}`, record]),
    ).values(),
  );
  let room = CONSENT_RECORDS - newest.size;
  const kept = new Set(newest);
  for (const record of [...records].reverse()) {
    if (room <= 0) break;
    if (kept.has(record)) continue;
    kept.add(record);
    room -= 1;
  }
  return records.filter((record) => kept.has(record));
}
