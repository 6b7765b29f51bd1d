import { afterEach, describe, expect, test } from '@jest/globals';
import { createChannelPosts } from '../../../../src/channels/telegram/post-to-channel.js';
import { Permit, type Refusal } from '../../../../src/engine/calendar/permit.js';
import { createBluesky } from '../../../../src/outreach/posts/networks/bluesky.js';
import { NotPrepared } from '../../../../src/outreach/posts/networks/call.js';
import {
  askMastodonLimit,
  createMastodon,
} from '../../../../src/outreach/posts/networks/mastodon.js';
import { signRequest } from '../../../../src/outreach/posts/networks/oauth1.js';
import { createX } from '../../../../src/outreach/posts/networks/x.js';
import type { PostNetwork } from '../../../../src/outreach/posts/network.js';
import { readCampaign } from '../../messages/sample.js';
import { startNetwork, type Reply, type Seen } from './loopback.js';

const { calendar } = readCampaign();
const ask = (at: number) => Permit.ask(calendar, { way: 'post', content: 'campaign' }, at);
const allowed = (): Permit | Refusal => ask(Date.UTC(2032, 1, 1));
const silent = (): Permit | Refusal => ask(Date.UTC(2032, 2, 14, 9));
const picture = {
  bytes: new Uint8Array([0xff, 0xd8, 0xff, 7]),
  type: 'image/jpeg',
  alt: 'Le marché',
};
const posting = { text: 'Au marché ! https://valbrume.example', language: 'fr' };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
async function network(answer: (seen: Seen, count: number) => Reply) {
  const started = await startNetwork(answer);
  closers.push(started.close);
  return started;
}

const keys = { apiKey: 'key', apiSecret: 'secret', token: 'token', tokenSecret: 'hidden' };

/** X as it answers: a request whose signature is another one is refused. */
const answerAsX =
  (root: () => string) =>
  ({ path, method, headers }: Seen): Reply => {
    const { authorization = '' } = headers;
    const [, nonce = ''] = /oauth_nonce="([^"]*)"/.exec(authorization) ?? [];
    const [, at = ''] = /oauth_timestamp="(\d+)"/.exec(authorization) ?? [];
    const signed = signRequest({ method, url: `${root()}${path}` }, keys, nonce, Number(at));
    if (signed !== authorization) return { status: 401, json: {} };
    if (path === '/2/tweets') return { status: 201, json: { data: { id: '99', text: '' } } };
    return { json: { data: { id: '41' } } };
  };

describe('X', () => {
  test('gets the picture, what it shows, and then the post', async () => {
    let root = '';
    const x = await network(answerAsX(() => root));
    root = x.url;
    const post = await createX({ ...keys, apiRoot: x.url }).publish(
      'p1',
      { ...posting, picture },
      allowed,
    );
    expect(post).toEqual({ type: 'sent', id: '99' });
    expect(x.paths()).toEqual(['POST /2/media/upload', 'POST /2/media/metadata', 'POST /2/tweets']);
    expect(x.seen[0]?.body.includes(Buffer.from(picture.bytes))).toBe(true);
    expect(x.json('/2/media/metadata')).toEqual({
      id: '41',
      metadata: { alt_text: { text: 'Le marché' } },
    });
    expect(x.json('/2/tweets')).toEqual({ text: posting.text, media: { media_ids: ['41'] } });
  });

  test('refuses other keys', async () => {
    const x = await network(answerAsX(() => x.url));
    const other = createX({ ...keys, tokenSecret: 'x', apiRoot: x.url });
    expect(await other.publish('p1', posting, allowed)).toEqual({
      type: 'failed',
      reason: 'misconfigured',
    });
  });
});

describe('Mastodon', () => {
  test('works on the picture first, and is told the language and a key of its own', async () => {
    const mastodon = await network(({ path }, count) => {
      if (path === '/api/v2/media') return { status: 202, json: { id: '5', url: null } };
      if (path === '/api/v1/media/5') return { status: count === 1 ? 206 : 200, json: { id: '5' } };
      return { json: { id: '1', url: 'https://m.example/@v/1' } };
    });
    const client = createMastodon({ url: mastodon.url, token: 'tok' });
    expect(await client.publish('p1', { ...posting, picture }, allowed)).toEqual({
      type: 'sent',
      id: 'https://m.example/@v/1',
    });
    expect(mastodon.paths()).toEqual([
      'POST /api/v2/media',
      'GET /api/v1/media/5',
      'GET /api/v1/media/5',
      'POST /api/v1/statuses',
    ]);
    expect(mastodon.json('/api/v1/statuses')).toEqual({
      status: posting.text,
      language: 'fr',
      visibility: 'public',
      media_ids: ['5'],
    });
    expect(mastodon.seen.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer tok',
      'idempotency-key': 'p1',
    });
  });

  test('says how long its posts may be, or nothing', async () => {
    const mastodon = await network(({ path }) =>
      path === '/api/v2/instance'
        ? { json: { configuration: { statuses: { max_characters: 5_000 } } } }
        : { json: {} },
    );
    expect(await askMastodonLimit(mastodon.url)).toBe(5_000);
    expect(await askMastodonLimit(`${mastodon.url}/nowhere`)).toBeUndefined();
    expect(await askMastodonLimit('http://127.0.0.1:1')).toBeUndefined();
  });
});

describe('Bluesky', () => {
  test('opens a session, takes the picture, and gets a record with its links', async () => {
    const blob = { $type: 'blob', ref: { $link: 'bafy' }, mimeType: 'image/jpeg', size: 4 };
    const bluesky = await network(({ path, headers }) => {
      if (path.endsWith('createSession')) return { json: { accessJwt: 'jwt', did: 'did:plc:v' } };
      if (headers.authorization !== 'Bearer jwt') return { status: 401, json: {} };
      if (path.endsWith('uploadBlob')) return { json: { blob } };
      return { json: { uri: 'at://did:plc:v/app.bsky.feed.post/3k', cid: 'c' } };
    });
    const client = createBluesky({ service: bluesky.url, handle: 'v.example', password: 'app' });
    expect(await client.publish('p1', { ...posting, picture }, allowed)).toEqual({
      type: 'sent',
      id: 'at://did:plc:v/app.bsky.feed.post/3k',
    });
    expect(bluesky.seen[1]).toMatchObject({ body: Buffer.from(picture.bytes) });
    expect(bluesky.seen[1]?.headers['content-type']).toBe('image/jpeg');
    expect(bluesky.json('/xrpc/com.atproto.repo.createRecord')).toMatchObject({
      repo: 'did:plc:v',
      collection: 'app.bsky.feed.post',
      record: {
        $type: 'app.bsky.feed.post',
        text: posting.text,
        langs: ['fr'],
        facets: [{ index: { byteStart: 13, byteEnd: 37 } }],
        embed: {
          $type: 'app.bsky.embed.images',
          images: [{ alt: 'Le marché', image: blob }],
        },
      },
    });
  });
});

describe('a Telegram channel', () => {
  test('gets words, or a picture with them below', async () => {
    const api = await network(() => ({ json: { ok: true, result: { message_id: 12 } } }));
    const post = createChannelPosts({ token: '1:abc', apiRoot: api.url });
    expect(await post('@valbrume', 'Bonjour')).toEqual({ type: 'sent', id: '12' });
    expect(await post('@valbrume', 'Bonjour', picture.bytes)).toEqual({ type: 'sent', id: '12' });
    expect(api.paths()).toEqual(['POST /bot1:abc/sendMessage', 'POST /bot1:abc/sendPhoto']);
    expect(api.json('/bot1:abc/sendMessage')).toEqual({ chat_id: '@valbrume', text: 'Bonjour' });
    expect(api.seen[1]?.body.includes(Buffer.from(picture.bytes))).toBe(true);
  });

  test('tells what is refused, what is too fast, and what nobody knows', async () => {
    const refusal = (status: number, more = {}): Reply => ({
      status,
      json: { ok: false, error_code: status, description: 'x', ...more },
    });
    const replies: Reply[] = [
      refusal(429, { parameters: { retry_after: 7 } }),
      refusal(400),
      refusal(403),
      'cut',
    ];
    const api = await network(() => replies.shift() ?? 'cut');
    const post = createChannelPosts({ token: '1:abc', apiRoot: api.url });
    const told = [];
    for (let n = 0; n < 4; n += 1) told.push(await post('@valbrume', 'Bonjour'));
    expect(told).toEqual([
      { type: 'not_yet', reason: 'throttled', retryAfterMs: 7_000 },
      { type: 'failed', reason: 'rejected_400' },
      { type: 'failed', reason: 'misconfigured' },
      { type: 'in_doubt', reason: 'no_answer' },
    ]);
  });
});

describe('any network', () => {
  const clients = (url: string): PostNetwork[] => [
    createX({ ...keys, apiRoot: url }),
    createMastodon({ url, token: 't' }),
    createBluesky({ service: url, handle: 'v', password: 'p' }),
  ];
  const isLast = ({ path }: Seen): boolean => /tweets|statuses|createRecord/.test(path);

  test('sees nothing of a post that may not leave, asked in the last moment', async () => {
    const any = await network(() => ({ json: {} }));
    for (const client of clients(any.url)) {
      expect(await client.publish('p', posting, silent)).toMatchObject({
        type: 'withheld',
        refusal: { rule: 'silence' },
      });
    }
    expect(any.seen.filter(isLast)).toEqual([]);
  });

  test('that cuts the post off, or breaks over it, leaves it in doubt', async () => {
    for (const reply of ['cut', { status: 502, json: {} }] as const) {
      const any = await network((seen) => (isLast(seen) ? reply : { json: { did: 'd' } }));
      for (const client of clients(any.url)) {
        expect(await client.publish('p', posting, allowed)).toMatchObject({ type: 'in_doubt' });
      }
      expect(any.seen.filter(isLast)).toHaveLength(3);
    }
  });

  test('that is too fast or breaks before the post is asked again later', async () => {
    const fast: Reply = { status: 429, json: {}, headers: { 'Retry-After': '30' } };
    const any = await network((seen) => (isLast(seen) ? fast : { json: { did: 'd' } }));
    for (const client of clients(any.url)) {
      expect(await client.publish('p', posting, allowed)).toEqual({
        type: 'not_yet',
        reason: 'throttled',
        retryAfterMs: 30_000,
      });
    }
    const broken = await network(() => ({ status: 503, json: {} }));
    for (const client of clients(broken.url)) {
      const error = await client
        .publish('p', { ...posting, picture }, allowed)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NotPrepared);
      expect(error).toMatchObject({ outcome: { type: 'not_yet', reason: 'status_503' } });
    }
  });
});
