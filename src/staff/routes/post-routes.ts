import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { POST_NETWORKS, type PostNetworkName } from '../../engine/count-post.js';
import { isWhole, writeTime } from '../../outreach/messages/check-draft.js';
import { instantFor } from '../../outreach/messages/timing.js';
import { cancelPost } from '../../outreach/posts/cancel-post.js';
import { checkPost } from '../../outreach/posts/check-post.js';
import { listPosts } from '../../outreach/posts/list-posts.js';
import { newPost, type PostRow, type Posts } from '../../outreach/posts/posts.js';
import { retryPost } from '../../outreach/posts/retry-post.js';
import type { PostDraft, PostOptions, PostRowView } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { id, limit, NOTHING } from './inputs.js';
import { problem } from './message-shapes.js';
import {
  postDraft,
  postOptions,
  postRefusal,
  postRow,
  refusalAt,
  tellDraft,
  tellPost,
} from './post-shapes.js';

export type PostRouteOptions = {
  readonly posts: Posts;
  /** Networks that are set up. */
  readonly networksOn: ReadonlySet<PostNetworkName>;
  /** What turns each on, and under which name it posts. */
  networkOf(network: PostNetworkName): Omit<PostOptions['networks'][number], 'name' | 'isOn'>;
  /** Characters that the Mastodon instance takes. */
  mastodonLimit(): Promise<number>;
  campaign(): Campaign;
};

const USUAL = 30;
/** Of a part that is shown whole. */
const MOST_SHOWN = 200;
/** A picture in base64, and the words. */
const MOST_BYTES = 14_000_000;
/** Of a time that is just over, the post goes at once. */
const JUST_OVER_MS = 60_000;

const instant = z.iso.datetime().exactOptional();

/** Routes about public posts. */
export function postRoutes(options: PostRouteOptions): Route[] {
  const { posts, networksOn: on, campaign, mastodonLimit } = options;
  const tell = (row: PostRow): PostRowView => tellPost(row, campaign());

  async function open(of: string): Promise<PostRow> {
    const row = await posts.table.get(of);
    if (row === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such post.');
    return row;
  }

  return [
    defineRoute<'GET /posts'>({
      type: 'json',
      key: 'GET /posts',
      name: 'listPosts',
      summary:
        'Public posts, and what became of them on each network: to come, over, or of some days.',
      access: 'messages.read',
      input: z.strictObject({
        view: z.enum(['coming', 'past']).exactOptional(),
        from: instant,
        until: instant,
        before: z.string().max(100).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({ items: z.array(postRow), next: z.string().exactOptional() }),
      audit: 'nothing',
      async handle({ view = 'past', from, until, before, limit: most }) {
        const whole = most ?? MOST_SHOWN;
        const { rows, next } = await listPosts(
          posts,
          from !== undefined && until !== undefined
            ? { type: 'between', from: new Date(from), until: new Date(until), limit: whole }
            : view === 'coming'
              ? { type: 'coming', limit: whole }
              : { type: 'past', limit: most ?? USUAL, ...(before === undefined ? {} : { before }) },
        );
        return { items: rows.map(tell), ...(next === undefined ? {} : { next }) };
      },
    }),
    defineRoute<'GET /posts/:id'>({
      type: 'json',
      key: 'GET /posts/:id',
      name: 'readPost',
      summary: 'One post: what it says on each network, and what became of it there.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      output: z.object({ row: postRow, post: postDraft, pictureAlt: z.string().exactOptional() }),
      audit: 'nothing',
      async handle(given) {
        const row = await open(given.id);
        const alt = row.definition.picture?.alt;
        const post = tellDraft(row, campaign());
        return { row: tell(row), post, ...(alt === undefined ? {} : { pictureAlt: alt }) };
      },
    }),
    defineRoute<'GET /posts/:id/picture'>({
      type: 'file',
      key: 'GET /posts/:id/picture',
      name: 'readPostPicture',
      summary: 'The picture of a post.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      contentType: 'image/*',
      audit: 'nothing',
      async produce(given) {
        const { definition } = await open(given.id);
        const bytes = await posts.pictures.get(given.id);
        if (definition.picture === undefined || bytes === undefined) {
          throw new ApiRefusal(404, 'not_found', 'This post has no picture.');
        }
        const end = definition.picture.type === 'image/png' ? 'png' : 'jpg';
        return { name: `post.${end}`, pieces: inOne(bytes) };
      },
    }),
    defineRoute<'GET /post-options'>({
      type: 'json',
      key: 'GET /post-options',
      name: 'listPostOptions',
      summary: 'Where a post can be made, and in which languages.',
      access: 'messages.read',
      input: NOTHING,
      output: postOptions,
      audit: 'nothing',
      async handle() {
        const { languages, election, timezone } = campaign();
        const second = election?.secondRound;
        return {
          networks: POST_NETWORKS.map((name) => ({
            name,
            isOn: on.has(name),
            ...options.networkOf(name),
          })),
          mastodonLimit: await mastodonLimit(),
          languages,
          ...(election === undefined
            ? {}
            : {
                election: {
                  date: election.date,
                  ...(second === undefined ? {} : { secondRound: second }),
                },
              }),
          timezone,
        };
      },
    }),
    defineRoute<'POST /post-checks'>({
      type: 'json',
      key: 'POST /post-checks',
      name: 'checkPost',
      summary:
        'What is wrong with a post, how much room each network leaves, and whether the calendar lets it go at its time; keeps nothing.',
      access: 'messages.read',
      mostBytes: MOST_BYTES,
      input: z.strictObject({ post: postDraft }),
      output: z.object({
        problems: z.array(problem),
        goesAt: z.string().exactOptional(),
        refusal: postRefusal.exactOptional(),
        sizes: z.array(z.object({ network: z.string(), count: z.number(), most: z.number() })),
      }),
      audit: 'itself',
      async handle({ post }) {
        const context = { campaign: campaign(), on, mastodonLimit: await mastodonLimit() };
        const { problems, sizes } = checkPost(post, context);
        const at = timeOfDraft(post, campaign());
        if (at === undefined) return { problems, sizes };
        const refusal = refusalAt(campaign(), post.content, at);
        const goesAt = new Date(at).toISOString();
        return { problems, sizes, goesAt, ...(refusal === undefined ? {} : { refusal }) };
      },
    }),
    defineRoute<'POST /posts'>({
      type: 'json',
      key: 'POST /posts',
      name: 'schedulePost',
      summary: 'Checks a post and has it made at its time by a running server.',
      access: 'messages.send',
      mostBytes: MOST_BYTES,
      input: z.strictObject({ post: postDraft }),
      output: postRow,
      audit: 'itself',
      async handle({ post: draft }, call) {
        const context = { campaign: campaign(), on, mastodonLimit: await mastodonLimit() };
        const { post, bytes, problems } = checkPost(draft, context);
        if (post === undefined) {
          throw new ApiRefusal(422, 'faulty', 'This post is not complete.', {
            fields: problems.map(({ field: path, message }) => ({ path, message })),
          });
        }
        const due = new Date(instantFor(post.at, campaign(), undefined));
        if (due.getTime() < call.at.getTime() - JUST_OVER_MS) {
          throw new ApiRefusal(409, 'is_over', 'Its time is over.');
        }
        const fresh = `p${randomBytes(5).toString('hex')}`;
        await call.note({ action: 'schedulePost', about: fresh });
        if (bytes !== undefined) await posts.pictures.put(fresh, fresh, bytes, call.at);
        const row = newPost(fresh, post, due, call.at);
        await posts.table.insert(row);
        return tell(row);
      },
    }),
    defineRoute<'POST /posts/:id/cancel'>({
      type: 'json',
      key: 'POST /posts/:id/cancel',
      name: 'cancelPost',
      summary: 'Makes a post nowhere it is not yet; what is there already stays.',
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: postRow,
      audit: (input) => ({ about: input.id }),
      async handle(given, { at }) {
        const row = await open(given.id);
        if ((await cancelPost(posts, row, at)) === 0) {
          throw new ApiRefusal(409, 'wrong_state', 'There is nothing left of it to cancel.');
        }
        return tell((await posts.table.get(given.id)) ?? row);
      },
    }),
    defineRoute<'POST /posts/:id/retry'>({
      type: 'json',
      key: 'POST /posts/:id/retry',
      name: 'retryPost',
      summary:
        'Makes a post on one network once more, at once: where it failed or was left out, and where it may be already only `anyway`.',
      access: 'messages.send',
      input: z.strictObject({ id, network: z.string().max(20), anyway: z.boolean() }),
      output: postRow,
      audit: (input) => ({ about: input.id }),
      async handle({ id: of, network: asked, anyway }, { at }) {
        const { definition } = await open(of);
        const network = POST_NETWORKS.find((one) => one === asked);
        if (network === undefined || !on.has(network)) {
          throw new ApiRefusal(409, 'network_off', 'This network is not set up.');
        }
        const refusal = refusalAt(campaign(), definition.content, at.getTime());
        if (refusal !== undefined) {
          throw new ApiRefusal(409, refusal.rule, `Not before ${refusal.until}.`);
        }
        const row = await retryPost(posts, of, network, { at, anyway });
        if (row === undefined) {
          throw new ApiRefusal(409, 'wrong_state', 'There is nothing to repeat on this network.');
        }
        return tell(row);
      },
    }),
  ];
}

/** When a draft would go, in epoch milliseconds; undefined while its time does not say it. */
function timeOfDraft({ at }: PostDraft, terms: Campaign): number | undefined {
  if (at.type === 'before') {
    const round = at.round === 2 ? terms.election?.secondRound : terms.election?.date;
    return isWhole(at) && round !== undefined ? instantFor(at, terms, undefined) : undefined;
  }
  return isWhole(at) ? Date.parse(writeTime(at, terms)) : undefined;
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
