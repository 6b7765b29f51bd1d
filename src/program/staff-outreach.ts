import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel.js';
import type { Settings } from '../config.js';
import { NETWORK_SETTINGS } from '../config/posts-settings.js';
import { inForce } from '../conversation/publish/in-force.js';
import type { FlowStore } from '../conversation/publish/flow-store.js';
import type { PostNetworkName } from '../engine/count-post.js';
import type { Flow, Library } from '../engine/flow.js';
import { planMessage } from '../outreach/messages/plan/plan-message.js';
import { askMastodonLimit, MASTODON_USUAL } from '../outreach/posts/networks/mastodon.js';
import { createAudience } from '../outreach/segments/audience.js';
import { openSegments } from '../outreach/segments/segments.js';
import type { Route } from '../staff/route.js';
import { messageRoutes } from '../staff/routes/message-routes.js';
import { postRoutes } from '../staff/routes/post-routes.js';
import { segmentRoutes } from '../staff/routes/segment-routes.js';
import { sequenceRoutes } from '../staff/routes/sequence-routes.js';
import { messageRates, messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';
import { createSendToOneself } from './send-to-oneself.js';
import { wireAudience } from './wire-audience.js';
import { postNetworks } from './wire-posts.js';

export type StaffOutreachOptions = {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly tables: Tables;
  readonly flowStore: FlowStore;
  readonly channels: ReadonlyMap<string, Channel>;
  library(): Library;
  now(): number;
};

/** How long the limit of the Mastodon instance is taken for what it is. */
const LIMIT_KEPT_MS = 600_000;

/** The routes of the console about segments, messages, sequences and posts. */
export function staffOutreach(options: StaffOutreachOptions): Route[] {
  const { settings, connection, tables, flowStore, channels, library, now } = options;
  const { people, messages, messageDrafts: drafts, deliveries, sequences } = tables;
  const segments = openSegments(connection);
  const messageAudience = wireAudience(connection, () => library().campaign);
  const rates = messageRates(settings);

  async function flows(): Promise<readonly Flow[]> {
    const names = [...inForce(await flowStore.publications.all()).keys()].toSorted();
    return names.flatMap((name) => library().flow(name) ?? []);
  }
  const terms = () => library().campaign;
  let limit: { readonly asked: Promise<number | undefined>; readonly at: number } | undefined;
  // A form asks at each pause in typing; the instance hardly ever changes it.
  async function mastodonLimit(): Promise<number> {
    const { mastodon } = settings.posts;
    if (mastodon === undefined) return MASTODON_USUAL;
    if (limit === undefined || now() - limit.at > LIMIT_KEPT_MS) {
      limit = { asked: askMastodonLimit(mastodon.url), at: now() };
    }
    return (await limit.asked) ?? MASTODON_USUAL;
  }

  return [
    ...segmentRoutes({
      segments,
      audience: createAudience(people.supporters, terms),
      supporters: people.supporters,
      messages,
      drafts,
      sequences,
      flows,
      terms,
    }),
    ...messageRoutes({
      messages,
      deliveries,
      drafts,
      segments,
      campaign: terms,
      flows,
      channelsOn: () => messageWays(settings).on,
      plan: (message) =>
        planMessage(message, {
          supporters: people.supporters,
          deliveries,
          messages,
          campaign: library().campaign,
          ways: messageWays(settings),
          rates,
          audience: messageAudience,
          now,
        }),
      test: createSendToOneself({ tables, channels, library, now }),
      now,
    }),
    ...sequenceRoutes({
      sequences,
      deliveries,
      segments,
      supporters: people.supporters,
      campaign: terms,
      flows,
    }),
    ...postRoutes({
      posts: tables.posts,
      networksOn: new Set(postNetworks(settings).keys()),
      networkOf: (network) => tellNetwork(network, settings),
      mastodonLimit,
      campaign: terms,
    }),
  ];
}

/** What turns a network on, and under which name the campaign posts there, where the settings say it. */
function tellNetwork(
  network: PostNetworkName,
  { posts }: Pick<Settings, 'posts'>,
): { readonly settings: readonly string[]; readonly account?: string } {
  const accounts: { readonly [one in PostNetworkName]: string | undefined } = {
    telegram: posts.telegramChannel,
    x: undefined,
    mastodon: posts.mastodon === undefined ? undefined : new URL(posts.mastodon.url).host,
    bluesky: posts.bluesky === undefined ? undefined : `@${posts.bluesky.handle}`,
  };
  const account = accounts[network];
  return { settings: NETWORK_SETTINGS[network], ...(account === undefined ? {} : { account }) };
}
