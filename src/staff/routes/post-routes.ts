import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { instantFor } from '../../outreach/messages/timing.js';
import { cancelPost } from '../../outreach/posts/cancel-post.js';
import { checkPost } from '../../outreach/posts/check-post.js';
import { POST_NETWORKS, POST_STATES, type PostNetworkName } from '../../outreach/posts/post.js';
import { newPost, type PostRow, type Posts } from '../../outreach/posts/posts.js';
import type { PostRowView } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { id, limit, NOTHING } from './inputs.js';
import { draftTime, problem } from './message-shapes.js';

export type PostRouteOptions = {
  readonly posts: Posts;
  /** Networks that are set up. */
  readonly networksOn: ReadonlySet<PostNetworkName>;
  /** Characters that the Mastodon instance takes. */
  mastodonLimit(): Promise<number>;
  campaign(): Campaign;
};

const USUAL = 30;
/** A picture in base64, and the words. */
const MOST_BYTES = 14_000_000;
/** Of a time that is just over, the post goes at once. */
const JUST_OVER_MS = 60_000;

const postDraft = z.strictObject({
  name: z.string().max(200),
  content: z.enum(['campaign', 'neutral']),
  language: z.string().max(20),
  at: draftTime,
  networks: z.array(z.string().max(20)).max(10),
  text: z.string().max(20_000),
  texts: z.record(z.string().max(20), z.string().max(20_000)),
  picture: z.strictObject({ data: z.base64(), alt: z.string().max(10_000) }).exactOptional(),
});
const postRow = z.object({
  id: z.string(),
  name: z.string(),
  content: z.enum(['campaign', 'neutral']),
  createdAt: z.string(),
  text: z.string(),
  hasPicture: z.boolean(),
  sends: z.array(
    z.object({
      network: z.string(),
      state: z.enum(POST_STATES),
      at: z.string(),
      reason: z.string().exactOptional(),
      url: z.string().exactOptional(),
    }),
  ),
});

/** Routes about public posts. */
export function postRoutes(options: PostRouteOptions): Route[] {
  const { posts, networksOn: on, campaign, mastodonLimit } = options;
  return [
    defineRoute<'GET /posts'>({
      type: 'json',
      key: 'GET /posts',
      name: 'listPosts',
      summary: 'Public posts, the newest first, and what became of them on each network.',
      access: 'messages.read',
      input: z.strictObject({
        before: z.iso.datetime().exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({ items: z.array(postRow), next: z.string().exactOptional() }),
      audit: 'nothing',
      async handle({ before, limit: most = USUAL }) {
        const query = before === undefined ? {} : { created_at: { $lt: new Date(before) } };
        const rows = await posts.table.find(query, { sort: { created_at: -1 }, limit: most + 1 });
        const items = rows.slice(0, most).map(tellPost);
        const last = items.at(-1);
        return rows.length > most && last !== undefined
          ? { items, next: last.createdAt }
          : { items };
      },
    }),
    defineRoute<'GET /post-options'>({
      type: 'json',
      key: 'GET /post-options',
      name: 'listPostOptions',
      summary: 'Where a post can be made, and in which languages.',
      access: 'messages.read',
      input: NOTHING,
      output: z.object({
        networks: z.array(z.object({ name: z.string(), isOn: z.boolean() })),
        languages: z.array(z.string()),
        election: z
          .object({ date: z.string(), secondRound: z.string().exactOptional() })
          .exactOptional(),
        timezone: z.string(),
      }),
      audit: 'nothing',
      async handle() {
        const { languages, election, timezone } = campaign();
        const second = election?.secondRound;
        return {
          networks: POST_NETWORKS.map((name) => ({ name, isOn: on.has(name) })),
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
      summary: 'What is wrong with a post, and how much room each network leaves; keeps nothing.',
      access: 'messages.read',
      mostBytes: MOST_BYTES,
      input: z.strictObject({ post: postDraft }),
      output: z.object({
        problems: z.array(problem),
        sizes: z.array(z.object({ network: z.string(), count: z.number(), most: z.number() })),
      }),
      audit: 'itself',
      async handle({ post }) {
        const context = { campaign: campaign(), on, mastodonLimit: await mastodonLimit() };
        const { problems, sizes } = checkPost(post, context);
        return { problems, sizes };
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
        return tellPost(row);
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
        const row = await posts.table.get(given.id);
        if (row === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such post.');
        if ((await cancelPost(posts, row, at)) === 0) {
          throw new ApiRefusal(409, 'wrong_state', 'There is nothing left of it to cancel.');
        }
        return tellPost((await posts.table.get(given.id)) ?? row);
      },
    }),
  ];
}

function tellPost({ _id: of, definition, created_at: created, sends }: PostRow): PostRowView {
  const { name, content, texts, picture } = definition;
  const longest = Object.values(texts).toSorted((one, other) => other.length - one.length)[0];
  return {
    id: of,
    name,
    content,
    createdAt: created.toISOString(),
    text: longest ?? '',
    hasPicture: picture !== undefined,
    sends: sends.map(({ network, state, at, reason, shown_as: shown }) => ({
      network,
      state,
      at: at.toISOString(),
      ...(reason === undefined ? {} : { reason }),
      ...(shown?.startsWith('https://') === true ? { url: shown } : {}),
    })),
  };
}
