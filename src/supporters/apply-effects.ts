import type { Effect } from '../engine/effect.js';
import { actWithin } from './act-within.js';
import { boundConsents } from './bounds.js';
import { remember } from './profile.js';
import type { SupporterRecord } from './record.js';

/** A record after the effects that concern it alone, and the effects still to be performed. */
export type Applied = {
  readonly record: SupporterRecord;
  readonly rest: readonly Exclude<Effect, { readonly type: 'remember' | 'record_consent' }>[];
};

/** Applies what a turn changes in the supporter's own document; pure. */
export function applyEffects(
  before: SupporterRecord,
  effects: readonly Effect[],
  at: Date,
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
          : actWithin(record, effect.action, effect.with, at);
        if (acted === undefined) rest.push(effect);
        else record = { ...acted, consents: boundConsents(acted.consents) };
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
