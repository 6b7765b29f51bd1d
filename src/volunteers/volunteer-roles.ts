import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import type { Role } from './tasks.js';

export const ROLE_STATES = ['asked', 'approved', 'declined'] as const;
export type RoleState = (typeof ROLE_STATES)[number];

/** A part that somebody wants to take, and what staff said to it. */
export type VolunteerRoleRow = {
  /** `<role>:<supporter>`. */
  readonly _id: string;
  readonly supporter: string;
  readonly role: Role;
  readonly state: RoleState;
  /** Counts the decisions; each is told once. */
  readonly revision: number;
  /** Since when it is in this state. */
  readonly at: Date;
  /** What was decided and is not on its way to them yet. */
  readonly untold?: true;
};

/** Opens the collection `volunteer_roles`. */
export function openVolunteerRoles(connection: Connection): Table<VolunteerRoleRow> {
  return openTable<VolunteerRoleRow>(connection, {
    name: 'volunteer_roles',
    schema: {
      supporter: String,
      role: String,
      state: String,
      revision: Number,
      at: Date,
      untold: Boolean,
    },
    indexes: [[{ supporter: 1 }], [{ state: 1, at: 1, _id: 1 }], [{ untold: 1 }, { sparse: true }]],
  });
}

export function roleRowId(role: Role, supporter: string): string {
  return `${role}:${supporter}`;
}
