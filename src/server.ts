import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { errorCode } from './error-code.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';

export type ServerParts = {
  readonly site: Router;
  /** The staff console and its API, below `/staff`. */
  readonly staff: Router;
  readonly webChat: {
    readonly router: Router;
    /** Takes a WebSocket handshake; false when the path is not its own. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  };
  /** Doors that networks call, by path; each reads bodies itself, for some sign the bytes. */
  readonly webhooks: ReadonlyMap<string, Router>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** What is not ready yet, or not any more; empty when all is well. */
  notReady(): Promise<readonly string[]>;
};

const DIRECT_LINE = '/directline/v3/directline';
const EVENTS = 'text/event-stream; charset=utf-8';

/** Mounts the routes of `interfaces.md`; does not listen yet. */
export function createServer(parts: ServerParts): Server {
  const app = express();
  app.disable('x-powered-by');
  // The site tags what may be kept; a tag on every answer of the chat would be work for nothing.
  app.disable('etag');
  app.use(timeRequests(parts.metrics));
  app.use(DIRECT_LINE, parts.webChat.router);
  for (const [path, router] of parts.webhooks) app.use(path, router);
  app.use(
    // The site sets a content policy of its own, which knows its scripts; pages of other sites may
    // load embed.js.
    helmet({ contentSecurityPolicy: false, crossOriginResourcePolicy: { policy: 'cross-origin' } }),
  );
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/readyz', async (_request, response) => {
    const missing = await parts.notReady();
    response
      .status(missing.length === 0 ? 200 : 503)
      .json({ status: missing.length === 0 ? 'ready' : 'not ready', missing });
  });
  app.get('/metrics', async (_request, response) => {
    const { type, text } = await parts.metrics.read();
    response.type(type).send(text);
  });
  app.use('/staff', parts.staff);
  app.use(parts.site);
  app.use(refuseUnknown);
  app.use(refuseFailed(parts.log));

  const server = createHttpServer({ maxHeaderSize: 16_384 }, app);
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!parts.webChat.upgrade(request, socket, head)) {
      // Nobody listens to it any more: a client that is gone already would end the program.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    }
  });
  return server;
}

function timeRequests(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.on('finish', () => {
      // Events that a browser listens to last as long as it stays.
      if (response.getHeader('Content-Type') === EVENTS) return;
      const { originalUrl } = request;
      const isStaff = originalUrl === '/staff' || originalUrl.startsWith('/staff/');
      const route = originalUrl.startsWith(DIRECT_LINE) ? 'directline' : isStaff ? 'staff' : 'site';
      metrics.timeRequest(route, response.statusCode, (performance.now() - start) / 1000);
    });
    next();
  };
}

const refuseUnknown: RequestHandler = (_request, response) => {
  response.status(404).json({ error: { code: 'NotFound', message: 'There is nothing here.' } });
};

/** The last door: a fault of ours is logged, and answered without a word about its inside. */
function refuseFailed(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    // A client that went away in the middle of an answer is no fault of ours.
    const isOurs = status >= 500 && errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE';
    if (isOurs) log.error({ err: error }, 'request failed');
    // Half an answer must not look like a whole one.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const message = status >= 500 ? 'Something went wrong here.' : 'This request cannot be read.';
    response
      .status(status)
      .json({ error: { code: status >= 500 ? 'ServiceError' : 'BadArgument', message } });
  };
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
