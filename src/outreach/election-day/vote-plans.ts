import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';

/** What is kept of an election is removed so long after it was written, in seconds. */
export const KEPT_S = 90 * 86_400;

/** When, from where and how somebody means to vote in a round. */
export type VotePlanRow = {
  /** `<round>:<supporter>`. */
  readonly _id: string;
  readonly supporter: string;
  readonly round: 1 | 2;
  readonly time: string;
  readonly from?: string;
  readonly by?: string;
  /** When its reminder is due. */
  readonly remind_at: Date;
  /** The act that wrote it. */
  readonly key: string;
  readonly at: Date;
};

export type VotePlans = {
  readonly table: Table<VotePlanRow>;
  /** The latest plan of a round, under any of somebody's ids. */
  find(ids: readonly string[], round: 1 | 2): Promise<VotePlanRow | undefined>;
  /** Writes it in place of an older one; the same act writes once, and what it wrote first is answered. */
  keep(row: VotePlanRow): Promise<VotePlanRow>;
};

/** Opens the collection `vote_plans`. */
export function openVotePlans(connection: Connection): VotePlans {
  const table = openTable<VotePlanRow>(connection, {
    name: 'vote_plans',
    schema: {
      supporter: String,
      round: Number,
      time: String,
      from: String,
      by: String,
      remind_at: Date,
      key: String,
      at: Date,
    },
    indexes: [[{ supporter: 1 }], [{ at: 1 }, { expireAfterSeconds: KEPT_S }]],
  });
  return {
    table,
    async find(ids, round) {
      const _id = { $in: ids.map((id) => roundId(round, id)) };
      return (await table.find({ _id }, { sort: { at: -1 }, limit: 1 }))[0];
    },
    async keep(row) {
      if (await table.insert(row)) return row;
      const isReplaced = await table.replaceIf({ key: { $ne: row.key } }, row);
      return isReplaced ? row : ((await table.get(row._id)) ?? row);
    },
  };
}

/** The id of what one supporter has one of in a round. */
export function roundId(round: 1 | 2, supporter: string): string {
  return `${round}:${supporter}`;
}

/** What is exported and erased with a supporter. */
export function votePlanData({ table }: Pick<VotePlans, 'table'>): PersonalData {
  return {
    name: 'vote_plans',
    exportOf: async (supporter) =>
      (await table.find({ supporter })).map(({ round, time, from, by, remind_at, at }) => ({
        round,
        time,
        ...(from === undefined ? {} : { from }),
        ...(by === undefined ? {} : { by }),
        remind_at: remind_at.toISOString(),
        at: at.toISOString(),
      })),
    async erase(supporter) {
      await table.remove({ supporter });
    },
  };
}
