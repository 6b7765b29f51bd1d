import type { Effect } from '../../engine/effect.js';
import type { Event } from '../../engine/event.js';
import type { Library } from '../../engine/flow.js';
import { dueAt } from '../../engine/session.js';
import { applyEffects } from '../../supporters/apply-effects.js';
import { answered } from '../../supporters/handoff.js';
import type { JournalRow } from '../../supporters/journal.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { decide, sayCommon } from '../decide.js';
import { follow, NOWHERE, placeName, type Place } from './place.js';

/** A turn that no question has; its buttons are of no question either. */
const NO_TURN = -1;

/** A recorded conversation as it goes with some flows. */
export type Run = {
  /** The supporter as these flows have made them. */
  record(): SupporterRecord;
  place(): Place;
  /** Whether an answer to what the recording stands at is an answer here too. */
  isInStep(recorded: Place): boolean;
  /**
   * Takes what came in, when the recording stood at `recorded`; undefined when it means nothing here: an
   * answer to a question that is not open, or a result that was not asked for.
   */
  take(row: JournalRow, recorded: Place): readonly Effect[] | undefined;
  /** Lets the flows' own timers go off until `at`, each at its time, but for one due at `except`. */
  letPass(at: number, except: number | undefined): readonly (readonly [Event, readonly Effect[]])[];
  /** Learns which of its questions and actions are those that the recording has after the same turn. */
  pair(recorded: readonly Effect[], effects: readonly Effect[], place: Place): void;
  /** Goes on as somebody else, who stands at `place`. */
  become(record: SupporterRecord, place: Place): void;
};

/** Begins a run with nothing open. Its answers depend on nothing but what it is given. */
export function createRun(library: Library, supporter: SupporterRecord): Run {
  let record = supporter;
  let place: Place = NOWHERE;
  /** Turns of questions, and ids of actions, by those of the recording. */
  const questions = new Map<number, number>();
  const actions = new Map<string, string>();

  const isInStep = (recorded: Place): boolean => placeName(recorded) === placeName(place);

  /** The event as it would have come here. */
  function translate(event: Event, recorded: Place): Event | undefined {
    switch (event.type) {
      case 'opened':
      case 'started':
      case 'elapsed':
      case 'edited':
        return event;
      case 'said':
        return isAlwaysHeard(event) || isInStep(recorded) ? event : undefined;
      case 'sent':
      case 'shared':
        return isInStep(recorded) ? event : undefined;
      case 'chose': {
        const turn = questions.get(event.turn) ?? NO_TURN;
        return isInStep(recorded) ? { ...event, turn } : undefined;
      }
      case 'returned': {
        const effect = actions.get(event.effect);
        return effect === undefined ? undefined : { ...event, effect };
      }
      default:
        return event satisfies never;
    }
  }

  function advance(event: Event): readonly Effect[] {
    try {
      const { record: before, session, effects, staff } = decide(library, record, event);
      const { record: after } = applyEffects(before, effects, new Date(event.at), event);
      record = { ...after, session };
      if (staff !== 'held') place = follow(place, event, effects);
      return effects;
    } catch {
      // As in a real turn: the session stays, and the supporter gets an apology.
      return sayCommon(library, record, 'apology');
    }
  }

  return {
    record: () => record,
    place: () => place,
    isInStep,
    take(row, recorded) {
      const { handoff } = record;
      if (row.staff === 'replied') {
        if (handoff !== undefined) record = { ...record, handoff: answered(handoff, row.at) };
        return [];
      }
      // Staff ended it, or its time was over: the journal only has the latter's consequence.
      if (row.staff === 'given_back' && handoff !== undefined) {
        record = { ...record, handoff: { ...handoff, until: row.at } };
      }
      const event = translate(row.event, recorded);
      return event === undefined ? undefined : advance(event);
    },
    letPass(at, except) {
      const passed: [Event, readonly Effect[]][] = [];
      while (place.awaits === undefined) {
        const due = dueAt(record.session);
        if (due === undefined || due === except || due > at) break;
        const event: Event = { type: 'elapsed', at: due, channel: record.last.channel };
        const effects = advance(event);
        passed.push([event, effects]);
        if (dueAt(record.session) === due) break;
      }
      return passed;
    },
    pair(recorded, effects, recordedPlace) {
      if (recordedPlace.asks !== undefined && place.asks !== undefined && isInStep(recordedPlace)) {
        questions.set(recordedPlace.asks.turn, place.asks.turn);
      }
      const own = effects.filter((effect) => effect.type === 'act');
      for (const effect of recorded) {
        if (effect.type !== 'act') continue;
        const index = own.findIndex(({ action }) => action === effect.action);
        const [twin] = index < 0 ? [] : own.splice(index, 1);
        if (twin !== undefined) actions.set(effect.id, twin.id);
      }
    },
    become(other, at) {
      record = other;
      place = at;
    },
  };
}

/** Rule words and commands are heard whatever is open. */
function isAlwaysHeard({ text, rule }: Extract<Event, { type: 'said' }>): boolean {
  return rule !== undefined || text.trimStart().startsWith('/');
}
