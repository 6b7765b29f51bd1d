import { territoryOf } from '../../engine/calendar/territory-of.js';
import type { Campaign } from '../../engine/campaign.js';
import { happeningKey, withoutNews } from '../../supporters/happening.js';
import { identitiesOf } from '../../supporters/identities.js';
import { viewSupporter } from '../../supporters/profile.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import { deliveryId, type Deliveries, type DeliveryRow } from '../messages/deliveries.js';
import { wayFor, type Ways } from '../messages/way-for.js';
import { dueAt } from './due-at.js';
import { stepMessage, type SequenceRow, type Sequences } from './sequences.js';

const TOGETHER = 200;
/** In one go, so that a job stays short. */
const MOST_ROUNDS = 20;
const DAY_MS = 86_400_000;

export type EnrolOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly deliveries: Pick<Deliveries, 'table'>;
  readonly sequences: Pick<Sequences, 'table' | 'findAll'>;
  readonly ways: Ways;
  campaign(): Campaign;
  /** Changes a record under its guard. */
  change(supporter: string, change: (record: SupporterRecord) => SupporterRecord): Promise<void>;
  now(): number;
};

/**
 * Begins sequences for those to whom something happened, or of whom nobody heard for long: a delivery for
 * each step, made once for each person. Killed at any moment, it makes the same ones again.
 */
export async function enrol(options: EnrolOptions): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ((await heedNews(options)) < TOGETHER) break;
  }
  for (const row of await options.sequences.findAll()) {
    if (row.definition.start.type === 'silent') await followSilence(row, options);
  }
}

async function heedNews(options: EnrolOptions): Promise<number> {
  const { supporters, sequences, change } = options;
  const told = { 'news.at': { $gt: new Date(0) } };
  const records = await supporters.table.find(told, { sort: { 'news.at': 1 }, limit: TOGETHER });
  if (records.length === 0) return 0;
  const all = await sequences.findAll();
  for (const record of records) {
    for (const { what, at } of record.news ?? []) {
      const begun = all.filter(
        ({ definition: { start } }) => start.type !== 'silent' && happeningKey(start) === what,
      );
      for (const row of begun) await begin(row, record, at.getTime(), options);
    }
  }
  await Promise.all(
    records.map((record) => change(record._id, (now) => withoutNews(now, record.news ?? []))),
  );
  return records.length;
}

async function followSilence(row: SequenceRow, options: EnrolOptions): Promise<void> {
  const { start } = row.definition;
  const { silent_to: from } = row;
  if (start.type !== 'silent' || from === undefined) return;
  const spanMs = start.days * DAY_MS;
  const until = new Date(options.now() - spanMs);
  const quiet = { heard_at: { $gte: from, $lte: until } };
  const people = await options.supporters.table.find(quiet, {
    sort: { heard_at: 1 },
    limit: TOGETHER,
  });
  for (const record of people) {
    const heard = record.heard_at?.getTime() ?? 0;
    await begin(row, record, heard + spanMs, options);
  }
  const last = people.length < TOGETHER ? until : (people.at(-1)?.heard_at ?? until);
  if (last > from) await options.sequences.table.set({ _id: row._id }, { silent_to: last });
}

/** Makes the deliveries of all steps, unless there are some under any of the person's profiles. */
async function begin(
  { _id: id, definition }: SequenceRow,
  record: SupporterRecord,
  happened: number,
  options: EnrolOptions,
): Promise<void> {
  const { deliveries, ways, now } = options;
  if (record.erasing !== undefined) return;
  const merged = identitiesOf(record).slice(1);
  if (merged.length > 0) {
    const had = merged.map((one) => deliveryId(stepMessage(id, 0), one));
    if ((await deliveries.table.find({ _id: { $in: had } }, { limit: 1 })).length > 0) return;
  }
  const { country, timezone } = options.campaign();
  const territory = territoryOf(country, viewSupporter(record).profile);
  const rows = definition.steps.map((step, index): DeliveryRow => {
    const message = stepMessage(id, index);
    const way = wayFor(record, step, ways, now());
    // Who cannot be reached now may be by then: any channel that is on decides it.
    const on = step.channels.find((channel) => ways.on.has(channel)) ?? step.channels[0] ?? '';
    return {
      _id: deliveryId(message, record._id),
      message,
      supporter: record._id,
      state: 'planned',
      channel: way.type === 'ways' ? way.channels[0] : on,
      at: new Date(dueAt(step.after, happened, territory, timezone)),
    };
  });
  await deliveries.table.insertMissing(rows);
}
