import type { Connection } from 'mongoose';
import type { Campaign } from '../../engine/campaign.js';
import { openTable, type Table } from '../../store/table.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { localBallot } from './local-ballot.js';
import { KEPT_S, roundId } from './vote-plans.js';

/** Somebody said that they voted; never whom for. */
export type VoteRow = {
  /** `<round>:<supporter>`. */
  readonly _id: string;
  readonly supporter: string;
  readonly round: 1 | 2;
  /** Where they vote; empty when nobody knows. */
  readonly territory: string;
  /** The hour on their clocks, `00` to `23`. */
  readonly hour: string;
  /** Reminders that were still to come. */
  readonly stopped: number;
  /** The act that wrote it. */
  readonly key: string;
  readonly at: Date;
};

/** How many said in an hour, somewhere, that they voted. */
export type TurnoutCount = {
  readonly round: 1 | 2;
  readonly territory: string;
  readonly hour: string;
  readonly people: number;
};

export type Votes = {
  readonly table: Table<VoteRow>;
  /**
   * Those who said that they voted in the ballot that is theirs now: nothing more that is about voting goes
   * to them. Before it opens, and from its closing on, it is nobody.
   */
  among(people: readonly SupporterRecord[], campaign: Campaign, at: number): Promise<Set<string>>;
  /** Counts without a name, by round, territory and hour. */
  turnout(): Promise<TurnoutCount[]>;
};

/** Opens the collection `votes`. */
export function openVotes(connection: Connection): Votes {
  const table = openTable<VoteRow>(connection, {
    name: 'votes',
    schema: {
      supporter: String,
      round: Number,
      territory: String,
      hour: String,
      stopped: Number,
      key: String,
      at: Date,
    },
    indexes: [
      [{ supporter: 1 }],
      [{ round: 1, territory: 1, hour: 1 }],
      [{ at: 1 }, { expireAfterSeconds: KEPT_S }],
    ],
  });
  return {
    table,
    async among(people, campaign, at) {
      const owners = new Map<string, string>();
      for (const record of people) {
        const local = localBallot(campaign, record, at);
        if (local === undefined || at < local.ballot.opens) continue;
        for (const id of identitiesOf(record)) {
          owners.set(roundId(local.ballot.round, id), record._id);
        }
      }
      if (owners.size === 0) return new Set();
      const rows = await table.find({ _id: { $in: [...owners.keys()] } });
      return new Set(rows.flatMap(({ _id }) => owners.get(_id) ?? []));
    },
    turnout: () =>
      table.aggregate<TurnoutCount>([
        {
          $group: {
            _id: { round: '$round', territory: '$territory', hour: '$hour' },
            people: { $sum: 1 },
          },
        },
        {
          $project: {
            _id: 0,
            round: '$_id.round',
            territory: '$_id.territory',
            hour: '$_id.hour',
            people: 1,
          },
        },
        { $sort: { round: 1, territory: 1, hour: 1 } },
      ]),
  };
}

/** What is exported and erased with a supporter. */
export function voteData({ table }: Pick<Votes, 'table'>): PersonalData {
  return {
    name: 'said_they_voted',
    exportOf: async (supporter) =>
      (await table.find({ supporter })).map(({ round, at }) => ({ round, at: at.toISOString() })),
    async erase(supporter) {
      await table.remove({ supporter });
    },
  };
}
