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

/**
 * Makes deliveries of a message in the order of supporters, a range at a time and just ahead of dispatch:
 * as long as fewer than `ahead` are due soon. Killed in between, the same range is made again, which
 * changes nothing: each has an id of its own.
 */
export async function makeDeliveries(
  message: MessageRow,
  ahead: number,
  options: MakeOptions,
): Promise<void> {
  const { deliveries, now } = options;
  const { _id } = message;
  if (message.all_made === true || message.follows !== undefined) return;
  const lease = options.lease(_id);
  if (!(await lease.hold())) return;
  let row: MessageRow | undefined = message;
  const most = Math.max(2, Math.ceil((ahead * AT_ONCE) / RANGE));
  for (let ranges = 0; ranges < most && row.all_made !== true; ranges += 1) {
    const soon = { $lte: new Date(now() + AHEAD_MS) };
    let waiting = 0;
    for (const channel of message.definition.channels) {
      waiting += await deliveries.table.count({
        message: _id,
        state: 'planned',
        channel,
        at: soon,
      });
    }
    if (waiting >= ahead) return;
    row = await makeRange(row, options);
    // Staff stopped it, or another process went on with it.
    if (row === undefined) return;
  }
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
  return messages.change(row._id, (latest) =>
    latest.state !== 'sending' || latest.made_to !== after
      ? undefined
      : {
          ...latest,
          made: latest.made + rows.length,
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
