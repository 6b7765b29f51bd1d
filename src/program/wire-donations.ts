import { randomUUID } from 'node:crypto';
import type { Channel } from '../channels/channel.js';
import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Conversation } from '../conversation/conversation.js';
import type { Guard } from '../conversation/guard.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { wayFor } from '../outreach/messages/way-for.js';
import { latestOn } from '../outreach/messages/dispatch/decide-send.js';
import type { DonationRow } from '../donations/book/donation.js';
import { createBook } from '../donations/book/book.js';
import { createRecount } from '../donations/book/recount.js';
import { giverOf } from '../donations/book/giver-of.js';
import { createBegin } from '../donations/checkout/begin.js';
import { createPrompt } from '../donations/checkout/prompt.js';
import { createSettling } from '../donations/checkout/settle.js';
import type { Gateway } from '../donations/gateway/gateway.js';
import { createSandbox } from '../donations/gateway/sandbox.js';
import { createStripe, createStripeClient } from '../donations/gateway/stripe.js';
import { createStripeWebhook, STRIPE_WEBHOOK } from '../donations/gateway/stripe-webhook.js';
import { withNotNow, withoutNotNow } from '../donations/not-now.js';
import { createGivePages } from '../donations/page/give-pages.js';
import { GIVE_WORDS } from '../donations/page/words.js';
import { createPledges } from '../donations/pledges/pledges.js';
import { createNewsDesk } from '../donations/tell/news-desk.js';
import { createTelling, type Way } from '../donations/tell/tell-donations.js';
import { findAnomalies, type Anomaly } from '../donations/treasurer/anomalies.js';
import {
  createRefunds,
  type RefundOrder,
  type RefundOutcome,
} from '../donations/treasurer/refunds.js';
import type { ServerParts } from '../server.js';
import { rulesFor } from '../donations/rules/donation-rules.js';
import { createSigner } from '../sign.js';
import type { SiteOptions } from '../site/server/site.js';
import { findCurrent, readOwners } from '../supporters/find-current.js';
import { identitiesOf } from '../supporters/identities.js';
import type { Reach, SupporterRecord } from '../supporters/record.js';
import { readToken, writeToken } from '../supporters/signed-link.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';

/** The link to the page of a gift: what was not paid in a day is asked for anew. */
const LINK_MS = 86_400_000;
/** Where somebody may be told what became of their gift, the chat before mail. */
const CHANNELS = ['web', 'telegram', 'whatsapp', 'botframework', 'email'] as const;

export type WireDonationsOptions = {
  readonly settings: Settings;
  readonly secret: string;
  readonly tables: Pick<Tables, 'people' | 'donations'>;
  readonly channels: ReadonlyMap<string, Pick<Channel, 'linkTo'>>;
  library(): Library;
  /** What may leave for a supporter. */
  guard(supporter: string): Promise<Guard>;
  /** The conversation that these serve; asked for when they are used, for it is made with them. */
  conversation(): Pick<Conversation, 'read' | 'write' | 'happen'>;
  readonly log: Log;
  now(): number;
};

/** What the program does for donations. */
export type DonationsParts = {
  readonly actions: ReadonlyMap<string, ActionHandler>;
  readonly pages: NonNullable<SiteOptions['give']>;
  /** Doors that the gateway calls, by path. */
  readonly webhooks: ServerParts['webhooks'];
  /** Tells donors what is due, reminds of pledges, and keeps profiles in step with the book. */
  lookAfter(): Promise<void>;
  /** Asks the gateway about what was left open. */
  reconcile(): Promise<void>;
  /** What the console does with gifts. */
  readonly treasurer: {
    readonly trial: boolean;
    refund(order: RefundOrder): Promise<RefundOutcome>;
    /** Everything to be looked at; it reads every gift. */
    anomalies(): Promise<readonly Anomaly[]>;
  };
};

/** The gateway that the settings choose. */
export function openGateway({ donations }: Pick<Settings, 'donations'>): {
  readonly gateway: Gateway;
  readonly client?: ReturnType<typeof createStripeClient>;
} {
  if (donations.gateway === 'sandbox') return { gateway: createSandbox() };
  const client = createStripeClient(donations);
  return { gateway: createStripe(client), client };
}

/** Wires what flows, pages and the gateway do with donations. */
export function wireDonations(options: WireDonationsOptions): DonationsParts {
  const { settings, tables: all, conversation, log, library, now } = options;
  const { people, donations: tables } = all;
  const { publicUrl } = settings;
  const campaign = () => library().campaign;
  const report = (error: unknown): void => log.error({ err: error }, 'donations');
  const newId = (): string => randomUUID();
  const signer = createSigner(options.secret, 'links to gifts');
  const pageOf = ({ _id, at }: Pick<DonationRow, '_id' | 'at'>): string =>
    `${publicUrl}/give/${writeToken(signer, [_id], at.getTime() + LINK_MS)}`;
  const find = (supporter: string): Promise<SupporterRecord | undefined> =>
    findCurrent(supporter, people.supporters.table, conversation().read);
  const change = async (
    supporter: string,
    make: (record: SupporterRecord) => SupporterRecord,
  ): Promise<void> => {
    await conversation().write(supporter, undefined, (record) => {
      const next = make(record);
      return next === record ? { answer: undefined } : { record: next, answer: undefined };
    });
  };
  const mayOpen = async (supporter: string) =>
    (await options.guard(supporter))('checkout', 'campaign')();
  const giver = async (record: SupporterRecord, reach: Reach): Promise<string> => {
    const merges =
      record.merged_from === undefined ? [] : await people.merges.of(identitiesOf(record));
    return giverOf(
      record._id,
      reach,
      merges.filter(({ undone_at: undone }) => undone === undefined),
    );
  };

  const { gateway, client } = openGateway(settings);
  const rules = () => rulesFor(campaign(), now(), gateway.trial);
  const book = createBook({
    tables,
    people,
    flagged: (donation) => log.warn({ code: 'donation-over-ceiling', donation }, 'alert'),
    now,
  });
  const pledges = createPledges({
    tables,
    book,
    find,
    giver,
    campaign,
    rules,
    newId,
    report,
    now,
  });
  const telling = createTelling({
    tables,
    find,
    way: (record, purpose, preferred) => wayTo(record, purpose, preferred),
    campaign,
    startFlow: (supporter, flow, id, reach) =>
      conversation().happen(supporter, { type: 'started', flow }, id, reach),
    optedOut: pledges.optedOut,
    report,
    now,
  });
  const recount = createRecount({
    tables,
    book,
    merges: people.merges,
    trial: gateway.trial,
    find,
    change,
    report,
    now,
  });

  async function wayTo(
    record: SupporterRecord,
    purpose: Parameters<typeof wayFor>[1]['purpose'],
    preferred: Reach | undefined,
  ): Promise<Way> {
    const way = wayFor(record, { purpose, channels: CHANNELS }, messageWays(settings), now());
    if (way.type === 'none') {
      if (way.reason === 'with_team') return { type: 'later' };
      return { type: 'nowhere', optedOut: way.reason === 'opted_out' };
    }
    const places = await people.addresses.ofSupporter(record._id);
    const open = places.filter(({ reachable }) => reachable);
    const asked = open.find(
      ({ channel, address }) =>
        channel === preferred?.channel &&
        address === preferred.address &&
        way.channels.includes(channel),
    );
    const reach =
      asked ?? way.channels.flatMap((channel) => latestOn(channel, open, record) ?? [])[0];
    if (reach === undefined) return { type: 'nowhere', optedOut: false };
    const { channel, address } = reach;
    return { type: 'at', reach: { channel, address } };
  }

  /** What was written is told at once; should this process die, another tells it. */
  function told(): void {
    void (async () => {
      await telling.tellDue();
      await recount.recountStale();
    })().catch(report);
  }
  const settling = createSettling({ book, tables, gateway, settled: told, report, now });
  const refunds = createRefunds({ tables, book, gateway, newId, report, now });
  const begin = createBegin({
    book,
    tables,
    gateway,
    mayOpen,
    rules,
    title(_row, language) {
      const { name, candidate = name, donations } = campaign();
      const words = GIVE_WORDS[language === 'fr' ? 'fr' : 'en'];
      return words.product(candidate, donations?.agent ?? name);
    },
    returnUrl: (row) => `${pageOf(row)}/return`,
    cancelUrl: pageOf,
    now,
  });
  const prompt = createPrompt({
    book,
    gateway: gateway.name,
    find,
    giver,
    mayOpen,
    campaign,
    rules,
    newId,
    pageOf,
    now,
  });
  /** The conversation in which a gift was asked for: a network that has links, else the site. */
  async function chatOf({ reach }: Pick<DonationRow, 'reach'>, language: string): Promise<string> {
    const site = `${publicUrl}/?lang=${language}`;
    if (reach === undefined || reach.channel === 'web') return site;
    const link = await options.channels.get(reach.channel)?.linkTo?.('chat');
    if (link === undefined) return site;
    // Only the conversation itself: nothing starts there anew.
    const { origin, pathname } = new URL(link);
    return `${origin}${pathname}`;
  }

  const pages = createGivePages({
    tables,
    book,
    begin,
    settling,
    readToken: (token) => readToken(signer, token, now())?.[0],
    pageOf,
    isSilent: async (supporter) => (await mayOpen(supporter)).type === 'refused',
    find,
    chatOf,
    campaign,
    rules,
    report,
    now,
  });

  return {
    actions: new Map<string, ActionHandler>([
      ['donation.offer', prompt.offer],
      ['donation.prompt', prompt.prompt],
      ['donation.not_now', ({ supporter }) => change(supporter, (one) => withNotNow(one, now()))],
      [
        'donation.pledge',
        async (act) => {
          const given = await pledges.pledge(act);
          if (given['state'] === 'noted') await change(act.supporter, withoutNotNow);
          return given;
        },
      ],
      ['donation.end_pledge', pledges.endPledge],
      [
        'donation.news',
        createNewsDesk({ tables, book, telling, find, shareUrl: `${publicUrl}/`, now }),
      ],
    ]),
    pages,
    webhooks:
      client === undefined || settings.donations.gateway !== 'stripe'
        ? new Map()
        : new Map([
            [
              STRIPE_WEBHOOK,
              createStripeWebhook({
                client,
                secret: settings.donations.webhookSecret,
                gateway,
                settle: settling.settle,
                report,
              }),
            ],
          ]),
    async lookAfter() {
      await pledges.remindDue();
      await telling.tellDue();
      await recount.heedMerges();
      await recount.recountStale();
    },
    async reconcile() {
      await settling.reconcile();
      await refunds.resume();
    },
    treasurer: {
      trial: gateway.trial,
      refund: refunds.refund,
      async anomalies() {
        const ownerOf = await readOwners(people.supporters.table);
        const found: Anomaly[] = [];
        for await (const one of findAnomalies(tables, ownerOf, gateway.trial, now()))
          found.push(one);
        return found;
      },
    },
  };
}
