import { elapse, expire, takeResult } from './advance/elapse.js';
import {
  hearChose,
  hearEdited,
  hearSaid,
  hearSent,
  hearSharing,
  isFirst,
  isSecondTap,
} from './advance/listen.js';
import { isSoundEvent, isSoundSession, mended } from './advance/sound.js';
import { isBarredFlow } from './advance/silence.js';
import { digress, greet } from './advance/start.js';
import { alert, beginTurn, endTurn, type Turn } from './advance/turn.js';
import type { Effect } from './effect.js';
import type { Event } from './event.js';
import type { Library } from './flow.js';
import type { Session } from './session.js';
import type { Supporter } from './supporter.js';

/**
 * Handles one event: the session it leads to, and what must happen, in order. Pure: the same
 * arguments give the same answer, time comes with the event, and nothing is ever thrown. An event
 * that changes nothing (a timer not yet due, a second tap, a late result) gives back the session.
 */
export function advance(
  library: Library,
  session: Session,
  event: Event,
  supporter: Supporter,
): { session: Session; effects: Effect[] } {
  const sound = isSoundSession(session);
  const known = sound ? session : mended(session);
  if (!isSoundEvent(event)) return { session: known, effects: [] };
  const turn = beginTurn(library, known, event, supporter);
  if (!sound) alert(turn, 'session-unsound', '', '');
  return handle(turn, event) ? endTurn(turn) : { session: known, effects: [] };
}

/** Whether the event made a turn. */
function handle(turn: Turn, event: Event): boolean {
  if (!['elapsed', 'opened', 'edited'].includes(event.type)) expire(turn);
  switch (event.type) {
    case 'opened':
      if (!isFirst(turn)) return false;
      greet(turn);
      return true;
    case 'said':
      hearSaid(turn, event);
      return true;
    case 'chose':
      if (isSecondTap(turn, event)) return false;
      hearChose(turn, event);
      return true;
    case 'sent':
      hearSent(turn, event);
      return true;
    case 'edited':
      return hearEdited(turn);
    case 'shared':
      hearSharing(turn, event);
      return true;
    case 'returned':
      return takeResult(turn, event);
    case 'started':
      return start(turn, event.flow);
    case 'elapsed':
      return elapse(turn);
    default:
      event satisfies never;
      return false;
  }
}

/** What nobody asked for does not begin, and is not spoken of, in the silence. */
function start(turn: Turn, flow: string): boolean {
  if (isBarredFlow(turn, flow)) return false;
  if (turn.library.flow(flow) === undefined) alert(turn, 'flow-missing', flow, '');
  else digress(turn, flow, true);
  return true;
}
