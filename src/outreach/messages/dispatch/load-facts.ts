import { identitiesOf } from '../../../supporters/identities.js';
import type { AddressRow } from '../../../supporters/addresses.js';
import type { People } from '../../../supporters/open-people.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { Campaign } from '../../../engine/campaign.js';
import type { Audience } from '../audience.js';
import { deliveryId, type Deliveries, type DeliveryRow } from '../deliveries.js';
import type { MessageRow } from '../messages.js';
import { ARRIVED } from '../plan/recently-written-to.js';
import type { SendFacts } from './decide-send.js';
import { loadStandings } from './load-standings.js';

const DAY_MS = 86_400_000;
/** States in which a message certainly did not arrive. */
const NOT_HAD: readonly DeliveryRow['state'][] = ['planned', 'skipped', 'failed'];
/** Merges of merges that are followed. */
const MOST_MERGES = 5;

export type LoadOptions = Pick<People, 'supporters' | 'addresses' | 'merges' | 'optOuts'> & {
  readonly deliveries: Pick<Deliveries, 'table'>;
  readonly audience: Pick<Audience, 'matches'>;
  /** Which of these people said that they voted in the ballot that is theirs now. */
  whoVoted(people: readonly SupporterRecord[]): Promise<ReadonlySet<string>>;
  campaign(): Campaign;
  now(): number;
};

/** Reads, for some deliveries of one message at once, all that decides whether they are sent. */
export async function loadFacts(
  { _id: message, definition, follows }: MessageRow,
  rows: readonly DeliveryRow[],
  options: LoadOptions,
): Promise<SendFacts[]> {
  const { addresses, deliveries, optOuts, audience, now } = options;
  const records = await findRecords(
    rows.map(({ supporter }) => supporter),
    options,
  );
  const people = [...new Map([...records.values()].map((one) => [one._id, one])).values()];
  const ids = people.map(({ _id }) => _id);
  const places = group(await addresses.table.find({ supporter: { $in: ids } }));
  const optedOutAt = await optOuts.among([...places.values()].flat().map(({ _id }) => _id));
  const voted = definition.purpose === 'vote' ? await options.whoVoted(people) : undefined;
  const cap = definition.frequencyCap ?? options.campaign().frequencyCap;
  const counts =
    cap === 'none'
      ? undefined
      : await countLately(message, people, now() - cap.days * DAY_MS, options);
  const repeated = await findRepeated(message, rows, records, deliveries);
  const standings = await loadStandings(follows, records, options);
  return Promise.all(
    rows.map(async (delivery) => {
      const record = records.get(delivery.supporter);
      const own = record === undefined ? [] : (places.get(record._id) ?? []);
      const count = record === undefined ? 0 : (counts?.get(record._id) ?? 0);
      return {
        delivery,
        definition,
        record,
        addresses: own,
        isRepeated: repeated.has(delivery._id),
        hasVoted: record !== undefined && voted?.has(record._id) === true,
        standing: standings.get(delivery.supporter) ?? 'go',
        isMeant:
          record === undefined || (await audience.matches(definition.segment, record, now())),
        isCapped: cap !== 'none' && count >= cap.messages,
        optedOutAt: new Map(
          own.flatMap(({ _id }) => {
            const at = optedOutAt.get(_id);
            return at === undefined ? [] : [[_id, at] as const];
          }),
        ),
      };
    }),
  );
}

/** The supporters, each by the id asked for: whoever was merged since is found under the other's id. */
async function findRecords(
  asked: readonly string[],
  { supporters, merges }: LoadOptions,
): Promise<ReadonlyMap<string, SupporterRecord>> {
  const found = new Map<string, SupporterRecord>();
  let wanted = new Map(asked.map((id) => [id, id]));
  for (let round = 0; round < MOST_MERGES && wanted.size > 0; round += 1) {
    const records = await supporters.table.find({ _id: { $in: [...new Set(wanted.values())] } });
    const byId = new Map(records.map((record) => [record._id, record]));
    const missing = new Map<string, string>();
    for (const [id, now] of wanted) {
      const record = byId.get(now);
      if (record === undefined) missing.set(id, now);
      else found.set(id, record);
    }
    if (missing.size === 0) break;
    const since = { merged: { $in: [...missing.values()] }, undone_at: { $exists: false } };
    const keptBy = new Map((await merges.table.find(since)).map((row) => [row.merged, row.kept]));
    wanted = new Map(
      [...missing].flatMap(([id, now]) => {
        const kept = keptBy.get(now);
        return kept === undefined ? [] : [[id, kept] as const];
      }),
    );
  }
  return found;
}

/** How many other messages each had since an instant, under whichever of their profiles. */
async function countLately(
  message: string,
  people: readonly SupporterRecord[],
  since: number,
  { deliveries }: LoadOptions,
): Promise<ReadonlyMap<string, number>> {
  const ownerOf = new Map(
    people.flatMap((record) => identitiesOf(record).map((id) => [id, record._id] as const)),
  );
  const counts = new Map<string, number>();
  const rows = deliveries.table.streamFields({ supporter: { $in: [...ownerOf.keys()] } }, [
    'supporter',
    'message',
    'state',
    'at',
  ]);
  for await (const row of rows) {
    if (row.message === message || !ARRIVED.includes(row.state)) continue;
    const owner = ownerOf.get(row.supporter);
    if (owner === undefined || row.at.getTime() < since) continue;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

/**
 * Deliveries whose person has another one: of a profile that was merged, the one of the profile that lives
 * on counts; of those, the one that went out before the merge.
 */
async function findRepeated(
  message: string,
  rows: readonly DeliveryRow[],
  records: ReadonlyMap<string, SupporterRecord>,
  { table }: Pick<Deliveries, 'table'>,
): Promise<ReadonlySet<string>> {
  const merged = rows.filter(({ supporter }) => {
    const record = records.get(supporter);
    return record !== undefined && identitiesOf(record).length > 1;
  });
  if (merged.length === 0) return new Set();
  const others = merged.flatMap(({ supporter }) => {
    const record = records.get(supporter);
    return record === undefined ? [] : identitiesOf(record).map((id) => deliveryId(message, id));
  });
  const known = new Map((await table.find({ _id: { $in: others } })).map((row) => [row._id, row]));
  return new Set(
    merged.flatMap(({ _id, supporter }) => {
      const record = records.get(supporter);
      if (record === undefined) return [];
      const all = identitiesOf(record).flatMap((id) => known.get(deliveryId(message, id)) ?? []);
      const [first] = all.toSorted((one, other) => (one._id < other._id ? -1 : 1));
      const chosen = known.get(deliveryId(message, record._id)) ?? first;
      const isHad = all.some((one) => one._id !== _id && !NOT_HAD.includes(one.state));
      return isHad || chosen?._id !== _id ? [_id] : [];
    }),
  );
}

function group(rows: readonly AddressRow[]): ReadonlyMap<string, AddressRow[]> {
  const groups = new Map<string, AddressRow[]>();
  for (const row of rows) {
    const own = groups.get(row.supporter);
    if (own === undefined) groups.set(row.supporter, [row]);
    else own.push(row);
  }
  return groups;
}
