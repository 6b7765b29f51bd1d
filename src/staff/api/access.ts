import type { Call, Nothing } from './shapes.js';

export type Role = 'admin' | 'editor' | 'organiser' | 'treasurer' | 'privacy' | 'agent' | 'viewer';

/** What a role may allow; `permissions.ts` says which has which. */
export type Permission =
  | 'dashboard.read'
  | 'supporters.read'
  | 'supporters.write'
  | 'supporters.merge'
  | 'supporters.export'
  | 'supporters.erase'
  | 'inbox.read'
  | 'inbox.answer'
  | 'flows.read'
  | 'flows.write'
  | 'flows.publish'
  | 'site.write'
  | 'segments.read'
  | 'segments.write'
  | 'messages.read'
  | 'messages.write'
  | 'messages.send'
  | 'donations.read'
  | 'donations.write'
  | 'volunteers.read'
  | 'volunteers.write'
  | 'canvass.read'
  | 'canvass.write'
  | 'channels.read'
  | 'channels.write'
  | 'team.write'
  | 'audit.read';

/** Who is signed in, and what the console needs to draw itself. */
export type SessionView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  /** Goes back with every change, in the header `X-CSRF-Token`. */
  readonly csrf: string;
  readonly campaign: {
    readonly name: string;
    /** Of supporters; the first is the default. */
    readonly languages: readonly string[];
    readonly timezone: string;
  };
};

/** One place where somebody is signed in. */
export type SessionRow = {
  readonly id: string;
  /** The browser, as it names itself. */
  readonly agent: string;
  readonly createdAt: string;
  readonly seenAt: string;
  /** The one that asks. */
  readonly isThis: boolean;
};

export type AccessApi = {
  'GET /session': Call<Nothing, SessionView>;
  'POST /sign-in': Call<
    { readonly email: string; readonly password: string; readonly code?: string },
    SessionView
  >;
  /** Mails a link that signs in, if there is such an account; says the same either way. */
  'POST /sign-in/mail': Call<{ readonly email: string }, { readonly sent: true }>;
  'POST /sign-in/link': Call<{ readonly token: string; readonly code?: string }, SessionView>;
  /** Whom an invitation is for; `first`: whoever opens it becomes the first administrator. */
  'POST /join/look': Call<
    { readonly token: string },
    { readonly first: boolean; readonly email?: string; readonly role: Role }
  >;
  'POST /join': Call<
    {
      readonly token: string;
      readonly name: string;
      readonly password: string;
      /** Of the first administrator; the others were invited by it. */
      readonly email?: string;
    },
    SessionView
  >;
  'POST /sign-out': Call<Nothing, { readonly done: true }>;
  'PATCH /account': Call<{ readonly name: string }, SessionView>;
  'PUT /account/password': Call<
    { readonly current?: string; readonly password: string },
    { readonly done: true }
  >;
  /** Begins a second factor: what an authenticator app reads, as a link and as a picture of squares. */
  'POST /account/second-factor': Call<
    { readonly password: string },
    { readonly secret: string; readonly url: string; readonly squares: readonly string[] }
  >;
  'PUT /account/second-factor': Call<{ readonly code: string }, { readonly done: true }>;
  'DELETE /account/second-factor': Call<{ readonly password: string }, { readonly done: true }>;
  'GET /account/sessions': Call<Nothing, { readonly items: readonly SessionRow[] }>;
  'DELETE /account/sessions/:id': Call<{ readonly id: string }, { readonly done: true }>;
};
