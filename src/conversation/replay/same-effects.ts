import type { Effect } from '../../engine/effect.js';

/**
 * Whether two turns come to the same for the supporter and for staff: what is said, with its buttons,
 * what is done and what is kept. Turn numbers and versions, which differ by nature, do not count.
 */
export function isSameEffects(
  one: readonly Effect[] | undefined,
  other: readonly Effect[] | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.length === other.length &&
    one.every((effect, index) => {
      const twin = other[index];
      return twin !== undefined && signOf(effect) === signOf(twin);
    })
  );
}

/** What of an effect counts. */
export function signOf(effect: Effect): string {
  switch (effect.type) {
    case 'say': {
      const { flow, key, text, question } = effect;
      return JSON.stringify([flow, key, text, { ...question, turn: 0 }]);
    }
    case 'act': {
      const { action, with: given } = effect;
      return JSON.stringify([action, given]);
    }
    case 'record_consent': {
      const { purpose, channel, given, wording, source } = effect;
      return JSON.stringify([purpose, channel, given, wording, source]);
    }
    case 'remember':
    case 'alert':
      return JSON.stringify(effect);
    default:
      return effect satisfies never;
  }
}
