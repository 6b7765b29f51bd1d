import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import { identitiesOf, type Identities } from '../supporters/identities.js';
import type { PersonalData } from '../supporters/privacy/personal-data.js';

/** One thing that somebody of the staff did or looked at; never a word of what they read or wrote. */
export type AuditRow = {
  /** Sorts by time: the instant, and what makes it unique. */
  readonly _id: string;
  readonly at: Date;
  readonly action: string;
  readonly who: string;
  readonly who_name: string;
  /** `begun` before it is done, so that what a crash cuts short is there too. */
  readonly outcome: 'begun' | 'done' | 'refused';
  readonly supporter?: string;
  readonly about?: string;
};

export type AuditQuery = {
  readonly before?: string;
  readonly who?: string;
  readonly supporter?: Identities;
  readonly action?: string;
  readonly limit: number;
};

export type Audit = {
  readonly table: Table<AuditRow>;
  enter(entry: Omit<AuditRow, '_id'>): Promise<string>;
  /** `unknown`: there was nobody whom it could have been about, so that no id of somebody erased stays. */
  settle(id: string, outcome: 'done' | 'refused' | 'unknown'): Promise<void>;
  /** The latest first. */
  list(query: AuditQuery): Promise<AuditRow[]>;
};

/** Opens the collection `audit`. */
export function openAudit(connection: Connection): Audit {
  const table = openTable<AuditRow>(connection, {
    name: 'audit',
    schema: {
      at: Date,
      action: String,
      who: String,
      who_name: String,
      outcome: String,
      supporter: String,
      about: String,
    },
    indexes: [
      [{ who: 1, _id: 1 }],
      [{ action: 1, _id: 1 }],
      [{ supporter: 1, _id: 1 }, { sparse: true }],
    ],
  });
  let entered = 0;
  return {
    table,
    async enter(entry) {
      entered += 1;
      // In the order of this process, and unique over all.
      const order = `${entered}`.padStart(9, '0');
      const _id = `${entry.at.toISOString()} ${order} ${randomUUID().slice(0, 8)}`;
      await table.insert({ _id, ...entry });
      return _id;
    },
    async settle(id, outcome) {
      const isUnknown = outcome === 'unknown';
      await table.set({ _id: id }, { outcome: isUnknown ? 'refused' : outcome });
      if (!isUnknown) return;
      await table.set({ _id: id, supporter: { $gt: '' } }, { supporter: ERASED });
    },
    list({ before, who, supporter, action, limit }) {
      const query = {
        ...(before === undefined ? {} : { _id: { $lt: before } }),
        ...(who === undefined ? {} : { who }),
        ...(action === undefined ? {} : { action }),
        ...(supporter === undefined ? {} : { supporter: { $in: [...identitiesOf(supporter)] } }),
      };
      return table.find(query, { sort: { _id: -1 }, limit });
    },
  };
}

/**
 * Who of the team looked at somebody, for their copy (GDPR art. 15); what was done stays for those who
 * check on it, without a word of whom it was about.
 */
export function auditData({ table }: Pick<Audit, 'table'>): PersonalData {
  return {
    name: 'looked_at_by_the_team',
    exportOf: async (supporter) =>
      (await table.find({ supporter }, { sort: { _id: 1 } })).map(({ at, action }) => ({
        at: at.toISOString(),
        action,
      })),
    async erase(supporter) {
      await table.set({ supporter }, { supporter: ERASED });
    },
  };
}

/** In place of the id of somebody who was erased. */
export const ERASED = 'erased';
