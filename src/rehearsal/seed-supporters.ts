import type { Connection } from 'mongoose';
import { openLastHeard } from '../store/last-heard.js';
import { consentsNow } from '../supporters/consents-now.js';
import { openPeople } from '../supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../supporters/record.js';
import { withSearchWords } from '../supporters/search-words.js';
import { addressId, type AddressRow } from '../supporters/addresses.js';
import type { SimulatedSupporter } from './simulated-supporter.js';

const TOGETHER = 2_000;
const HOUR_MS = 3_600_000;
const LATELY_MS = HOUR_MS;
const LONG_AGO_MS = 48 * HOUR_MS;

/** Writes simulated supporters with their addresses and consents into an empty store. */
export async function seedSupporters(
  connection: Connection,
  people: readonly SimulatedSupporter[],
  now: number,
  tell: (seeded: number) => void,
): Promise<void> {
  const { supporters, addresses } = openPeople(
    connection,
    'a rehearsal has nobody to hide'.repeat(2),
  );
  const heard = openLastHeard(connection);
  for (let from = 0; from < people.length; from += TOGETHER) {
    const some = people.slice(from, from + TOGETHER);
    const places = some.flatMap((one) => one.places.map((place) => ({ one, place })));
    await supporters.table.insertAll(some.map((one) => recordOf(one, now)));
    await addresses.table.insertAll(places.map(({ one, place }) => addressRow(one, place, now)));
    const wrote = places
      .filter(({ place }) => place.channel === 'whatsapp')
      .map(({ one, place: { channel, address } }) => ({
        _id: addressId(channel, address),
        at: heardAt(one, now),
      }));
    if (wrote.length > 0) await heard.table.insertAll(wrote);
    tell(from + some.length);
  }
}

function heardAt({ wroteLately }: SimulatedSupporter, now: number): Date {
  return new Date(now - (wroteLately ? LATELY_MS : LONG_AGO_MS));
}

function recordOf(one: SimulatedSupporter, now: number): SupporterRecord {
  const [first = { channel: 'web', address: one.id }] = one.places;
  const at = heardAt(one, now);
  const proof = { wording: 'rehearsal', version: '1', source: 'welcome.agree' };
  const agreed = { purpose: 'vote', given: true, language: one.language, at, ...proof } as const;
  const consents = one.agreed ? [agreed] : [];
  return withSearchWords({
    ...newSupporter(one.id, one.language, first, at),
    // None is a stranger whose first message is still to come.
    revision: 1,
    heard_at: at,
    consents,
    consents_now: consentsNow(consents),
    reachable_on: [...new Set(one.places.map(({ channel }) => channel))].sort(),
  });
}

function addressRow(
  one: SimulatedSupporter,
  { channel, address }: SimulatedSupporter['places'][number],
  now: number,
): AddressRow {
  return {
    _id: addressId(channel, address),
    supporter: one.id,
    channel,
    address,
    created_at: heardAt(one, now),
    reachable: true,
  };
}
