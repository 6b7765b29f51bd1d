import type { Activity } from 'botbuilder';
import express, { Router } from 'express';
import { z } from 'zod';
import type { Taken } from './adapter.js';

/** The Bot Service passes on no larger activities. */
const BODY_LIMIT = '256kb';
/** When a network may come again with what is not saved, in seconds. */
const AGAIN_AFTER_S = 2;

/** What has to be there for a token to be compared with: the SDK skips a comparison with nothing. */
const envelope = z.object({
  type: z.string().min(1),
  channelId: z.string().min(1),
  serviceUrl: z.url({ protocol: /^https$/ }),
});
const activity = z.custom<Activity>((payload) => envelope.safeParse(payload).success);

export type DoorOptions = {
  /** Proves who brought an activity, and takes it in. */
  take(authorization: string, activity: Activity): Promise<Taken | 'again'>;
};

/** Makes the door that Azure's Bot Service calls. No body is read of whoever shows no token. */
export function createDoor({ take }: DoorOptions): Router {
  const router = Router();
  router.use((request, response, next) => {
    if (request.method !== 'POST') return refuse(response, 405, 'This takes POST only.');
    if (/^Bearer \S+$/.test(request.get('Authorization') ?? '')) return next();
    refuse(response, 401, 'This is not the Bot Service.');
  });
  router.post('/', express.json({ limit: BODY_LIMIT }), async (request, response) => {
    const { data } = activity.safeParse(request.body);
    if (data === undefined) return refuse(response, 400, 'This is no activity.');
    const taken = await take(request.get('Authorization') ?? '', data);
    switch (taken) {
      case 'taken':
        return void response.status(200).end();
      case 'refused':
        return refuse(response, 403, 'This is not the Bot Service.');
      case 'keys away':
      case 'again':
        response.set('Retry-After', String(AGAIN_AFTER_S));
        return refuse(response, 503, 'This cannot be taken now.');
      default:
        return taken satisfies never;
    }
  });
  return router;
}

const CODES = {
  400: 'BadArgument',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'MethodNotAllowed',
  503: 'ServiceError',
};

function refuse(response: express.Response, status: keyof typeof CODES, message: string): void {
  response.status(status).json({ error: { code: CODES[status], message } });
}
