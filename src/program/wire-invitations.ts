import type { Channel } from '../channels/channel.js';
import { Permit, type Refusal } from '../engine/calendar/permit.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import type { Guard } from '../conversation/guard.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import {
  createInviter,
  type Invitation,
  type Inviter,
  type InviteResult,
} from '../outreach/invitations/send-invitations.js';
import type { Joining } from '../supporters/merge/joining.js';
import { viewSupporter } from '../supporters/profile.js';
import type { Tables } from './open-tables.js';
import type { PeopleParts } from './wire-people.js';

/** How long a link in a mail that invites is good for, as its words say. */
const LINK_LIFE_MS = 14 * 86_400_000;

export type WireInvitationsOptions = {
  readonly tables: Pick<Tables, 'people' | 'invitations'>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly joining: Pick<Joining, 'linkFor'>;
  readonly mail: Pick<PeopleParts['mail'], 'send' | 'throttle'>;
  readonly publicUrl: string;
  readonly log: Log;
  /** What may leave for a supporter. */
  guard(supporter: string): Promise<Guard>;
  library(): Library;
  now(): number;
};

/** Wires what invites supporters of a channel that fails to go on elsewhere. */
export function wireInvitations(options: WireInvitationsOptions): Inviter {
  const { tables, channels, joining, log, library } = options;

  function say(
    { language, from }: Invitation,
    key: string,
    more: { readonly link?: string } = {},
  ): string {
    const { common, campaign } = library();
    const phrase = commonPhrase(common, [language, ...campaign.languages], `invite.${key}`);
    if (phrase === undefined) throw new Error(`common.yaml has no invite.${key}.`);
    return phrase.render({ campaign: campaign.name, channel: from, ...more });
  }

  async function write(channel: string, address: string, one: Invitation): Promise<InviteResult> {
    const { id, at, language } = one;
    const network = channels.get(channel);
    if (network === undefined) return { type: 'failed', reason: 'misconfigured' };
    const text = say(one, 'chat');
    const message = { type: 'text', id, at, text, language, bulk: true } as const;
    const guard = await options.guard(one.supporter);
    // It asks people to talk with the campaign.
    const result = await network.send(address, message, guard('message', 'campaign'));
    if (result.type === 'withheld') return heldUntil(result.refusal);
    // Sent again it shows once.
    const isHarmless = result.type === 'failed' && result.reason === 'in_doubt' && network.exact;
    return isHarmless ? { type: 'failed', reason: 'throttled' } : result;
  }

  /** What is held back is tried again when it may leave. */
  function heldUntil({ until }: Refusal): InviteResult {
    return { type: 'failed', reason: 'throttled', retryAfterMs: until - options.now() };
  }

  async function mail(email: string, one: Invitation): Promise<InviteResult> {
    const link = await linkFor(one);
    const { common, campaign } = library();
    const open = commonPhrase(common, [one.language, ...campaign.languages], 'mail.open');
    const guard = await options.guard(one.supporter);
    return options.mail.throttle.run(true, async (): Promise<InviteResult> => {
      const permit = guard('mail', 'campaign')();
      if (permit.type === 'refused') return heldUntil(permit);
      return options.mail.send({
        id: one.id,
        to: email,
        language: one.language,
        subject: say(one, 'subject'),
        text: say(one, 'text', { link }),
        ...(open === undefined ? {} : { action: { label: open.render({}), url: link } }),
        kind: 'campaign',
        permit,
      });
    });
  }

  /** To a chat that goes on with this very profile, where there is one; else to the campaign's page. */
  async function linkFor({ from, supporter }: Invitation): Promise<string> {
    // Web chat last: it is for who comes back to the page.
    const chats = [...channels.keys()].filter((channel) => channel !== 'web');
    for (const channel of [...chats, 'web']) {
      if (channel === from) continue;
      const link = await joining.linkFor(supporter, channel, LINK_LIFE_MS).catch(() => undefined);
      if (link !== undefined) return link;
    }
    return options.publicUrl;
  }

  return createInviter({
    ...tables.people,
    invitations: tables.invitations,
    on: () => new Set(channels.keys()),
    heldUntil(way, record) {
      const { calendar, country } = library().campaign;
      const territory = territoryOf(country, viewSupporter(record).profile);
      const by = way.type === 'email' ? 'mail' : 'message';
      // It asks people to talk with the campaign.
      const leaving = { way: by, content: 'campaign', territory } as const;
      const answer = Permit.ask(calendar, leaving, options.now());
      return answer.type === 'refused' ? answer.until : undefined;
    },
    send: (way, one) =>
      way.type === 'email' ? mail(way.email, one) : write(way.channel, way.address, one),
    report: (error) => log.error({ err: error }, 'invitation'),
    now: options.now,
  });
}
