import type { Refusal } from '../../../engine/calendar/permit.js';
import type { OpenSpan } from './open-spans.js';

/** People on one channel who are due at one instant and held to one calendar. */
export type Group = {
  readonly people: number;
  readonly due: number;
  readonly expires?: number;
  /** When something may leave for them, in order. */
  readonly open: readonly OpenSpan[];
  /** Of another message: it takes its time on the channel, and is not counted. */
  readonly other?: true;
};

/** Why people cannot be served in time. */
export type LateReason = Exclude<Refusal['rule'], 'quiet-hours' | 'stopped'> | 'expired' | 'never';

export type Run = {
  /** When the first and the last are served; absent when nobody is. */
  readonly served?: { readonly start: number; readonly end: number };
  readonly late: { readonly [reason in LateReason]?: number };
};

type Waiting = { readonly group: Group; left: number };

/**
 * Lets one channel serve its groups at a rate of so many a second, those that are due first before the
 * others, as dispatch does. Whom quiet hours hold up is served after them; whom the silence, the closing of
 * the polls or the expiry catches is late.
 */
export function runChannel(groups: readonly Group[], rate: number, from: number): Run {
  const late: { [reason in LateReason]?: number } = {};
  const waiting: Waiting[] = [...groups]
    .sort((one, other) => one.due - other.due)
    .map((group) => ({ group, left: group.people }));
  let served: { start: number; end: number } | undefined;
  let at = from;
  const giveUp = (one: Waiting, reason: LateReason): void => {
    if (one.group.other !== true) late[reason] = (late[reason] ?? 0) + one.left;
    one.left = 0;
  };
  for (;;) {
    const left = waiting.filter((one) => one.left > 0);
    if (left.length === 0) return { late, ...(served === undefined ? {} : { served }) };
    const turns = left.map((one) => ({ one, turn: turnOf(one.group, at) }));
    for (const { one, turn } of turns) if (turn.type === 'late') giveUp(one, turn.reason);
    const next = turns
      .flatMap(({ one, turn }) => (turn.type === 'turn' ? [{ one, ...turn }] : []))
      .reduce<{ one: Waiting; from: number; until: number } | undefined>(
        (first, other) => (first === undefined || other.from < first.from ? other : first),
        undefined,
      );
    if (next === undefined) continue;
    const { one } = next;
    at = Math.max(at, next.from);
    const most = Math.floor(((next.until - at) * rate) / 1_000);
    const some = Math.min(one.left, most);
    if (some === 0) {
      // What is left of the span is too short for one more.
      at = next.until;
      continue;
    }
    const start = served?.start ?? at;
    at += (some / rate) * 1_000;
    if (one.group.other !== true) served = { start, end: at };
    one.left -= some;
    if (one.left > 0) at = next.until;
  }
}

type Turn =
  | { readonly type: 'turn'; readonly from: number; readonly until: number }
  | { readonly type: 'late'; readonly reason: LateReason };

/** When a group can next be served from an instant on. */
function turnOf({ due, expires = Infinity, open }: Group, at: number): Turn {
  const from = Math.max(at, due);
  if (from >= expires) return { type: 'late', reason: 'expired' };
  const index = open.findIndex(({ until }) => from < until);
  const span = open[index];
  // What ended the span before, when people were due already, holds them up now.
  const caught = open.slice(0, index < 0 ? undefined : index).at(-1);
  const isHeld = caught?.rule !== undefined && (span === undefined || from < span.from);
  if (isHeld && caught.rule !== 'quiet-hours') return { type: 'late', reason: caught.rule };
  if (span === undefined) return { type: 'late', reason: 'never' };
  const begins = Math.max(from, span.from);
  if (begins >= expires) return { type: 'late', reason: 'expired' };
  return { type: 'turn', from: begins, until: Math.min(span.until, expires) };
}
