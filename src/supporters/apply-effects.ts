import type { Effect } from '../engine/effect.js';
import type { Event } from '../engine/event.js';
import { actWithin } from './act-within.js';
import { boundConsents } from './bounds.js';
import { remember } from './profile.js';
import type { SupporterRecord } from './record.js';

/** A record after the effects that concern it alone, and the effects still to be performed. */
export type Applied = {
  readonly record: SupporterRecord;
  readonly rest: readonly Exclude<Effect, { readonly type: 'remember' | 'record_consent' }>[];
};

/**
 * Applies what a turn changes in the supporter's own document; pure. `event` is what the turn was about:
 * the words of a STOP are kept with what it withdrew.
 */
export function applyEffects(
  before: SupporterRecord,
  effects: readonly Effect[],
  at: Date,
  event: Event,
): Applied {
  let record = before;
  const rest: Applied['rest'][number][] = [];
  for (const effect of effects) {
    switch (effect.type) {
      case 'remember':
        record = remember(record, effect.field, effect.value);
        break;
      case 'record_consent': {
        const { type: _, ...consent } = effect;
        record = { ...record, consents: boundConsents([...record.consents, { ...consent, at }]) };
        break;
      }
      case 'act': {
        const acted = effect.awaited
          ? undefined
          : actWithin(record, effect.action, effect.with, at, event);
        const isHandedOff = record.handoff === undefined && acted?.handoff !== undefined;
        // Staff are told of it once, beside what changes in the document.
        if (acted === undefined || isHandedOff) rest.push(effect);
        if (acted !== undefined) record = { ...acted, consents: boundConsents(acted.consents) };
        break;
      }
      case 'say':
      case 'alert':
        rest.push(effect);
        break;
      default:
        effect satisfies never;
    }
  }
  return { record, rest };
}
