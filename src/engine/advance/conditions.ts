import { factsAt } from '../calendar/facts-at.js';
import type { Arm, Condition, Expression, Scope, Target } from '../flow.js';
import { isFiniteJson, type Json } from '../json.js';
import { alert, type Draft, type Turn } from './turn.js';

const END: Target = { type: 'end' };

/** What a condition of this frame may read, as the turn stands now. */
function scopeOf(turn: Turn, frame: Draft): Scope {
  const { event, library, number, language, profile } = turn;
  return {
    supporter: profile['language'] === undefined ? { ...profile, language } : profile,
    answers: frame.answers,
    consents: turn.consents,
    session: { ...frame.vars, turn: number, channel: event.channel, language },
    campaign: factsAt(library.campaign, profile, event.at),
    now: event.at,
  };
}

/** Where a step goes on: its first arm whose condition holds; one that cannot be evaluated is false. */
export function chooseTarget(turn: Turn, frame: Draft, arms: readonly Arm[]): Target {
  for (const arm of arms) {
    if (arm.when === undefined || holds(turn, frame, arm.when)) return arm.to;
  }
  return END;
}

function holds(turn: Turn, frame: Draft, condition: Condition): boolean {
  try {
    return condition.test(scopeOf(turn, frame));
  } catch {
    alert(turn, 'condition-failed', frame.flow, frame.step);
    return false;
  }
}

/** The value of an expression; undefined, with an alert to staff, when it has none. */
export function evaluate(turn: Turn, frame: Draft, expression: Expression): Json | undefined {
  const value = knownValue(turn, frame, expression);
  if (value === undefined) alert(turn, 'condition-failed', frame.flow, frame.step);
  return value;
}

/** The value of an expression; undefined when it has none. */
export function knownValue(turn: Turn, frame: Draft, expression: Expression): Json | undefined {
  try {
    const value = expression.evaluate(scopeOf(turn, frame));
    if (value === 0) return 0; // never -0, which JSON does not carry
    return isFiniteJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
