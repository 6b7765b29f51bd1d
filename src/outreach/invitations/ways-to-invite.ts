import { agreedTo, isGiven, mayWrite } from '../../supporters/consents-in-force.js';
import type { AddressRow } from '../../supporters/addresses.js';
import type { SupporterRecord } from '../../supporters/record.js';

/** How somebody can be invited. */
export type Way =
  | { readonly type: 'chat'; readonly channel: string; readonly address: string }
  | { readonly type: 'email'; readonly email: string };

/** Why somebody cannot be. */
export const NO_WAY_REASONS = [
  'opted_out',
  'no_consent',
  'erasing',
  'nowhere_else',
  'unreachable',
  'channel_off',
  'email_not_confirmed',
  'no_consent_for_email',
] as const;
export type NoWayReason = (typeof NO_WAY_REASONS)[number];

export type Ways =
  | { readonly type: 'some'; readonly ways: readonly [Way, ...Way[]] }
  | { readonly type: 'none'; readonly reason: NoWayReason };

/** What a way is called in counts: its channel, or `email`. */
export function nameOf(way: Way): string {
  return way.type === 'email' ? 'email' : way.channel;
}

/**
 * How somebody who is on the channel `from` can be asked to go on elsewhere, the best way first: where
 * they last wrote, their other chats, then e-mail, then web chat, which they see only when they come
 * back. Only channels that are `on` count, only addresses where they were not lost, and only what they
 * agreed to: engagement there, and for e-mail a confirmed address and a consent that names e-mail.
 */
export function waysToInvite(
  record: SupporterRecord,
  addresses: readonly AddressRow[],
  { from, on }: { readonly from: string; readonly on: ReadonlySet<string> },
): Ways {
  const { consents } = record;
  if (record.erasing !== undefined) return none('erasing');
  if (!isGiven(consents, 'engagement')) {
    const wasAsked = consents.some(({ purpose }) => purpose === 'engagement');
    return none(wasAsked ? 'opted_out' : 'no_consent');
  }
  const others = addresses.filter(({ channel }) => channel !== from && channel !== 'email');
  const reachable = others.filter(({ reachable: is }) => is);
  const open = reachable.filter(({ channel }) => on.has(channel));
  const chats = open
    .filter(({ channel }) => mayWrite(consents, 'engagement', channel))
    .sort((one, other) => rank(record, one) - rank(record, other) || latest(one, other))
    .map(({ channel, address }): Way => ({ type: 'chat', channel, address }));
  const mail = emailWay(record);
  const ways = [
    ...chats.filter((way) => nameOf(way) !== 'web'),
    ...(typeof mail === 'string' ? [] : [mail]),
    ...chats.filter((way) => nameOf(way) === 'web'),
  ];
  const [first, ...rest] = ways;
  if (first !== undefined) return { type: 'some', ways: [first, ...rest] };
  if (typeof mail === 'string' && mail !== 'nowhere_else') return none(mail);
  if (open.length > 0) return none('no_consent');
  if (reachable.length > 0) return none('channel_off');
  return none(others.length > 0 ? 'unreachable' : 'nowhere_else');
}

function emailWay({ email, email_confirmed_at: confirmed, consents }: SupporterRecord) {
  if (email === undefined) return 'nowhere_else';
  if (confirmed === undefined) return 'email_not_confirmed';
  const isAgreed = agreedTo(consents, 'email') && mayWrite(consents, 'engagement', 'email');
  return isAgreed ? ({ type: 'email', email } as const) : 'no_consent_for_email';
}

function rank({ last }: SupporterRecord, { channel, address }: AddressRow): number {
  return last.channel === channel && last.address === address ? 0 : 1;
}

function latest(one: AddressRow, other: AddressRow): number {
  return other.created_at.getTime() - one.created_at.getTime();
}

function none(reason: NoWayReason): Ways {
  return { type: 'none', reason };
}
