import type { Purpose } from '../../engine/flow.js';
import { consentNow } from '../../supporters/consents-now.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { MessageDefinition } from './message.js';

/** What has to be known of a supporter to tell where a message may go. */
export type Candidate = Pick<
  SupporterRecord,
  'consents_now' | 'reachable_on' | 'erasing' | 'handoff' | 'heard_at' | 'summary'
>;

/** The fields of a candidate, and what tells where somebody votes. */
export const CANDIDATE_FIELDS = [
  'consents_now',
  'reachable_on',
  'erasing',
  'handoff',
  'heard_at',
  'summary',
  'territory',
  'postal_code',
  'merged_from',
] as const;

/** Why a message cannot go to somebody. */
export const NO_WAY_REASONS = [
  'erasing',
  'with_team',
  'opted_out',
  'not_now',
  'no_consent',
  'unreachable',
  'channel_off',
  'window_closed',
  'frequency_cap',
] as const;
export type NoWayReason = (typeof NO_WAY_REASONS)[number];

export type WayFor =
  | { readonly type: 'ways'; readonly channels: readonly [string, ...string[]] }
  | { readonly type: 'none'; readonly reason: NoWayReason };

/** What a message may use. */
export type Ways = {
  /** Channels that are turned on. */
  readonly on: ReadonlySet<string>;
  /** Channels on which nothing may be said to who wrote longer ago than so many milliseconds. */
  readonly windows: ReadonlyMap<string, number>;
};

/** The channels on which a message may go to somebody, the preferred one first, or why there is none. */
export function wayFor(
  { consents_now: consents = [], reachable_on: reachable = [], ...about }: Candidate,
  { purpose, channels }: Pick<MessageDefinition, 'purpose' | 'channels'>,
  { on, windows }: Ways,
  now: number,
): WayFor {
  if (about.erasing !== undefined) return none('erasing');
  if (about.handoff !== undefined) return none('with_team');
  const agreed = channels.filter((channel) => mayWrite(consents, purpose, channel));
  if (agreed.length === 0) return none(isRefused(consents, purpose) ? 'opted_out' : 'no_consent');
  const notBefore = about.summary?.donationsNotBefore?.getTime() ?? -Infinity;
  if (purpose === 'donation' && now < notBefore) return none('not_now');
  const there = agreed.filter((channel) => reachable.includes(channel));
  if (there.length === 0) return none('unreachable');
  const open = there.filter((channel) => on.has(channel));
  if (open.length === 0) return none('channel_off');
  const heard = about.heard_at?.getTime() ?? -Infinity;
  const [first, ...rest] = open.filter((channel) => {
    const windowMs = windows.get(channel);
    return windowMs === undefined || now - heard < windowMs;
  });
  return first === undefined ? none('window_closed') : { type: 'ways', channels: [first, ...rest] };
}

/**
 * Whether somebody may be written to. What is owed to people (`service`) needs no consent, but goes to
 * nobody who said STOP, which is kept as a refusal of `engagement`.
 */
function mayWrite(consents: readonly string[], purpose: Purpose, channel: string): boolean {
  if (purpose === 'service') return !isRefused(consents, 'engagement');
  const has = (where: string | undefined, answer: 'given' | 'refused'): boolean =>
    consents.includes(consentNow(purpose, where, answer));
  if (has(channel, 'given')) return true;
  return has('*', 'given') && !has(channel, 'refused');
}

function isRefused(consents: readonly string[], purpose: Purpose): boolean {
  return consents.includes(
    consentNow(purpose === 'service' ? 'engagement' : purpose, undefined, 'refused'),
  );
}

function none(reason: NoWayReason): WayFor {
  return { type: 'none', reason };
}
