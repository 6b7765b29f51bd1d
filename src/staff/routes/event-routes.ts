import type { LiveFeed } from '../inbox/live-feed.js';
import { may } from '../permissions.js';
import { defineRoute, type Route } from '../route.js';
import { liveEvent } from './inbox-shapes.js';
import { NOTHING } from './inputs.js';

/** The route that tells what happens, to each as much as their role lets them see. */
export function eventRoutes(feed: LiveFeed): Route[] {
  return [
    defineRoute<'GET /events'>({
      type: 'events',
      key: 'GET /events',
      name: 'listen',
      summary: 'What happens now, as server-sent events, without a word of it.',
      access: 'signed_in',
      input: NOTHING,
      output: liveEvent,
      audit: 'nothing',
      open(_input, { caller }, tell) {
        const sees = caller.type === 'person' && may(caller.role, 'inbox.read');
        return feed.listen((event) => {
          if (event.type === 'figures' || sees) tell(event);
        });
      },
    }),
  ];
}
