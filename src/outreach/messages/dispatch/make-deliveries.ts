import { territoryOf } from '../../../engine/calendar/territory-of.js';
import type { Campaign } from '../../../engine/campaign.js';
import type { NamedLease } from '../../../store/leases.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { Supporters } from '../../../supporters/supporters.js';
import type { Audience } from '../audience.js';
import { deliveryId, type Deliveries, type DeliveryRow } from '../deliveries.js';
import type { MessageRow, Messages } from '../messages.js';
import { placeOf, type Planned } from '../plan/tally.js';
import { timingOf } from '../timing.js';
import { CANDIDATE_FIELDS, wayFor, type Ways } from '../way-for.js';

/** Supporters looked at in one go. */
const RANGE = 500;
/** Of what is to be there ahead, so much is made in one go: the store has sends to keep, too. */
const AT_ONCE = 1 / 5;
/** What is due within so long is made ahead. */
const AHEAD_MS = 60_000;
/** A channel with twice what it needs is looked at again after so long. */
const LONGEST_LOOK_MS = 5_000;

export type MakeOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly deliveries: Pick<Deliveries, 'table'>;
  readonly messages: Pick<Messages, 'change'>;
  readonly audience: Pick<Audience, 'query'>;
  readonly ways: Ways;
  campaign(): Campaign;
  /** One process at a time makes the deliveries of a message. */
  lease(message: string): NamedLease;
  now(): number;
};

/** Makes some more deliveries of a message; `ahead` says how many each of its channels is to find due soon. */
export type MakeDeliveries = (
  message: MessageRow,
  ahead: ReadonlyMap<string, number>,
) => Promise<void>;

/**
 * Makes deliveries of messages in the order of supporters, a range at a time and just ahead of dispatch: as
 * long as one of its channels, of those that are still to get some, would run short. What a slower one finds
 * meanwhile waits. Killed in between, the same range is made again, which changes nothing: each has an id
 * of its own.
 */
export function createMakeDeliveries(options: MakeOptions): MakeDeliveries {
  const { deliveries, now } = options;
  /** Until when a channel of a message need not be looked at, for so much waits there. */
  const enough = new Map<string, number>();

  async function isShort({ _id: message }: MessageRow, channel: string, ahead: number) {
    const key = `${message} ${channel}`;
    const at = now();
    for (const [known, until] of enough) if (until <= at) enough.delete(known);
    if (enough.has(key)) return false;
    const soon = { $lte: new Date(at + AHEAD_MS) };
    const waiting = await deliveries.table.count({ message, state: 'planned', channel, at: soon });
    // Far less than the time in which it could be sent.
    const spareMs = ((waiting - ahead) / ahead) * LONGEST_LOOK_MS;
    if (waiting >= ahead) enough.set(key, at + Math.min(LONGEST_LOOK_MS, spareMs));
    return waiting < ahead;
  }

  return async (message, ahead) => {
    const { _id } = message;
    if (message.all_made === true || message.follows !== undefined) return;
    const lease = options.lease(_id);
    if (!(await lease.hold())) return;
    let row: MessageRow | undefined = message;
    const together = [...ahead.values()].reduce((sum, one) => sum + one, 0);
    const most = Math.max(2, Math.ceil((together * AT_ONCE) / RANGE));
    for (let ranges = 0; ranges < most && row.all_made !== true; ranges += 1) {
      let hasShort = false;
      for (const channel of stillToGet(row)) {
        hasShort ||= await isShort(row, channel, ahead.get(channel) ?? 0);
      }
      if (!hasShort) return;
      row = await makeRange(row, options);
      // Staff stopped it, or another process went on with it.
      if (row === undefined) return;
    }
  };
}

/** The channels for which fewer were made than the plan found; all, once there are none of these. */
function stillToGet({ definition, by_channel: planned, made_by: made }: MessageRow): string[] {
  const left = definition.channels.filter(
    (channel) => (made?.[channel] ?? 0) < (planned?.[channel] ?? 0),
  );
  return left.length > 0 ? left : [...definition.channels];
}

async function makeRange(row: MessageRow, options: MakeOptions): Promise<MessageRow | undefined> {
  const { supporters, deliveries, messages, audience, now } = options;
  const { definition, made_to: after } = row;
  const query = await audience.query(definition.segment, now());
  const from = after === undefined ? query : { $and: [{ _id: { $gt: after } }, query] };
  const people: (Planned & Pick<SupporterRecord, '_id' | 'merged_from'>)[] = [];
  const range = { sort: { _id: 1 }, limit: RANGE };
  for await (const one of supporters.table.streamFields(from, CANDIDATE_FIELDS, range)) {
    people.push(one);
  }
  const already = await alreadyFor(row, people, options);
  const rows = people.flatMap((one) =>
    already.has(one._id) ? [] : (deliveryFor(row, one, options) ?? []),
  );
  await deliveries.table.insertMissing(rows);
  const last = people.at(-1)?._id ?? after;
  const made_by: Record<string, number> = { ...row.made_by };
  for (const { channel } of rows) made_by[channel] = (made_by[channel] ?? 0) + 1;
  return messages.change(row._id, (latest) =>
    latest.state !== 'sending' || latest.made_to !== after
      ? undefined
      : {
          ...latest,
          made: latest.made + rows.length,
          made_by,
          ...(last === undefined ? {} : { made_to: last }),
          ...(people.length < RANGE ? { all_made: true } : {}),
        },
  );
}

/** Those who have a delivery already, under a profile that was merged into theirs. */
async function alreadyFor(
  { _id: message }: MessageRow,
  people: readonly Pick<SupporterRecord, '_id' | 'merged_from'>[],
  { deliveries }: MakeOptions,
): Promise<ReadonlySet<string>> {
  const ids = people.flatMap(({ merged_from: merged = [] }) =>
    merged.map((one) => deliveryId(message, one)),
  );
  if (ids.length === 0) return new Set();
  const found = new Set((await deliveries.table.find({ _id: { $in: ids } })).map(({ _id }) => _id));
  return new Set(
    people.flatMap(({ _id, merged_from: merged = [] }) =>
      merged.some((one) => found.has(deliveryId(message, one))) ? [_id] : [],
    ),
  );
}

function deliveryFor(
  { _id: message, definition }: MessageRow,
  person: Planned & Pick<SupporterRecord, '_id'>,
  { ways, campaign, now }: MakeOptions,
): DeliveryRow | undefined {
  const way = wayFor(person, definition, ways, now());
  // Whoever talks with the team may be done by then.
  const isBusy = way.type === 'none' && way.reason === 'with_team';
  if (way.type === 'none' && !isBusy) return undefined;
  const [first = ''] = way.type === 'none' ? definition.channels : way.channels;
  const { due } = timingOf(
    definition,
    campaign(),
    territoryOf(campaign().country, placeOf(person)),
  );
  return {
    _id: deliveryId(message, person._id),
    message,
    supporter: person._id,
    state: 'planned',
    channel: first,
    at: new Date(due),
  };
}
