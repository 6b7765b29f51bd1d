import { identitiesOf } from '../../../supporters/identities.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { Audience } from '../audience.js';
import { deliveryId, type Deliveries } from '../deliveries.js';
import { standingOf, type FollowUp, type Standing } from '../follow-up.js';

/** Reads where people stand in a sequence, by the id that was asked for; nobody for any other message. */
export async function loadStandings(
  follows: FollowUp | undefined,
  records: ReadonlyMap<string, SupporterRecord>,
  options: {
    readonly deliveries: Pick<Deliveries, 'table'>;
    readonly audience: Pick<Audience, 'matches'>;
    now(): number;
  },
): Promise<ReadonlyMap<string, Standing>> {
  if (follows === undefined) return new Map();
  const { deliveries, audience, now } = options;
  const idsOf = (record: SupporterRecord): string[] =>
    identitiesOf(record).flatMap((id) => follows.earlier.map((step) => deliveryId(step, id)));
  const ids = [...records.values()].flatMap(idsOf);
  const found = ids.length === 0 ? [] : await deliveries.table.find({ _id: { $in: ids } });
  const rows = new Map(found.map((row) => [row._id, row]));
  const { segment } = follows.leave;
  const standings = await Promise.all(
    [...records].map(async ([asked, record]) => {
      const isIn = segment !== undefined && (await audience.matches(segment, record, now()));
      const earlier = idsOf(record).flatMap((id) => rows.get(id) ?? []);
      return [asked, standingOf(follows, earlier, record, isIn)] as const;
    }),
  );
  return new Map(standings);
}
