import type { Effect } from '../effect.js';
import type { Event } from '../event.js';
import type { Library } from '../flow.js';
import type { Json } from '../json.js';
import type { Frame, Session } from '../session.js';
import type { Supporter } from '../supporter.js';
import type { Span } from '../calendar/calendar.js';
import { silenceAt } from './silence.js';
import { spokenLanguage } from './spoken-language.js';

/** A frame while its turn is under way: replaced or written in place, never one of the session's. */
export type Draft = { -readonly [Key in keyof Frame]: Frame[Key] };

/** The work of one turn: what it reads, and what it has decided so far. */
export type Turn = {
  readonly library: Library;
  readonly event: Event;
  readonly number: number;
  /** Whether nothing was ever heard of the supporter before. */
  readonly isFirst: boolean;
  /** The election silence that holds where the supporter votes. */
  readonly silence: Span | undefined;
  /** Set when the first greeting has to wait for the end of the silence. */
  ungreeted?: true;
  readonly effects: Effect[];
  frames: Draft[];
  /** The profile, consents and language as this turn has changed them so far. */
  profile: { readonly [key: string]: Json };
  consents: { readonly [purpose: string]: boolean };
  language: string;
  tapped: Session['tapped'];
  expired: Session['expired'];
  /** What the turn before offered, or this one offers. */
  offered: Session['offered'];
  /** Steps taken and actions asked for in this turn. */
  steps: number;
  acts: number;
};

/** How long the same button again is taken for a second tap of the same finger. */
export const DOUBLE_TAP_MS = 3_000;

/** Opens the turn that handles `event`. */
export function beginTurn(
  library: Library,
  session: Session,
  event: Event,
  supporter: Supporter,
): Turn {
  const { tapped } = session;
  return {
    library,
    event,
    number: session.turn + 1,
    isFirst: session.turn === 0 || session.fresh === true,
    silence: silenceAt(library, supporter.profile, event),
    effects: [],
    frames: session.frames.map((frame) => ({ ...frame })),
    profile: supporter.profile,
    consents: supporter.consents,
    language: spokenLanguage(library, supporter.language),
    tapped: tapped !== undefined && event.at - tapped[2] <= DOUBLE_TAP_MS ? tapped : undefined,
    expired: session.expired,
    offered: session.offered,
    steps: 0,
    acts: 0,
  };
}

/** Closes a turn: the session to save, and what must happen. */
export function endTurn(turn: Turn): { session: Session; effects: Effect[] } {
  const session: { -readonly [Key in keyof Session]: Session[Key] } = {
    turn: turn.number,
    frames: turn.frames,
  };
  if (turn.ungreeted === true) session.fresh = true;
  if (turn.tapped !== undefined) session.tapped = turn.tapped;
  if (turn.expired !== undefined) session.expired = turn.expired;
  // What was offered earlier counts no more once there is something else to answer.
  if (turn.offered !== undefined && turn.frames.length === 0) session.offered = turn.offered;
  return { session, effects: turn.effects };
}

/** Tells staff that something at this place wants a look. */
export function alert(
  turn: Turn,
  code: Extract<Effect, { type: 'alert' }>['code'],
  flow: string,
  step: string,
): void {
  turn.effects.push({ type: 'alert', code, flow, step });
}
