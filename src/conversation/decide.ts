import { advance } from '../engine/advance.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Effect } from '../engine/effect.js';
import type { Event } from '../engine/event.js';
import type { Library } from '../engine/flow.js';
import type { Session } from '../engine/session.js';
import { withoutHandoff } from '../supporters/handoff.js';
import { ERASE } from '../supporters/privacy/erase-supporter.js';
import type { JournalEntry } from '../supporters/outbox-item.js';
import { viewSupporter } from '../supporters/profile.js';
import type { SupporterRecord } from '../supporters/record.js';
import { holdForStaff } from './hold-for-staff.js';

/** What an event comes to, with the record it is to be applied to. */
export type Decision = {
  readonly record: SupporterRecord;
  readonly session: Session;
  readonly effects: readonly Effect[];
  /** Absent: it is the flows' own turn. */
  readonly staff?: JournalEntry['staff'];
};

/**
 * Flows decide, unless a person of the team has the conversation; pure. `segments` are those that the
 * flows ask for and the supporter is in.
 */
export function decide(
  library: Library,
  before: SupporterRecord,
  event: Event,
  segments: readonly string[] = [],
): Decision {
  const advanceWith: Advance = (record, happening) =>
    advance(library, record.session, happening, viewSupporter(record, segments));
  const holding = holdForStaff(before, event);
  switch (holding.type) {
    case 'free':
      if (event.type === 'opened' && event.joined === true)
        return goOnHere(library, before, event, advanceWith);
      return { record: before, ...leaveBe(before, advanceWith(before, event)) };
    case 'held': {
      const { handoff, session } = before;
      if (!holding.tells || handoff === undefined) {
        return { record: before, session, effects: [], staff: 'held' };
      }
      const record = { ...before, handoff: { ...handoff, told: true } };
      return {
        record,
        session,
        effects: sayCommon(library, record, 'handoff.waiting'),
        staff: 'held',
      };
    }
    case 'given_back': {
      const record = withoutHandoff(before);
      const again = holding.asks ? askingAgain(library, record.session, event) : event;
      const { session, effects } =
        again === undefined
          ? { session: record.session, effects: [] }
          : leaveBe(record, advanceWith(record, again));
      const told = holding.announced ? sayCommon(library, record, 'handoff.over') : [];
      return { record, session, effects: [...told, ...effects], staff: 'given_back' };
    }
    default:
      return holding satisfies never;
  }
}

/** Takes an event to the flows. */
type Advance = (
  record: SupporterRecord,
  event: Event,
) => { readonly session: Session; readonly effects: readonly Effect[] };

/** Somebody came here from another channel: they hear so, and the open question again. */
function goOnHere(
  library: Library,
  record: SupporterRecord,
  event: Event,
  advanceWith: Advance,
): Decision {
  const again = askingAgain(library, record.session, event);
  const { session, effects } =
    again === undefined
      ? { session: record.session, effects: [] }
      : leaveBe(record, advanceWith(record, again));
  return { record, session, effects: [...sayCommon(library, record, 'joined'), ...effects] };
}

/** After these, nobody is asked what was open before. */
const LAST_ACTIONS = ['staff.handoff', ERASE];

/**
 * A question from before the team took over is not asked again, in the turn that hands over or in what
 * the supporter may still ask for meanwhile: its answer would be kept for the team. Nor is one in the
 * turn that bids farewell to somebody who is erased.
 */
function leaveBe(
  { handoff }: SupporterRecord,
  { session, effects }: { session: Session; effects: readonly Effect[] },
): { session: Session; effects: readonly Effect[] } {
  const isLast = effects.some(
    (effect) => effect.type === 'act' && LAST_ACTIONS.includes(effect.action),
  );
  // What such a turn itself asks belongs to it.
  const last = isLast ? session.turn - 1 : handoff?.turn;
  if (last === undefined) return { session, effects };
  const isOlder = (effect: Effect): boolean =>
    effect.type === 'say' && effect.question !== undefined && effect.question.turn <= last;
  return { session, effects: effects.filter((effect) => !isOlder(effect)) };
}

/** An event that makes the engine ask the open question again; undefined when none is open. */
function askingAgain(
  library: Library,
  session: Session,
  { at, channel }: Event,
): Event | undefined {
  const frame = session.frames.at(-1);
  const isAsked = frame?.asked !== undefined && (frame.expireAt ?? Infinity) > at;
  const flow = session.frames.find(({ flow: name }) => library.flow(name) !== undefined)?.flow;
  return isAsked && flow !== undefined ? { type: 'started', flow, at, channel } : undefined;
}

/** A phrase that all flows share, as the effect that says it; none when the campaign has no words for it. */
export function sayCommon(library: Library, { language }: SupporterRecord, key: string): Effect[] {
  const { common, campaign } = library;
  const phrase = commonPhrase(common, [language, ...campaign.languages], key);
  const text = phrase?.render({ campaign: campaign.name });
  return text === undefined ? [] : [{ type: 'say', flow: 'common', key, text }];
}
