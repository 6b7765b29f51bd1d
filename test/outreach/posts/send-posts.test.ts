import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PostNetworkName } from '../../../src/engine/count-post.js';
import type { PostNetwork, PostOutcome } from '../../../src/outreach/posts/network.js';
import type { PostDefinition, Posting } from '../../../src/outreach/posts/post.js';
import { GIVEN_UP_MS, newPost, openPosts, type Posts } from '../../../src/outreach/posts/posts.js';
import { sendPosts } from '../../../src/outreach/posts/send-posts.js';
import { openHere } from '../../store/support.js';
import { readCampaign } from '../messages/sample.js';

const campaign = readCampaign();
const DUE = Date.UTC(2032, 1, 2, 9);
const POST: PostDefinition = {
  name: 'market',
  content: 'campaign',
  at: { type: 'instant', at: DUE },
  language: 'fr',
  texts: { x: 'Au marché', mastodon: 'Au marché, tous' },
};

let posts: Posts;
let close: () => Promise<void>;
let clock: number;
let shown: string[];
let seen: Posting[];
let outcome: () => Promise<PostOutcome> | PostOutcome;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  posts = openPosts(opened.store.connection);
  await posts.table.createIndexes();
  clock = DUE;
  [shown, seen] = [[], []];
  outcome = () => ({ type: 'sent', id: '1' });
});
afterEach(() => close());

const network = (name: string): PostNetwork => ({
  async publish(id, posting, mayLeave) {
    const permit = mayLeave();
    if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
    shown.push(`${name} ${id} ${posting.text}`);
    seen.push(posting);
    return outcome();
  },
});
const plan = (more: Partial<PostDefinition> = {}, due = DUE): Promise<boolean> =>
  posts.table.insert(newPost('p', { ...POST, ...more }, new Date(due), new Date(0)));
const send = () =>
  sendPosts({
    posts,
    networks: new Map<PostNetworkName, PostNetwork>([
      ['x', network('x')],
      ['mastodon', network('mastodon')],
    ]),
    campaign: () => campaign,
    changed: () => undefined,
    report: () => undefined,
    now: () => clock,
  });
const states = async () =>
  (await posts.table.get('p'))?.sends.map(({ state, reason }) => `${state} ${reason ?? ''}`.trim());

describe('a public post', () => {
  test('is made once on each network, at its hour', async () => {
    await plan();
    clock = DUE - 1;
    await send();
    expect(shown).toEqual([]);
    clock = DUE;
    await Promise.all([send(), send()]);
    await send();
    expect(shown.toSorted()).toEqual(['mastodon p Au marché, tous', 'x p Au marché']);
    expect(await states()).toEqual(['sent', 'sent']);
    expect(await posts.findDue(new Date(DUE * 2))).toEqual([]);
  });

  test('that a dying process was about to make is never made by itself again', async () => {
    await plan({ texts: { x: 'Au marché' } });
    let die = (): void => undefined;
    outcome = () => new Promise((_, reject) => (die = () => reject(new Error('killed'))));
    const dying = send();
    while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    clock += GIVEN_UP_MS - 1;
    await send();
    expect(await states()).toEqual(['sending']);
    clock += 1;
    await send();
    await send();
    expect(await states()).toEqual(['unknown interrupted']);
    expect(shown).toHaveLength(1);
    die();
    await dying;
    expect(await states()).toEqual(['unknown broken_off']);
  });

  test('waits for the silence of all territories to end, or is left out when that is too late', async () => {
    // Saturday's territories are silent from Friday on, on clocks ahead of ours.
    const friday = Date.UTC(2032, 2, 12, 12);
    await plan({ at: { type: 'instant', at: friday } }, friday);
    clock = friday;
    await send();
    expect(await states()).toEqual(['skipped silence', 'skipped silence']);
    expect(shown).toEqual([]);
  });

  test('is cancelled where it is not made yet, and shows its picture', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0xff]);
    await posts.pictures.put('p', 'p', bytes, new Date(0));
    await plan({ picture: { type: 'image/jpeg', alt: 'Le marché' } });
    await posts.change('p', 'x', (one) => ({ ...one, state: 'cancelled' }));
    await send();
    expect(shown).toEqual(['mastodon p Au marché, tous']);
    expect(seen).toMatchObject([{ picture: { alt: 'Le marché', type: 'image/jpeg' } }]);
    expect(Buffer.from(seen[0]?.picture?.bytes ?? [])).toEqual(Buffer.from(bytes));
    expect(await states()).toEqual(['cancelled', 'sent']);
  });

  test('fails on a network that was turned off since', async () => {
    await plan({ texts: { bluesky: 'Au marché' } });
    await send();
    expect(await states()).toEqual(['failed network_off']);
  });
});
