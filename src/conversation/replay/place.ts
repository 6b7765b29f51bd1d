import type { Effect } from '../../engine/effect.js';
import type { Event } from '../../engine/event.js';

/** Where a conversation stands as both sides see it: at an open question, or waiting for an action. */
export type Place = {
  readonly asks?: {
    /** `<flow>.<name>`, whatever the words it is asked in. */
    readonly question: string;
    /** The turn that its buttons carry. */
    readonly turn: number;
  };
  readonly awaits?: { readonly action: string; readonly effect: string };
};

/** Nothing is open: the conversation has not begun, is over, or a flow waits for a time. */
export const NOWHERE: Place = {};

/** A name of the place: two conversations that stand at one of the same name can take the same event. */
export function placeName({ asks, awaits }: Place): string | undefined {
  return awaits === undefined ? asks?.question : `the result of ${awaits.action}`;
}

/** The place after a turn, from what it said and did alone, so that it can be told of any journal. */
export function follow(place: Place, event: Event, effects: readonly Effect[]): Place {
  const says = effects.filter((effect) => effect.type === 'say');
  const act = effects.findLast((effect) => effect.type === 'act' && effect.awaited);
  if (act?.type === 'act') return { awaits: { action: act.action, effect: act.id } };
  const awaits = isOver(place, event, effects) ? undefined : place.awaits;
  const asked = says.findLast(({ question }) => question !== undefined);
  if (asked?.question !== undefined) {
    const { turn } = asked.question;
    // "Did you mean" asks the open question again in words that all flows share.
    const isAgain = asked.flow === 'common' && place.asks?.turn === turn;
    const question = isAgain ? place.asks.question : nameOf(asked);
    return { ...(awaits === undefined ? {} : { awaits }), asks: { question, turn } };
  }
  if (awaits !== undefined) return { awaits };
  return says.length > 0 || place.asks === undefined ? NOWHERE : { asks: place.asks };
}

/** Whether the action that was awaited is awaited no more. */
function isOver({ awaits }: Place, event: Event, effects: readonly Effect[]): boolean {
  if (event.type === 'returned') return event.effect === awaits?.effect;
  if (event.type === 'elapsed') return effects.length > 0;
  return event.type === 'said' && event.rule === 'stop';
}

function nameOf({ flow, key }: { readonly flow: string; readonly key: string }): string {
  return `${flow}.${key.replace(/\.(?:ask|retry(?:\..*)?)$/, '')}`;
}
