import { createChannelPosts } from '../channels/telegram/post-to-channel.js';
import type { Settings } from '../config.js';
import type { PostNetworkName } from '../engine/count-post.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { fillGoesAt } from '../outreach/posts/fill-goes-at.js';
import type { PostNetwork } from '../outreach/posts/network.js';
import { createBluesky } from '../outreach/posts/networks/bluesky.js';
import { createMastodon } from '../outreach/posts/networks/mastodon.js';
import { createX } from '../outreach/posts/networks/x.js';
import type { Posts } from '../outreach/posts/posts.js';
import { sendPosts } from '../outreach/posts/send-posts.js';

/** The networks that the settings turn on. */
export function postNetworks({
  posts,
  telegram,
}: Pick<Settings, 'posts' | 'telegram'>): ReadonlyMap<PostNetworkName, PostNetwork> {
  const networks = new Map<PostNetworkName, PostNetwork>();
  const { telegramChannel, x, mastodon, bluesky } = posts;
  if (telegram !== undefined && telegramChannel !== undefined) {
    const post = createChannelPosts(telegram);
    networks.set('telegram', {
      async publish(_id, { text, picture }, mayLeave) {
        const permit = mayLeave();
        if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
        return post(telegramChannel, text, picture?.bytes);
      },
    });
  }
  if (x !== undefined) networks.set('x', createX(x));
  if (mastodon !== undefined) networks.set('mastodon', createMastodon(mastodon));
  if (bluesky !== undefined) networks.set('bluesky', createBluesky(bluesky));
  return networks;
}

/** Wires what makes public posts; run every few seconds. */
export function wirePosts(options: {
  readonly settings: Settings;
  readonly posts: Posts;
  readonly log: Log;
  library(): Library;
  now(): number;
}): () => Promise<void> {
  const { settings, posts, log, library, now } = options;
  const networks = postNetworks(settings);
  let isFilled = false;
  return async () => {
    if (!isFilled) await fillGoesAt(posts, library().campaign);
    isFilled = true;
    await sendPosts({
      posts,
      networks,
      campaign: () => library().campaign,
      changed: (post, { network, state, reason }) =>
        log.info(
          { post, network, state, ...(reason === undefined ? {} : { reason }) },
          'public post',
        ),
      report: (error) => log.error({ err: error }, 'public post'),
      now,
    });
  };
}
