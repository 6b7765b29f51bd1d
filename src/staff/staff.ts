import express, { type Request, type Router } from 'express';
import type { Log } from '../log.js';
import { createSigner } from '../sign.js';
import { createDesk, type Desk } from './accounts/desk.js';
import type { MemberRow } from './accounts/members.js';
import { createSeal, type Seal } from './accounts/secrets.js';
import type { SessionView } from './api.js';
import { mountApi } from './mount-api.js';
import { writeOpenApi } from './openapi.js';
import type { Route } from './route.js';
import { accessRoutes } from './routes/access-routes.js';
import { accountRoutes } from './routes/account-routes.js';
import { auditRoutes } from './routes/audit-routes.js';
import { teamRoutes } from './routes/team-routes.js';
import { serveConsole } from './serve-console.js';
import type { OpenStreams } from './send-events.js';
import type { StaffTables } from './staff-tables.js';
import type { Identities } from '../supporters/identities.js';

export type StaffOptions = {
  readonly tables: StaffTables;
  readonly secret: string;
  readonly publicUrl: string;
  campaign(): SessionView['campaign'];
  /** Milliseconds until a caller may call again, or an account or address be tried again. */
  holdOff(caller: string): number;
  holdOffSignIn(key: string): number;
  clientAddress(request: Request): string;
  /** Mails a one-time link: into the console, or to join. */
  mailLink(
    member: Pick<MemberRow, 'email' | 'name'>,
    kind: 'sign_in' | 'join',
    url: string,
  ): Promise<void>;
  identities(supporter: string): Promise<Identities>;
  /** Routes of the domains. */
  readonly routes: readonly Route[];
  /** Where the build put the console; absent: only the API is served. */
  readonly consoleDir?: string;
  readonly log: Log;
  now(): number;
};

/** The staff API and the console. */
export type Staff = {
  readonly router: Router;
  readonly routes: readonly Route[];
  /** Where the console is below the address the server listens at: with a one-time link until somebody administers. */
  findDoor(url: string): Promise<string>;
  /** Ends what browsers hold open. */
  close(): void;
};

/** Puts sign-in, roles, audit and the routes of all domains together. */
export function createStaff(options: StaffOptions): Staff {
  const { tables, secret, publicUrl, log, now } = options;
  const csrf = createSigner(secret, 'changes of staff sessions');
  const seal = createSeal(secret, 'second factors');
  const desk = createDesk({ ...options, csrf, seal });
  const joinUrl = (token: string): string => `${publicUrl}/staff/join#${token}`;
  const routes = [...ownRoutes(options, desk, seal, joinUrl), ...options.routes];
  const streams: OpenStreams = new Set();

  const router = express.Router();
  // Written when somebody reads it: it takes a tenth of a start.
  let openApi: ReturnType<typeof writeOpenApi> | undefined;
  router.get('/api/openapi.json', (_request, response) => {
    openApi ??= writeOpenApi(routes, `${publicUrl}/staff/api`);
    response.json(openApi);
  });
  router.use(
    '/api',
    mountApi({
      routes,
      tables,
      csrf,
      isSecure: publicUrl.startsWith('https:'),
      clientAddress: options.clientAddress,
      holdOff: options.holdOff,
      streams,
      log,
      now,
    }),
  );
  if (options.consoleDir !== undefined) {
    router.use(serveConsole(options.consoleDir, () => options.campaign().name));
  }
  return {
    router,
    routes,
    async findDoor(url) {
      if (await tables.members.hasAdministrator()) return `${url}/staff`;
      const token = await tables.links.make('first', undefined, new Date(now()));
      return `${url}/staff/join#${token}`;
    },
    close() {
      for (const end of streams) end();
    },
  };
}

function ownRoutes(
  options: StaffOptions,
  desk: Desk,
  seal: Seal,
  joinUrl: (token: string) => string,
): Route[] {
  const { tables, publicUrl, mailLink } = options;
  return [
    ...accessRoutes({
      tables,
      desk,
      mailLink: (member, token) => mailLink(member, 'sign_in', `${publicUrl}/staff/enter#${token}`),
    }),
    ...accountRoutes({ tables, desk, seal, issuer: () => options.campaign().name }),
    ...teamRoutes({
      tables,
      joinUrl,
      mailInvitation: (member, url) => mailLink(member, 'join', url),
    }),
    ...auditRoutes({ audit: tables.audit, identities: options.identities }),
  ];
}
