import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';

/** For so long nobody is invited from one channel twice, in seconds. */
const KEPT_S = 90 * 86_400;

/** What becomes of an invitation; `unknown`: it may have arrived, and is not sent again. */
export type InvitationState = 'planned' | 'sending' | 'sent' | 'failed' | 'skipped' | 'unknown';

/** One supporter of a channel, invited to go on elsewhere. */
export type InvitationRow = {
  /** `<channel>:<supporter>`: each is invited once. */
  readonly _id: string;
  /** The channel that fails them. */
  readonly from: string;
  readonly supporter: string;
  readonly state: InvitationState;
  /** The channel it goes to, or `email`. */
  readonly by: string;
  /** Ways that certainly led to nobody. */
  readonly tried: readonly string[];
  /** Times it waited for its turn. */
  readonly waits: number;
  /** When it is next to be sent, or began to be. */
  readonly next: Date;
  /** Why it failed, or was not sent. */
  readonly reason?: string;
  /** When it was planned. */
  readonly at: Date;
};

export type Invitations = {
  readonly table: Table<InvitationRow>;
  /** Those to be sent now, the longest waiting first. */
  findDue(now: Date, limit: number): Promise<InvitationRow[]>;
  /** How many there are from a channel, by state, and by reason where they were not sent. */
  count(from: string): Promise<InvitationCounts>;
};

export type InvitationCounts = { readonly [state in InvitationState]: number } & {
  readonly reasons: { readonly [reason: string]: number };
};

/** Opens the collection `invitations`. */
export function openInvitations(connection: Connection): Invitations {
  const table = openTable<InvitationRow>(connection, {
    name: 'invitations',
    schema: {
      from: String,
      supporter: String,
      state: String,
      by: String,
      tried: [String],
      waits: Number,
      next: Date,
      reason: String,
      at: Date,
    },
    indexes: [
      [{ supporter: 1 }],
      [{ state: 1, next: 1 }],
      [{ at: 1 }, { expireAfterSeconds: KEPT_S }],
    ],
  });
  return {
    table,
    findDue: (now, limit) =>
      table.find({ state: 'planned', next: { $lte: now } }, { sort: { next: 1 }, limit }),
    async count(from) {
      const groups = await table.aggregate<{
        state: InvitationState;
        reason?: string;
        people: number;
      }>([
        { $match: { from } },
        { $group: { _id: { state: '$state', reason: '$reason' }, people: { $sum: 1 } } },
        { $project: { _id: 0, state: '$_id.state', reason: '$_id.reason', people: 1 } },
      ]);
      const counts = { planned: 0, sending: 0, sent: 0, failed: 0, skipped: 0, unknown: 0 };
      const reasons: Record<string, number> = {};
      for (const { state, reason, people } of groups) {
        counts[state] += people;
        if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + people;
      }
      return { ...counts, reasons };
    },
  };
}

/** The id of an invitation. */
export function invitationId(from: string, supporter: string): string {
  return `${from}:${supporter}`;
}

/** What is exported and erased with a supporter. */
export function invitationData({ table }: Pick<Invitations, 'table'>): PersonalData {
  return {
    name: 'invitations',
    exportOf: async (supporter) =>
      (await table.find({ supporter })).map(({ from, by, state, at }) => ({
        from,
        by,
        state,
        at: at.toISOString(),
      })),
    async erase(supporter) {
      await table.remove({ supporter });
    },
  };
}
