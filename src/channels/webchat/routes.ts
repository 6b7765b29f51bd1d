import express, {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
} from 'express';
import { readWatermark, type Conversations } from './conversations.js';
import type { ErrorResponse } from './protocol.js';
import { readUpload, tooLarge, UPLOAD_LIMIT } from './read-upload.js';
import { Refusal } from './refusal.js';

const BODY_LIMIT = 256 * 1024;

/** The routes of Direct Line 3.0, relative to `/directline/v3/directline`. */
export function createRoutes(
  conversations: Conversations,
  report: (error: unknown) => void,
): Router {
  const router = Router();
  const json = express.json({ limit: BODY_LIMIT, type: () => true });

  router.use(openToAnySite);

  route(router, '/tokens/generate', {
    post: [json, (request, response) => void response.json(conversations.generate(request))],
  });
  route(router, '/tokens/refresh', {
    post: [
      (request, response) =>
        void response.json(conversations.refresh(conversations.holder(request))),
    ],
  });
  route(router, '/tokens/resume', {
    post: [
      async (request, response) => {
        const watermark = readWatermark(request.query['watermark']);
        response.json(await conversations.resume(request, watermark));
      },
    ],
  });
  route(router, '/conversations', {
    post: [
      json,
      async (request, response) => {
        const { status, body } = await conversations.open(request, request.body, localeOf(request));
        response.status(status).json(body);
      },
    ],
  });
  route(router, '/conversations/:id', {
    get: [
      (request, response) => {
        const holder = conversations.holder(request, idOf(request));
        response.json(conversations.reconnect(holder, readWatermark(request.query['watermark'])));
      },
    ],
  });
  route(router, '/conversations/:id/activities', {
    get: [
      async (request, response) => {
        const holder = conversations.holder(request, idOf(request));
        response.json(await conversations.page(holder, readWatermark(request.query['watermark'])));
      },
    ],
    post: [
      // The token first: a stranger's body is not worth reading.
      (request, _response, next) => {
        conversations.holder(request, idOf(request));
        next();
      },
      json,
      async (request, response) => {
        const holder = conversations.holder(request, idOf(request));
        response.json(await conversations.post(holder, request.body));
      },
    ],
  });
  route(router, '/conversations/:id/upload', {
    post: [
      async (request, response) => {
        const holder = conversations.holder(request, idOf(request));
        conversations.allowUpload(request);
        const body = await readToTheEnd(request);
        const upload = await readUpload(request.headers, body);
        response.json(await conversations.upload(holder, upload));
      },
    ],
  });
  route(router, '/conversations/:id/stream', {
    get: [
      () => {
        throw new Refusal('BadArgument', 'This address is for a WebSocket.');
      },
    ],
  });

  router.use(() => {
    throw new Refusal('NotFound', 'There is nothing at this address.');
  });
  router.use(refuse(report));
  return router;
}

type Methods = { readonly get?: RequestHandler[]; readonly post?: RequestHandler[] };

function route(router: Router, path: string, { get, post }: Methods): void {
  const allowed = [get && 'GET, HEAD', post && 'POST', 'OPTIONS'].filter(Boolean).join(', ');
  const here = router.route(path);
  if (get !== undefined) here.get(...get);
  if (post !== undefined) here.post(...post);
  here.all((request, response) => {
    response.setHeader('Allow', allowed);
    throw new Refusal('MethodNotAllowed', `${request.method} is not for this address.`);
  });
}

/** Any site may embed the chat: tokens travel in a header, never in a cookie. */
const openToAnySite: RequestHandler = (request, response, next) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  response.setHeader(
    'Access-Control-Allow-Headers',
    request.headers['access-control-request-headers'] ?? 'Authorization, Content-Type',
  );
  response.setHeader('Access-Control-Max-Age', '7200');
  response.status(204).end();
};

function refuse(report: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = asRefusal(error);
    if (refusal.code === 'ServiceError') report(error);
    response
      .status(refusal.status)
      .set(refusal.headers)
      .json(refusal.body satisfies ErrorResponse);
  };
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new Refusal('TooLarge', 'The body is larger than 256 kB.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal(
      'BadArgument',
      'The body or the address cannot be read; send JSON in UTF-8.',
    );
  }
  return new Refusal('ServiceError', 'The message could not be taken; please try again.');
}

function idOf({ params }: Request): string {
  return String(params['id']);
}

function localeOf({ query }: Request): string | undefined {
  return typeof query['locale'] === 'string' ? query['locale'] : undefined;
}

/** What a multipart body has besides its files. */
const AROUND_FILES = 64 * 1024;
/** Whoever sends more than this is not listened to to the end. */
const PATIENCE = 20 * 1024 * 1024;

/** A client that is still sending would never read an answer that came before its end. */
async function readToTheEnd(request: Request): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= UPLOAD_LIMIT + AROUND_FILES) parts.push(chunk);
    else parts.length = 0;
    if (size > PATIENCE) break;
  }
  if (size > UPLOAD_LIMIT + AROUND_FILES) throw tooLarge();
  return Buffer.concat(parts);
}
