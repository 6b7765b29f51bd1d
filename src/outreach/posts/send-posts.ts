import { Permit, type Refusal } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import type { PostNetworkName } from '../../engine/count-post.js';
import { instantFor } from '../messages/timing.js';
import type { PostNetwork, PostOutcome } from './network.js';
import { NotPrepared } from './networks/call.js';
import type { PostSend } from './post.js';
import { GIVEN_UP_MS, type PostRow, type Posts } from './posts.js';
import { settlePost } from './settle-post.js';

export type SendPostsOptions = {
  readonly posts: Posts;
  readonly networks: ReadonlyMap<PostNetworkName, PostNetwork>;
  campaign(): Campaign;
  /** Told of every post that came to an end, or waits. */
  changed(id: string, send: PostSend): void;
  report(error: unknown): void;
  now(): number;
};

/**
 * Makes the posts that are due. Each is marked before it leaves: what a process that died was about to do
 * may be there, and is not done again.
 */
export async function sendPosts(options: SendPostsOptions): Promise<void> {
  const { posts, now } = options;
  for (const row of await posts.findDue(new Date(now()))) {
    await Promise.all(row.sends.map((send) => look(row, send, options)));
  }
}

async function look(row: PostRow, send: PostSend, options: SendPostsOptions): Promise<void> {
  const { posts, now, changed } = options;
  const { network } = send;
  const age = now() - send.at.getTime();
  if (send.state === 'sending' && age >= GIVEN_UP_MS) {
    await posts.change(row._id, network, (is) =>
      is.state === 'sending' && is.at.getTime() === send.at.getTime()
        ? { ...is, state: 'unknown', at: new Date(now()), reason: 'interrupted' }
        : undefined,
    );
    return;
  }
  if (send.state !== 'planned' || age < 0) return;
  const marked = await posts.change(row._id, network, ({ reason: _reason, ...is }) =>
    is.state === 'planned' && is.at.getTime() <= now()
      ? { ...is, state: 'sending', at: new Date(now()) }
      : undefined,
  );
  const mark = marked?.sends.find((one) => one.network === network)?.at.getTime();
  if (mark === undefined) return;
  const outcome = await leave(row, network, options);
  const due = instantFor(row.definition.at, options.campaign(), undefined);
  const settled = await posts.change(row._id, network, (is) =>
    // Given up meanwhile, it is known after all.
    is.state === 'sending' || is.state === 'unknown'
      ? settlePost(is, outcome, { due: Math.max(due, is.again_at?.getTime() ?? 0), now: now() })
      : undefined,
  );
  const after = settled?.sends.find((one) => one.network === network);
  if (after !== undefined) changed(row._id, after);
}

async function leave(
  { _id: id, definition }: PostRow,
  name: PostNetworkName,
  { posts, networks, campaign, report, now }: SendPostsOptions,
): Promise<PostOutcome> {
  const network = networks.get(name);
  const text = definition.texts[name];
  if (network === undefined || text === undefined) {
    return { type: 'failed', reason: 'network_off' };
  }
  const mayLeave = (): Permit | Refusal =>
    Permit.ask(campaign().calendar, { way: 'post', content: definition.content }, now());
  // Asked before anything is uploaded too.
  const first = mayLeave();
  if (first.type === 'refused') return { type: 'withheld', refusal: first };
  try {
    const { picture, language } = definition;
    const bytes = picture === undefined ? undefined : await posts.pictures.get(id);
    if (picture !== undefined && bytes === undefined) {
      return { type: 'failed', reason: 'picture_gone' };
    }
    const shown =
      picture === undefined || bytes === undefined ? {} : { picture: { ...picture, bytes } };
    return await network.publish(id, { text, language, ...shown }, mayLeave);
  } catch (error) {
    if (error instanceof NotPrepared) return error.outcome;
    report(error);
    return { type: 'in_doubt', reason: 'broken_off' };
  }
}
