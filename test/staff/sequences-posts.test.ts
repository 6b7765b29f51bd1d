import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPosts, type Posts } from '../../src/outreach/posts/posts.js';
import {
  deliveryId,
  openDeliveries,
  type Deliveries,
} from '../../src/outreach/messages/deliveries.js';
import { openMessages } from '../../src/outreach/messages/messages.js';
import { openSegments } from '../../src/outreach/segments/segments.js';
import { openSequences } from '../../src/outreach/sequences/sequences.js';
import { postRoutes } from '../../src/staff/routes/post-routes.js';
import { sequenceRoutes } from '../../src/staff/routes/sequence-routes.js';
import { readCampaign, supporter } from '../outreach/messages/sample.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import { openHere } from '../store/support.js';
import { openStaff, type Browser, type OpenStaff } from './open-staff.js';

const campaign = readCampaign();
let staff: OpenStaff;
let browser: Browser;
let posts: Posts;
let people: People;
let deliveries: Deliveries;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  posts = openPosts(connection);
  people = openPeople(connection, 'a secret');
  deliveries = openDeliveries(connection);
  for (const { table } of [posts, people.supporters, deliveries]) await table.createIndexes();
  staff = await openStaff([
    ...sequenceRoutes({
      sequences: openSequences(connection, openMessages(connection)),
      deliveries,
      segments: openSegments(connection),
      supporters: people.supporters,
      campaign: () => campaign,
      flows: async () => [],
    }),
    ...postRoutes({
      posts,
      networksOn: new Set(['x', 'telegram']),
      networkOf: () => ({ settings: ['X_API_KEY'] }),
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

test('people of a sequence are listed where they stand, part by part, and taken out once', async () => {
  const { body: begun } = await ask('POST /sequences', {
    text: `${SEQUENCE}  - after: 3d\n    words: { fr: 'Encore', en: 'Again' }\n`,
  });
  const { id } = begun;
  await people.supporters.table.insertAll([
    supporter('ana', ['web'], { first_name: 'Ana', last_name: 'Martin' }),
    // Somebody whose other profile had begun it.
    supporter('eve', ['web'], { first_name: 'Eve', merged_from: ['bob'] }),
    supporter('zoe', ['web']),
  ]);
  const at = new Date();
  await deliveries.table.insertAll(
    ['ana', 'bob', 'zoe'].flatMap((who) =>
      [1, 2].map((step) => {
        const message = `${id}-${step}`;
        const state = step === 1 || who === 'zoe' ? ('sent' as const) : ('planned' as const);
        return {
          _id: deliveryId(message, who),
          message,
          supporter: who,
          channel: 'web',
          state,
          at,
        };
      }),
    ),
  );
  const standing = { standing: 'within', step: 2 };
  const first = (await ask(`GET /sequences/${id}/people?limit=2`)).body;
  expect(first).toMatchObject({
    items: [
      { supporter: 'ana', name: 'Ana Martin', ...standing },
      { supporter: 'eve', name: 'Eve', ...standing },
    ],
  });
  expect(
    (await ask(`GET /sequences/${id}/people?limit=2&before=${first.next}`)).body,
  ).toMatchObject({ items: [{ supporter: 'zoe', standing: 'finished' }] });
  expect((await ask(`GET /sequences/${id}/people?show=finished`)).body.items).toHaveLength(1);
  const totals = async () => (await ask(`GET /sequences/${id}`)).body.totals;
  expect(await totals()).toMatchObject({ began: 3, within: 2, finished: 1 });

  expect((await ask(`POST /sequences/${id}/people/eve/take-out`, {})).status).toBe(200);
  expect((await ask(`POST /sequences/${id}/people/eve/take-out`, {})).body.error.code).toBe(
    'wrong_state',
  );
  expect((await ask(`POST /sequences/${id}/people/nobody/take-out`, {})).status).toBe(404);
  expect(await totals()).toMatchObject({ within: 1, left: { left_taken_out: 1 } });
  expect(await deliveries.table.get(deliveryId(`${id}-2`, 'bob'))).toMatchObject({
    state: 'skipped',
    reason: 'left_taken_out',
  });
  const noted = await staff.tables.audit.table.find({ action: 'takeOutOfSequence' });
  expect(noted[0]).toMatchObject({ supporter: 'eve', about: id });
  // Counts and plans are for those who see nobody by name.
  const token = await staff.tokenOf('viewer');
  expect((await staff.ask(`GET /sequences/${id}`, undefined, { token })).status).toBe(200);
  expect((await staff.ask(`GET /sequences/${id}/people`, undefined, { token })).status).toBe(403);
});

test('a sequence of a form is checked by its fields, begun, and shown as a form again', async () => {
  const draft = {
    name: 'Form',
    start: { type: 'silent', value: '30' },
    leave: { answered: true, segment: '' },
    steps: [
      {
        after: { type: 'day', days: 1, time: '18:00' },
        purpose: 'engagement',
        content: 'campaign',
        says: 'words',
        words: { fr: 'Bonjour', en: '' },
        flow: '',
        skips: false,
        channels: ['web'],
        urgent: false,
        cap: 'usual',
      },
    ],
  };
  const checked = await ask('POST /sequence-form-checks', { sequence: draft });
  expect(checked.body).toMatchObject({
    problems: [{ field: 'steps.0.words.en', code: 'missing' }],
    previews: [{ fr: 'Bonjour' }],
  });
  const refused = await ask('POST /sequences', { sequence: draft });
  expect(refused.body.error).toMatchObject({
    code: 'faulty',
    fields: [{ path: 'steps.0.words.en' }],
  });
  const [step] = draft.steps;
  const whole = { ...draft, steps: [{ ...step, words: { fr: 'Bonjour', en: 'Hello' } }] };
  const { body } = await ask('POST /sequences', { sequence: whole });
  expect((await ask(`GET /sequences/${body.id}`)).body.draft).toEqual(whole);
});

test('posts are listed to come, past and by day; the calendar speaks before, and a failed one goes again', async () => {
  const post = {
    name: 'Silence',
    content: 'campaign',
    language: 'fr',
    at: { type: 'before', days: 0, time: '10:00', round: 1 },
    networks: ['x', 'telegram'],
    text: 'Bonjour',
    texts: { x: 'Salut' },
  };
  const { body: check } = await ask('POST /post-checks', { post });
  expect(check).toMatchObject({ problems: [], refusal: { rule: 'silence' } });
  const later = { ...post, name: 'Later', at: { type: 'instant', at: '2041-05-01T09:00' } };
  expect((await ask('POST /post-checks', { post: later })).body.refusal).toBeUndefined();
  const { body: row } = await ask('POST /posts', { post: later });
  expect(row.goesAt).toBe('2041-05-01T07:00:00.000Z');
  const names = async (query: string) =>
    (await ask(`GET /posts?${query}`)).body.items.map(({ name }: { name: string }) => name);
  expect(await names('view=coming')).toEqual(['Later']);
  expect(await names('view=past')).toEqual(['Market']);
  expect(await names('from=2041-05-01T00:00:00Z&until=2041-05-02T00:00:00Z')).toEqual(['Later']);
  expect((await ask(`GET /posts/${row.id}`)).body.post).toEqual(later);
  expect((await ask(`GET /posts/${row.id}/picture`)).status).toBe(404);

  const retry = (network: string, anyway = false) =>
    ask(`POST /posts/${row.id}/retry`, { network, anyway });
  expect((await retry('x')).body.error.code).toBe('wrong_state');
  expect((await retry('bluesky')).body.error.code).toBe('network_off');
  await posts.change(row.id, 'x', (send) => ({ ...send, state: 'failed', reason: 'no' }));
  await posts.change(row.id, 'telegram', (send) => ({ ...send, state: 'unknown' }));
  expect((await retry('x')).body.sends[0]).toMatchObject({ network: 'x', state: 'planned' });
  // What may be there is made again only by whoever says so.
  expect((await retry('telegram')).body.error.code).toBe('wrong_state');
  expect((await retry('telegram', true)).body.sends[1].state).toBe('planned');

  for (const [n, at] of [1, 1, 2].entries()) {
    const past = { _id: `old-${n}`, revision: 1, created_at: new Date(at), goes_at: new Date(at) };
    const definition = {
      name: `Old ${n}`,
      content: 'campaign',
      language: 'fr',
      texts: {},
    } as const;
    await posts.table.insert({
      ...past,
      definition: { ...definition, at: { type: 'instant', at } },
      sends: [],
    });
  }
  const seen: string[] = [];
  let next = '';
  do {
    const { body } = await ask(`GET /posts?view=past&limit=1${next}`);
    seen.push(...body.items.map(({ name }: { name: string }) => name));
    next = body.next === undefined ? '' : `&before=${encodeURIComponent(body.next)}`;
  } while (next !== '');
  expect(seen).toEqual(['Market', 'Old 2', 'Old 1', 'Old 0']);
});
