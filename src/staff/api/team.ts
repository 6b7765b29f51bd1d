import type { Role } from './access.js';
import type { Call, Nothing } from './shapes.js';

/** One of the staff, as administrators see them. */
export type TeamMember = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly hasSecondFactor: boolean;
  readonly createdAt: string;
  readonly signedInAt?: string;
};

/** A key for programs. */
export type TokenRow = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly usedAt?: string;
};

export type TeamApi = {
  'GET /team': Call<Nothing, { readonly items: readonly TeamMember[] }>;
  /** Invites somebody: a one-time link, mailed where mail is set up, and shown once. */
  'POST /team': Call<
    { readonly email: string; readonly name: string; readonly role: Role },
    { readonly member: TeamMember; readonly link: string }
  >;
  'PATCH /team/:id': Call<
    { readonly id: string; readonly role?: Role; readonly disabled?: boolean },
    TeamMember
  >;
  /** A fresh one-time link for somebody who lost password or second factor. */
  'POST /team/:id/link': Call<{ readonly id: string }, { readonly link: string }>;
  'GET /tokens': Call<Nothing, { readonly items: readonly TokenRow[] }>;
  'POST /tokens': Call<
    { readonly name: string; readonly role: Role },
    { readonly row: TokenRow; readonly token: string }
  >;
  'DELETE /tokens/:id': Call<{ readonly id: string }, { readonly done: true }>;
};
