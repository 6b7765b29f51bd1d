import { Permit } from '../../../engine/calendar/permit.js';
import { territoryOf } from '../../../engine/calendar/territory-of.js';
import type { Campaign } from '../../../engine/campaign.js';
import type { AddressRow } from '../../../supporters/addresses.js';
import { consentsNow } from '../../../supporters/consents-now.js';
import { viewSupporter } from '../../../supporters/profile.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { DeliveryRow } from '../deliveries.js';
import type { Standing } from '../follow-up.js';
import type { MessageDefinition } from '../message.js';
import { timingOf } from '../timing.js';
import { wayFor, type Ways } from '../way-for.js';

/** A question stands open so long before a message goes out over it. */
export const QUESTION_MS = 600_000;
/** How often it is looked whether an earlier step of a sequence is done. */
const BEHIND_MS = 60_000;
/** How often it is looked whether the team still has the conversation. */
const TEAM_MS = 600_000;
/** After so many looks a message gives up: a day. */
const MOST_LOOKS = 144;

/** Everything that decides whether a delivery may be sent now. */
export type SendFacts = {
  readonly delivery: DeliveryRow;
  readonly definition: MessageDefinition;
  /** Whoever it is for now, after merges; absent: nobody. */
  readonly record: SupporterRecord | undefined;
  readonly addresses: readonly AddressRow[];
  /** They have it already under another profile that was merged with theirs. */
  readonly isRepeated: boolean;
  /** Where they stand in a sequence. */
  readonly standing?: Standing;
  /** The segment means them. */
  readonly isMeant: boolean;
  /** It is about voting, and they said that they voted. */
  readonly hasVoted: boolean;
  /** They had as many messages lately as they may get. */
  readonly isCapped: boolean;
  /** When somebody with one of these addresses was erased, by the address's id. */
  readonly optedOutAt: ReadonlyMap<string, Date>;
};

export type SendDecision =
  | {
      readonly type: 'send';
      readonly record: SupporterRecord;
      readonly channel: string;
      readonly address: string;
      /** Where they vote. */
      readonly territory: string | undefined;
      /** A question stands open, which is to be asked again. */
      readonly asksAgain: boolean;
    }
  | { readonly type: 'wait'; readonly until: number; readonly reason: string }
  | { readonly type: 'end'; readonly state: 'skipped' | 'failed'; readonly reason: string };

/** Decides once more, in the moment before, whether a delivery is sent, and by which way; pure. */
export function decideSend(
  facts: SendFacts,
  campaign: Campaign,
  ways: Ways,
  now: number,
): SendDecision {
  const { delivery, definition, record } = facts;
  if (record === undefined) return skip('gone');
  if (facts.isRepeated) return skip('merged');
  const territory = territoryOf(campaign.country, viewSupporter(record).profile);
  const { expires = Infinity } = timingOf(definition, campaign, territory);
  if (now >= expires) return skip('expired');
  if (facts.hasVoted) return skip('voted');
  if (!facts.isMeant) return skip('segment');
  const wait = (until: number, reason: string): SendDecision =>
    until >= expires ? skip(reason) : { type: 'wait', until, reason };

  const { standing = 'go' } = facts;
  if (standing === 'behind') return wait(now + BEHIND_MS, 'earlier_step');
  if (standing !== 'go') return skip(standing);

  const tried = delivery.tried ?? [];
  const open = facts.addresses.filter(
    (row) => row.reachable && !tried.includes(row.channel) && !isOptedOut(row, record, facts),
  );
  const candidate = {
    ...record,
    consents_now: consentsNow(record.consents),
    reachable_on: open.map(({ channel }) => channel),
  };
  const way = wayFor(candidate, definition, ways, now);
  if (way.type === 'none') {
    if (way.reason === 'with_team') {
      const looks = delivery.waits ?? 0;
      return looks < MOST_LOOKS ? wait(now + TEAM_MS, 'with_team') : skip('with_team');
    }
    const isLost =
      tried.length > 0 && (way.reason === 'unreachable' || way.reason === 'channel_off');
    if (isLost) return { type: 'end', state: 'failed', reason: delivery.reason ?? 'unreachable' };
    const isRegistered = way.reason === 'unreachable' && facts.optedOutAt.size > 0;
    return skip(isRegistered ? 'opted_out' : way.reason);
  }
  if (facts.isCapped) return skip('frequency_cap');
  const answer = Permit.ask(
    campaign.calendar,
    { way: 'message', content: definition.content, territory },
    now,
  );
  if (answer.type === 'refused') return wait(answer.until, answer.rule);
  if (definition.mode === 'skip' && isInFlow(record, now)) return skip('in_flow');
  const isAsked = isQuestionOpen(record, now);
  const answeredBy = (record.heard_at?.getTime() ?? -Infinity) + QUESTION_MS;
  const isWords = definition.says.type === 'words';
  const isPatient = isWords || definition.mode !== undefined;
  if (isPatient && isAsked && definition.urgent !== true && now < answeredBy) {
    return wait(answeredBy, 'open_question');
  }
  const [channel] = way.channels;
  const place = latestOn(channel, open, record);
  if (place === undefined) return skip('unreachable');
  const { address } = place;
  return { type: 'send', record, channel, address, territory, asksAgain: isWords && isAsked };
}

/** In the register of those who were erased, and nothing agreed to since. */
function isOptedOut(
  { _id }: AddressRow,
  record: SupporterRecord,
  { optedOutAt }: SendFacts,
): boolean {
  const at = optedOutAt.get(_id)?.getTime();
  if (at === undefined) return false;
  return !record.consents.some((consent) => consent.given && consent.at.getTime() > at);
}

function isQuestionOpen({ session }: SupporterRecord, now: number): boolean {
  const frame = session.frames.at(-1);
  return frame?.asked !== undefined && (frame.expireAt ?? Infinity) > now;
}

function isInFlow({ session }: SupporterRecord, now: number): boolean {
  return session.frames.some(({ expireAt = Infinity }) => expireAt > now);
}

/** The address on a channel they last wrote from, else the newest. */
export function latestOn(
  channel: string,
  rows: readonly AddressRow[],
  { last }: SupporterRecord,
): AddressRow | undefined {
  const here = rows.filter((row) => row.channel === channel);
  return (
    here.find(({ address }) => last.channel === channel && last.address === address) ??
    here.toSorted((one, other) => other.created_at.getTime() - one.created_at.getTime())[0]
  );
}

function skip(reason: string): SendDecision {
  return { type: 'end', state: 'skipped', reason };
}
