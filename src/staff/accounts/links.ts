import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { hashSecret, newSecret } from './secrets.js';

/** What a one-time link does. */
export type LinkPurpose =
  /** Makes the first administrator. */
  | 'first'
  /** Lets somebody who was invited join, or choose a new password. */
  | 'join'
  /** Signs in. */
  | 'sign_in';

export type LinkRow = {
  /** Hash of the link's secret. */
  readonly _id: string;
  readonly purpose: LinkPurpose;
  /** Whose it is; absent for the first administrator. */
  readonly member?: string;
  readonly until: Date;
};

const DAY_MS = 86_400_000;
const LIFE_MS: { readonly [purpose in LinkPurpose]: number } = {
  first: 7 * DAY_MS,
  join: 7 * DAY_MS,
  sign_in: 900_000,
};

export type Links = {
  readonly table: Table<LinkRow>;
  /** Makes one and answers its secret. A newer link of the same purpose and person ends the older ones. */
  make(purpose: LinkPurpose, member: string | undefined, at: Date): Promise<string>;
  find(secret: string, purposes: readonly LinkPurpose[], at: Date): Promise<LinkRow | undefined>;
  /** Uses it up; false when somebody was quicker. */
  use(row: LinkRow): Promise<boolean>;
  /** Ends all links of somebody. */
  endAll(member: string): Promise<void>;
};

/** Opens the collection `staff_links`. */
export function openLinks(connection: Connection): Links {
  const table = openTable<LinkRow>(connection, {
    name: 'staff_links',
    schema: { purpose: String, member: String, until: Date },
    indexes: [[{ member: 1 }], [{ until: 1 }, { expireAfterSeconds: 0 }]],
  });
  return {
    table,
    async make(purpose, member, at) {
      const secret = newSecret();
      const until = new Date(at.getTime() + LIFE_MS[purpose]);
      if (member !== undefined) await table.remove({ member, purpose });
      const of = member === undefined ? {} : { member };
      await table.insert({ _id: hashSecret(secret), purpose, ...of, until });
      return secret;
    },
    async find(secret, purposes, at) {
      const row = await table.get(hashSecret(secret));
      return row !== undefined && purposes.includes(row.purpose) && row.until > at
        ? row
        : undefined;
    },
    use: async ({ _id }) => (await table.remove({ _id })) === 1,
    async endAll(member) {
      await table.remove({ member });
    },
  };
}
