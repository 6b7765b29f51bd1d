import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { errorCode } from '../error-code.js';
import type { Log } from '../log.js';
import type { Signer } from '../sign.js';
import { COOKIE, identify } from './identify.js';
import type { ApiError } from './api.js';
import { may } from './permissions.js';
import {
  ApiRefusal,
  type Access,
  type Answering,
  type Call,
  type Caller,
  type Route,
} from './route.js';
import { sendEvents, type OpenStreams } from './send-events.js';
import type { StaffTables } from './staff-tables.js';

export type MountOptions = {
  readonly routes: readonly Route[];
  readonly tables: StaffTables;
  /** Signs what goes back with every change. */
  readonly csrf: Signer;
  /** Whether browsers come by TLS, so that the cookie goes nowhere else. */
  readonly isSecure: boolean;
  clientAddress(request: Request): string;
  /** Milliseconds until a caller may go on; 0: now. */
  holdOff(caller: string): number;
  readonly streams: OpenStreams;
  readonly log: Log;
  now(): number;
};

const MOST_BYTES = 262_144;
const SHOWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
/** A session ends by itself after as long (`sessions.ts`). */
const COOKIE_S = 30 * 86_400;

/** Makes express routes of the table of routes: who calls, whether they may, what they say, then the work. */
export function mountApi(options: MountOptions): Router {
  const { routes, log } = options;
  const api = express.Router();
  api.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const route of routes) {
    const [method = '', path = ''] = route.key.split(' ');
    const handlers: RequestHandler[] = [
      refuseForeign,
      express.json({ limit: route.mostBytes ?? MOST_BYTES }),
      async (request, response) => answer(route, request, response, options),
    ];
    switch (method) {
      case 'GET':
        api.get(path, ...handlers);
        break;
      case 'POST':
        api.post(path, ...handlers);
        break;
      case 'PUT':
        api.put(path, ...handlers);
        break;
      case 'PATCH':
        api.patch(path, ...handlers);
        break;
      case 'DELETE':
        api.delete(path, ...handlers);
        break;
      default:
        throw new Error(`The staff API has no method ${method}.`);
    }
  }
  api.use((_request, _response, next) => {
    next(new ApiRefusal(404, 'not_found', 'There is no such route.'));
  });
  api.use(refuse(log));
  return api;
}

/** A page of another site has no business here, whatever a browser would send along with it. */
const refuseForeign: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isForeign) return next(new ApiRefusal(403, 'foreign', 'Only pages of this site may call.'));
  const length = request.headers['content-length'];
  const hasBody =
    (length !== undefined && length !== '0') || 'transfer-encoding' in request.headers;
  if (hasBody && !request.is('application/json')) {
    return next(new ApiRefusal(415, 'not_json', 'Send JSON, as application/json.'));
  }
  return next();
};

async function answer(
  route: Route,
  request: Request,
  response: Response,
  options: MountOptions,
): Promise<void> {
  const { tables, now } = options;
  const at = new Date(now());
  const caller = await identify(request, tables, at);
  const address = options.clientAddress(request);
  const waitMs = options.holdOff(caller.type === 'nobody' ? `address ${address}` : caller.id);
  if (waitMs > 0) {
    throw new ApiRefusal(429, 'too_many', 'Too many calls at once.', {
      retryAfterS: Math.ceil(waitMs / 1_000),
    });
  }
  checkCsrf(request, caller, options.csrf);
  checkAccess(route.access, caller);
  const call = makeCall(request, response, { caller, at, address }, options);
  const body: unknown = request.body;
  const given = { ...request.query, ...(isObject(body) ? body : {}), ...request.params };
  const begun = route.begin(given, call);
  if (begun.type === 'invalid') {
    const fields = begun.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new ApiRefusal(400, 'invalid', 'Some of the input is not right.', { fields });
  }
  const { note } = begun;
  const entry =
    note === undefined
      ? undefined
      : await tables.audit.enter({ at, ...whoOf(caller), ...note, outcome: 'begun' });
  try {
    await carryOut(begun.answer, response, options);
  } catch (error) {
    const isUnknown = error instanceof ApiRefusal && error.status === 404;
    if (entry !== undefined) await tables.audit.settle(entry, isUnknown ? 'unknown' : 'refused');
    throw error;
  }
  if (entry !== undefined) await tables.audit.settle(entry, 'done');
}

async function carryOut(
  answering: Answering,
  response: Response,
  { streams }: MountOptions,
): Promise<void> {
  switch (answering.type) {
    case 'json':
      response.json(await answering.run());
      return;
    case 'events':
      sendEvents(response, streams, answering.open);
      return;
    case 'file': {
      const { name, pieces, isShown = false } = await answering.produce();
      const how = isShown ? 'inline' : 'attachment';
      response.setHeader('Content-Disposition', `${how}; filename="${name}"`);
      // What is shown runs nothing and fetches nothing.
      if (isShown) response.setHeader('Content-Security-Policy', SHOWN);
      response.type(name);
      for await (const piece of pieces) {
        if (response.destroyed) return;
        if (!response.write(piece)) {
          await new Promise((resolve) => {
            response.once('drain', resolve);
            response.once('close', resolve);
          });
        }
      }
      response.end();
      return;
    }
    default:
      return answering satisfies never;
  }
}

function checkCsrf(request: Request, caller: Caller, csrf: Signer): void {
  if (caller.type !== 'person' || request.method === 'GET' || request.method === 'HEAD') return;
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && csrf.matches(caller.session, given)) return;
  throw new ApiRefusal(403, 'csrf', 'The header X-CSRF-Token is missing or not of this session.');
}

function checkAccess(access: Access, caller: Caller): void {
  if (access === 'anybody') return;
  if (caller.type === 'nobody') throw new ApiRefusal(401, 'signed_out', 'Sign in first.');
  const isAllowed = access === 'signed_in' ? caller.type === 'person' : may(caller.role, access);
  if (!isAllowed) throw new ApiRefusal(403, 'forbidden', 'Your role does not allow this.');
}

function makeCall(
  request: Request,
  response: Response,
  who: Pick<Call, 'caller' | 'at' | 'address'>,
  { tables, isSecure }: MountOptions,
): Call {
  return {
    ...who,
    agent: request.headers['user-agent'] ?? '',
    setSession(secret) {
      response.cookie(COOKIE, secret ?? '', {
        httpOnly: true,
        sameSite: 'strict',
        secure: isSecure,
        path: '/staff',
        maxAge: secret === undefined ? 0 : COOKIE_S * 1_000,
      });
    },
    async note({ who: other, ...note }) {
      const named =
        other === undefined ? whoOf(who.caller) : { who: other.id, who_name: other.name };
      await tables.audit.enter({ at: who.at, ...named, ...note, outcome: 'done' });
    },
  };
}

function whoOf(caller: Caller): { who: string; who_name: string } {
  return caller.type === 'nobody'
    ? { who: '', who_name: '' }
    : { who: caller.id, who_name: caller.name };
}

/** Writes refusals; a fault of ours is logged, and answered without a word about its inside. */
function refuse(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const refusal = asRefusal(error);
    if (refusal === undefined && errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') {
      log.error({ err: error }, 'staff request failed');
    }
    // Half an answer must not look like a whole one.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, code, message, more } = refusal ?? {
      status: 500,
      code: 'failed',
      message: 'Something went wrong here.',
      more: {},
    };
    if (more.retryAfterS !== undefined) response.setHeader('Retry-After', more.retryAfterS);
    const body: ApiError = {
      error: { code, message, ...(more.fields === undefined ? {} : { fields: more.fields }) },
    };
    response.status(status).json(body);
  };
}

/** What express itself refuses is the caller's mistake too. */
function asRefusal(error: unknown): ApiRefusal | undefined {
  if (error instanceof ApiRefusal) return error;
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  if (error.status === 413) return new ApiRefusal(413, 'too_large', 'This is too large.');
  const isTheirs = typeof error.status === 'number' && error.status >= 400 && error.status < 500;
  return isTheirs ? new ApiRefusal(400, 'invalid', 'This request cannot be read.') : undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
