import { dayAt, hourAt, tellInstant } from '../../engine/calendar/wall-clock.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Json } from '../../engine/json.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { localBallot, type LocalBallot } from './local-ballot.js';
import { planReminder, type PlanReminderOptions } from './plan-reminder.js';
import { remindAt } from './remind-at.js';
import { roundId, type VotePlanRow, type VotePlans } from './vote-plans.js';
import type { Votes } from './votes.js';

/** One act of a flow, as its handler gets it. */
export type Asked = {
  readonly supporter: string;
  /** The same when it is done again after a crash. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
};
export type Given = { readonly [name: string]: Json };

export type ElectionDayOptions = PlanReminderOptions & {
  readonly plans: Pick<VotePlans, 'find' | 'keep'>;
  readonly votes: Pick<Votes, 'table'>;
  readonly messages: { findActive(): Promise<readonly VoteMessage[]> };
  get(supporter: string): Promise<SupporterRecord | undefined>;
  campaign(): Campaign;
};

type VoteMessage = {
  readonly _id: string;
  readonly definition: { readonly purpose: string };
};

/** What flows ask about the day itself; each may be repeated under its key, and throws when it cannot be done. */
export function createElectionDay(options: ElectionDayOptions) {
  const { plans, votes, messages, deliveries, campaign, now } = options;

  async function find(supporter: string): Promise<{ record: SupporterRecord } & LocalBallot> {
    const record = await options.get(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    const local = localBallot(campaign(), record, now());
    if (local === undefined) throw new Error('There is no ballot to come.');
    return { record, ...local };
  }

  async function keep(
    { _id: supporter }: SupporterRecord,
    local: LocalBallot,
    key: string,
    asked: Asked['with'],
  ): Promise<VotePlanRow> {
    const at = remindAt(campaign(), local, now());
    if (at === undefined) throw new Error('No lawful hour is left for a reminder.');
    const { round } = local.ballot;
    const [from, by] = [textOf(asked['from']), textOf(asked['by'])];
    return plans.keep({
      _id: roundId(round, supporter),
      supporter,
      round,
      time: textOf(asked['time']) ?? '',
      ...(from === undefined ? {} : { from }),
      ...(by === undefined ? {} : { by }),
      remind_at: new Date(at),
      key,
      at: new Date(now()),
    });
  }

  return {
    /** `vote.plan`: keeps the plan, and answers when its reminder comes. */
    async plan({ supporter, key, with: asked }: Asked): Promise<Given> {
      const { record, ...local } = await find(supporter);
      if (!isGiven(record.consents, 'vote')) throw new Error('Nobody agreed to be reminded.');
      const { round } = local.ballot;
      const before = await plans.find(identitiesOf(record), round);
      const row = before?.key === key ? before : await keep(record, local, key, asked);
      await planReminder(record, round, row.remind_at, options);
      return { remind_at: tellInstant(row.remind_at.getTime(), local.zone) };
    },

    /** `vote.recall`: the plan as it was made, for the flow that repeats it. */
    async recall({ supporter }: Pick<Asked, 'supporter'>): Promise<Given> {
      const { record, ballot, zone, day } = await find(supporter);
      const row = await plans.find(identitiesOf(record), ballot.round);
      if (row === undefined) throw new Error('There is no plan.');
      const isToday = dayAt(now(), zone) === day;
      return { time: row.time, from: row.from ?? '', by: row.by ?? '', today: isToday };
    },

    /** `vote.done`: notes it, stops what was still to come, and answers how much that was. */
    async done({ supporter, key }: Asked): Promise<Given> {
      const { record, ballot, territory, zone } = await find(supporter);
      if (now() < ballot.opens) throw new Error('Nobody can have voted yet.');
      const ids = identitiesOf(record);
      const about = (await messages.findActive()).filter(
        ({ definition }) => definition.purpose === 'vote',
      );
      const coming = {
        supporter: { $in: [...ids] },
        message: { $in: about.map(({ _id }) => _id) },
        state: 'planned',
        at: { $lt: new Date(ballot.closes) },
      };
      const stopped = await deliveries.table.count(coming);
      const row = {
        _id: roundId(ballot.round, record._id),
        supporter: record._id,
        round: ballot.round,
        territory: territory ?? '',
        hour: hourAt(now(), zone),
        stopped,
        key,
        at: new Date(now()),
      };
      const earlier = await votes.table.find({
        _id: { $in: ids.map((id) => roundId(ballot.round, id)) },
      });
      const isNew = earlier.length === 0 && (await votes.table.insert(row));
      const at = new Date(now());
      await deliveries.table.set(coming, { state: 'skipped', reason: 'voted', claim: '', at });
      if (isNew) return { stopped };
      const again = earlier[0] ?? (await votes.table.get(row._id));
      return { stopped: again?.key === key ? again.stopped : stopped };
    },
  };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
