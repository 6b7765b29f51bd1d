import { createServer, type Server } from 'node:http';
import express from 'express';
import type { Connection } from 'mongoose';
import { createLog } from '../../src/log.js';
import type { Role } from '../../src/staff/api.js';
import type { Route } from '../../src/staff/route.js';
import { openStaffTables, type StaffTables } from '../../src/staff/staff-tables.js';
import { createStaff } from '../../src/staff/staff.js';
import { openHere } from '../store/support.js';

/** An answer of the API, read. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into what they expect.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
};

export type Ask = (
  route: string,
  body?: unknown,
  how?: {
    readonly token?: string | undefined;
    readonly browser?: Browser | undefined;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;

/** What a browser keeps between calls. */
export type Browser = { cookie: string; csrf: string };

export type OpenStaff = {
  readonly url: string;
  readonly tables: StaffTables;
  readonly routes: readonly Route[];
  readonly mails: { readonly to: string; readonly kind: string; readonly url: string }[];
  /** Milliseconds that the clock is ahead. */
  ahead(ms: number): void;
  now(): number;
  /** Whom a refused caller is held off for, by key. */
  readonly heldOff: Set<string>;
  readonly ask: Ask;
  /** The token of the link that makes the first administrator. */
  firstToken(): Promise<string>;
  /** Makes the first administrator and answers their browser. */
  begin(): Promise<Browser>;
  /** A token of the API for a role. */
  tokenOf(role: Role): Promise<string>;
  close(): Promise<void>;
};

export const PASSWORD = 'une riviere sous la neige';

/** The staff API on a store of its own, without a console. */
export async function openStaff(
  routes: readonly Route[] | ((connection: Connection) => readonly Route[]) = [],
): Promise<OpenStaff> {
  const { store, close } = await openHere();
  const tables = openStaffTables(store.connection);
  for (const table of tables.indexed) await table.createIndexes();
  const mails: { to: string; kind: string; url: string }[] = [];
  const heldOff = new Set<string>();
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const server = createServer();
  const url = await listen(server);
  const staff = createStaff({
    tables,
    secret: 'a secret of thirty-two characters or more',
    publicUrl: url,
    campaign: () => ({ name: 'Valbrume', languages: ['fr', 'en'], timezone: 'Europe/Paris' }),
    holdOff: () => 0,
    holdOffSignIn: (key) => (heldOff.has(key) ? 30_000 : 0),
    clientAddress: () => '127.0.0.1',
    async mailLink({ email }, kind, link) {
      mails.push({ to: email, kind, url: link });
    },
    identities: async (supporter) => ({ _id: supporter }),
    routes: typeof routes === 'function' ? routes(store.connection) : routes,
    log: createLog('silent'),
    now,
  });
  const app = express();
  app.use('/staff', staff.router);
  server.on('request', app);

  const ask: Ask = async (route, body, { token, browser, headers = {} } = {}) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const response = await fetch(`${url}/staff/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(browser === undefined ? {} : { cookie: browser.cookie, 'x-csrf-token': browser.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };

  const firstToken = async (): Promise<string> => (await staff.findDoor(url)).split('#')[1] ?? '';
  return {
    url,
    tables,
    routes: staff.routes,
    mails,
    ahead(ms) {
      ahead += ms;
    },
    now,
    heldOff,
    ask,
    firstToken,
    async begin() {
      const answer = await ask('POST /join', {
        token: await firstToken(),
        name: 'Claire Martin',
        email: 'Claire@Exemple.fr',
        password: PASSWORD,
      });
      return browserOf(answer);
    },
    tokenOf: async (role) => (await tables.tokens.make(role, role, new Date(now()))).token,
    async close() {
      staff.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}

/** What a browser keeps of an answer that signed it in. */
export function browserOf({ headers, body }: Answer): Browser {
  const [cookie = ''] = (headers.get('set-cookie') ?? '').split(';');
  return { cookie, csrf: body.csrf };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
}
