import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { identitiesOf, type Identities } from '../../supporters/identities.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';

/** Who of the team looks after somebody. */
export type AssignmentRow = {
  /** The supporter's id. */
  readonly _id: string;
  readonly member: string;
  readonly at: Date;
};

export type Assignments = {
  readonly table: Table<AssignmentRow>;
  /** The member who looks after each of these supporters. */
  of(supporters: readonly Identities[]): Promise<ReadonlyMap<string, string>>;
  assign(supporter: Identities, member: string | undefined, at: Date): Promise<void>;
  /** Supporters of a member, the latest assigned first. */
  ofMember(member: string, limit: number): Promise<readonly string[]>;
};

/** Opens the collection `assignments`. */
export function openAssignments(connection: Connection): Assignments {
  const table = openTable<AssignmentRow>(connection, {
    name: 'assignments',
    schema: { member: String, at: Date },
    indexes: [[{ member: 1, at: -1 }]],
  });
  return {
    table,
    async of(supporters) {
      const owners = new Map(
        supporters.flatMap((one) => identitiesOf(one).map((id) => [id, one._id] as const)),
      );
      const rows = await table.find({ _id: { $in: [...owners.keys()] } });
      return new Map(rows.map(({ _id, member }) => [owners.get(_id) ?? _id, member]));
    },
    async assign(supporter, member, at) {
      const [id, ...others] = identitiesOf(supporter);
      if (others.length > 0) await table.remove({ _id: { $in: others } });
      if (member === undefined) {
        await table.remove({ _id: id });
        return;
      }
      const row = { _id: supporter._id, member, at };
      if (!(await table.replaceIf({}, row)) && !(await table.insert(row))) {
        await table.replaceIf({}, row);
      }
    },
    ofMember: async (member, limit) =>
      (await table.find({ member }, { sort: { at: -1 }, limit })).map(({ _id }) => _id),
  };
}

/** What is exported and erased with a supporter. */
export function assignmentData({ table }: Pick<Assignments, 'table'>): PersonalData {
  return {
    name: 'looked_after_by_the_team',
    exportOf: async (supporter) => {
      const row = await table.get(supporter);
      return row === undefined ? null : { since: row.at.toISOString() };
    },
    async erase(supporter) {
      await table.remove({ _id: supporter });
    },
  };
}
