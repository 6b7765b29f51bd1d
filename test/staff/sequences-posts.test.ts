import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPosts, type Posts } from '../../src/outreach/posts/posts.js';
import { openDeliveries } from '../../src/outreach/messages/deliveries.js';
import { openMessages } from '../../src/outreach/messages/messages.js';
import { openSegments } from '../../src/outreach/segments/segments.js';
import { openSequences } from '../../src/outreach/sequences/sequences.js';
import { postRoutes } from '../../src/staff/routes/post-routes.js';
import { sequenceRoutes } from '../../src/staff/routes/sequence-routes.js';
import { readCampaign } from '../outreach/messages/sample.js';
import { openHere } from '../store/support.js';
import { openStaff, type Browser, type OpenStaff } from './open-staff.js';

const campaign = readCampaign();
let staff: OpenStaff;
let browser: Browser;
let posts: Posts;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  posts = openPosts(connection);
  staff = await openStaff([
    ...sequenceRoutes({
      sequences: openSequences(connection, openMessages(connection)),
      deliveries: openDeliveries(connection),
      segments: openSegments(connection),
      campaign: () => campaign,
      flows: async () => [],
    }),
    ...postRoutes({
      posts,
      networksOn: new Set(['x', 'telegram']),
      mastodonLimit: async () => 500,
      campaign: () => campaign,
    }),
  ]);
  browser = await staff.begin();
});
afterAll(async () => {
  await staff.close();
  await close();
});
const ask = (route: string, body?: unknown) => staff.ask(route, body, { browser });

const SEQUENCE = `name: Welcome
start: { consent: engagement }
purpose: engagement
channels: [web]
steps:
  - after: 2h
    words: { fr: 'Bonjour', en: 'Hello' }
`;

test('a sequence is checked as text with places, begun once, held up and removed', async () => {
  const wrong = await ask('POST /sequence-checks', { text: SEQUENCE.replace('2h', 'soon') });
  expect(wrong.body.problems[0]).toMatchObject({ line: 6, severity: 'error' });
  expect((await ask('POST /sequence-checks', { text: SEQUENCE })).body).toMatchObject({
    problems: [],
    sequence: { start: 'consent engagement', steps: [{ after: { ms: 7_200_000 } }] },
  });
  const { body } = await ask('POST /sequences', { text: SEQUENCE });
  expect((await ask('POST /sequences', { text: SEQUENCE })).body.error.code).toBe('name_taken');
  expect((await ask(`GET /sequences/${body.id}`)).body).toMatchObject({
    row: { state: 'active' },
    counts: [{ sent: 0 }],
  });
  expect((await ask(`POST /sequences/${body.id}/pause`, {})).status).toBe(200);
  expect((await ask(`POST /sequences/${body.id}/pause`, {})).status).toBe(409);
  expect((await ask(`POST /sequences/${body.id}/resume`, {})).status).toBe(200);
  expect((await ask(`DELETE /sequences/${body.id}`, {})).status).toBe(200);
  expect((await ask('GET /sequences')).body.items).toEqual([]);
});

test('a post is counted as each network counts, scheduled with its picture, and cancelled', async () => {
  const post = {
    name: 'Market',
    content: 'campaign',
    language: 'fr',
    at: { type: 'instant', at: '2040-03-01T18:00' },
    networks: ['x', 'telegram'],
    text: 'a'.repeat(281),
    texts: {},
  };
  const long = await ask('POST /post-checks', { post });
  expect(long.body.sizes).toContainEqual({ network: 'x', count: 281, most: 280 });
  expect(long.body.problems).toMatchObject([{ field: 'text', code: 'text-too-long' }]);
  const empty = await ask('POST /post-checks', { post: { ...post, name: '', networks: [] } });
  expect(empty.body.problems.map(({ field }: { field: string }) => field)).toEqual([
    'name',
    'networks',
  ]);
  const picture = {
    data: Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString('base64'),
    alt: 'A stall',
  };
  const short = { ...post, texts: { x: 'Short' }, picture };
  const { body } = await ask('POST /posts', { post: short });
  expect(body).toMatchObject({ hasPicture: true, sends: [{ state: 'planned' }, {}] });
  expect(await posts.pictures.get(body.id)).toBeDefined();
  const late = { ...short, at: { type: 'instant', at: '2020-01-01T10:00' } };
  expect((await ask('POST /posts', { post: late })).body.error.code).toBe('is_over');
  expect((await ask(`POST /posts/${body.id}/cancel`, {})).body.sends[0].state).toBe('cancelled');
  expect((await ask(`POST /posts/${body.id}/cancel`, {})).status).toBe(409);
});
