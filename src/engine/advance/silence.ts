import { silentBallot, type Span } from '../calendar/calendar.js';
import { nextPermitted } from '../calendar/permit.js';
import { territoryOf } from '../calendar/territory-of.js';
import type { Flow, Library } from '../flow.js';
import type { Event } from '../event.js';
import { placeOf } from './frames.js';
import { COMMON } from './resume-question.js';
import type { Draft, Turn } from './turn.js';
import { phraseOf } from './words.js';

/** The election silence that holds where somebody votes, at the instant of an event. */
export function silenceAt(
  { campaign }: Library,
  profile: Turn['profile'],
  { at }: Event,
): Span | undefined {
  const { calendar, country } = campaign;
  // Whoever votes wherever: on all other days nobody need be located.
  if (silentBallot(calendar, undefined, at) === undefined) return undefined;
  return silentBallot(calendar, territoryOf(country, profile), at)?.silence;
}

/** Whether the steps of a flow are not entered now: it campaigns, and the law wants silence. */
export function isBarred({ silence }: Turn, flow: Flow | undefined): boolean {
  if (silence === undefined || flow === undefined) return false;
  return flow.content === 'campaign' && flow.purpose !== 'service';
}

/** Whether the flow of a name is barred, as somebody would start it now. */
export function isBarredFlow(turn: Turn, name: string): boolean {
  return turn.silence !== undefined && isBarred(turn, turn.library.flow(name));
}

/** Whether what lies on top is of a flow that is barred. */
export function isHeldBack(turn: Turn): boolean {
  if (turn.silence === undefined) return false;
  const frame = turn.frames.at(-1);
  return frame !== undefined && isBarred(turn, placeOf(turn, frame)?.flow);
}

/** Says, once in a turn, why there is silence, how to vote meanwhile, and when we are back. */
export function saySilence(turn: Turn): void {
  const { silence, library, effects } = turn;
  if (silence === undefined) return;
  if (effects.some((effect) => effect.type === 'say' && effect.key === 'silence')) return;
  const { election, name } = library.campaign;
  const phrase = phraseOf(turn, library.common, 'silence');
  if (phrase === undefined) return;
  const text = phrase.render({
    campaign: name,
    resumes: new Date(silence.until),
    ...(election === undefined
      ? {}
      : { opens: new Date(election.opens), closes: new Date(election.closes) }),
  });
  effects.push({ type: 'say', flow: COMMON, key: 'silence', text });
}

/** Lets a frame go on by itself once the silence is over, at an hour at which one may write. */
export function putOff(turn: Turn, frame: Draft): void {
  frame.until = Math.max(frame.until ?? 0, resumesAt(turn));
}

/** Puts off the timers of an open question to the end of the silence; whether one was due. */
export function putOffTimers(turn: Turn, frame: Draft): boolean {
  const { at } = turn.event;
  const { remindAt, expireAt, until } = frame;
  if (![remindAt, expireAt, until].some((time) => time !== undefined && time <= at)) return false;
  const resumes = resumesAt(turn);
  if (remindAt !== undefined) frame.remindAt = Math.max(remindAt, resumes);
  if (expireAt !== undefined) frame.expireAt = Math.max(expireAt, resumes + DAY_MS);
  if (until !== undefined) frame.until = Math.max(until, resumes);
  return true;
}

/** Who is asked again after the silence has a day to answer. */
const DAY_MS = 86_400_000;

function resumesAt({ silence, library, profile, event }: Turn): number {
  const from = silence?.until ?? event.at;
  const { calendar, country } = library.campaign;
  const territory = territoryOf(country, profile);
  return nextPermitted(calendar, { way: 'message', content: 'campaign', territory }, from) ?? from;
}
