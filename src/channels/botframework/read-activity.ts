import { z } from 'zod';
import type { Inbound, Input } from '../channel.js';
import { addressOf, digestOf } from './address.js';
import { readAttachment } from './read-attachment.js';

/** How a conversation is reached: what of a Bot Framework ConversationReference is needed for it. */
export type Reference = {
  readonly channelId: string;
  /** Where the network's connector listens, as the token of the activity proved. */
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string; readonly tenantId?: string };
  readonly bot: { readonly id: string };
  readonly user: { readonly id: string };
};

/** What an activity of the Bot Framework is to us, and how its conversation is reached. */
export type Arrival = { readonly reference: Reference } & (
  | { readonly type: 'inbound'; readonly inbound: Inbound }
  /** The person removed the bot, or added it (again). */
  | { readonly type: 'reachable'; readonly address: string; readonly reachable: boolean }
  /** Something in a group: the bot speaks to people only. */
  | { readonly type: 'group'; readonly address: string; readonly locale?: string }
);

/** Signs of an id that is kept as it is; one that is longer is replaced by its digest. */
const MOST_SIGNS = 100;

const text = z.string();
const account = z.object({ id: text.min(1).max(1_000), role: text.nullish() });

// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
// Only what is read is checked, for every network adds fields of its own.
const activity = z.object({
  type: text,
  id: text.nullish(),
  timestamp: text.nullish(),
  channelId: text.min(1).max(1_000),
  serviceUrl: text.min(1).max(2_000),
  conversation: z.object({
    id: text.min(1).max(2_000),
    isGroup: z.boolean().nullish(),
    conversationType: text.nullish(),
    tenantId: text.max(100).nullish(),
  }),
  from: account.nullish(),
  recipient: account,
  locale: text.max(100).nullish(),
  text: text.nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  entities: z.array(z.unknown()).nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  action: text.nullish(),
});
type Activity = z.infer<typeof activity>;

/** What a button of ours brings back: the question's turn, and the answer. */
const pressed = z.object({
  turn: z.int().nonnegative(),
  choose: text.min(1).max(200),
});

const place = z.object({
  type: z.literal('Place'),
  geo: z.object({ latitude: z.coerce.number(), longitude: z.coerce.number() }),
});

/**
 * Reads an activity; undefined when it is nothing for us, or our own. `now` (epoch milliseconds) is the
 * time of what the network gives none.
 */
export function readActivity(payload: unknown, now: number): Arrival | undefined {
  const { data } = activity.safeParse(payload);
  if (data === undefined) return undefined;
  const { from, recipient, conversation, channelId, serviceUrl } = data;
  const isBots = from?.id === recipient.id || from?.role === 'bot';
  // Networks tell in the bot's own name that it was added or removed.
  if (isBots && !/^(?:conversation|installation)Update$/.test(data.type)) return undefined;
  const address = addressOf(channelId, conversation.id);
  const reference: Reference = {
    channelId,
    serviceUrl,
    conversation: {
      id: conversation.id,
      ...(conversation.tenantId ? { tenantId: conversation.tenantId } : {}),
    },
    bot: { id: recipient.id },
    user: { id: isBots ? conversation.id : (from?.id ?? conversation.id) },
  };
  const locale = data.locale ? { locale: data.locale } : {};
  if (isGroup(data)) {
    return isForUs(data) ? { type: 'group', reference, address, ...locale } : undefined;
  }
  const reachable = reachableBy(data);
  if (reachable !== undefined) return { type: 'reachable', reference, address, reachable };
  const input = readInput(data);
  if (input === undefined) return undefined;
  const at = timeOf(data, now);
  const inbound: Inbound = {
    channel: 'botframework',
    address,
    id: idOf(data),
    at,
    ...locale,
    input,
  };
  return { type: 'inbound', reference, inbound };
}

function isGroup({ conversation }: Activity): boolean {
  const { isGroup: is, conversationType: type } = conversation;
  // Teams says `personal`, `groupChat` or `channel`.
  return is === true || (type ? !/^(?:personal|private)$/i.test(type) : false);
}

/** In a group only what is said to the bot matters, or that it was added. */
function isForUs(data: Activity): boolean {
  return data.type === 'message' || hasBot(data, data.membersAdded);
}

function hasBot({ recipient }: Activity, members: Activity['membersAdded']): boolean {
  return members?.some(({ id }) => id === recipient.id) === true;
}

/** Whether this says that the person can, or cannot, be reached here from now on. */
function reachableBy(data: Activity): boolean | undefined {
  if (data.type === 'conversationUpdate') {
    return hasBot(data, data.membersRemoved) ? false : undefined;
  }
  if (data.type !== 'installationUpdate') return undefined;
  // An upgrade is a removal and an addition for itself, and changes nothing here.
  if (data.action === 'add') return true;
  return data.action === 'remove' ? false : undefined;
}

function readInput(data: Activity): Input | undefined {
  switch (data.type) {
    case 'message':
      return readMessage(data);
    case 'messageUpdate':
      return { type: 'edited' };
    case 'conversationUpdate':
      return hasBot(data, data.membersAdded) ? { type: 'opened' } : undefined;
    default:
      return undefined;
  }
}

function readMessage({ value, text: said, entities, attachments, serviceUrl }: Activity) {
  const press = pressed.safeParse(value).data;
  if (press !== undefined) {
    return { type: 'chose', turn: press.turn, values: [press.choose] } as const;
  }
  const sent = (attachments ?? []).flatMap((one) => readAttachment(one, serviceUrl) ?? []);
  if (said && said.trim() !== '') {
    const files = sent.flatMap(({ media, id }) => (id === undefined ? [] : [{ media, id }]));
    return { type: 'said', text: said, ...(files.length === 0 ? {} : { files }) } as const;
  }
  for (const entity of entities ?? []) {
    const geo = place.safeParse(entity).data?.geo;
    if (geo === undefined) continue;
    return { type: 'shared', location: { lat: geo.latitude, lon: geo.longitude } } as const;
  }
  return sent[0];
}

/** Networks that give no id are told apart by all they gave. */
function idOf(data: Activity): string {
  if (data.id && data.id.length <= MOST_SIGNS) return data.id;
  return digestOf(data.id ?? JSON.stringify(data));
}

function timeOf({ timestamp }: Activity, now: number): number {
  const at = timestamp ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(at) ? now : at;
}
