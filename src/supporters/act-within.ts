import type { Json } from '../engine/json.js';
import { PURPOSES, type Purpose } from '../engine/flow.js';
import type { ConsentRecord, SupporterRecord } from './record.js';

type Arguments = { readonly [name: string]: Json };

/**
 * Carries out an action that changes nothing but this supporter, so that it belongs to the turn's own
 * write: `supporter.tag`, `supporter.untag`, `consent.withdraw`. Returns undefined for any other
 * action, which is then an effect of its own.
 */
export function actWithin(
  record: SupporterRecord,
  action: string,
  args: Arguments,
  at: Date,
): SupporterRecord | undefined {
  switch (action) {
    case 'supporter.tag':
      return withTags(record, [...without(record.tags, args['tag']), textOf(args['tag'])]);
    case 'supporter.untag':
      return withTags(record, without(record.tags, args['tag']));
    case 'consent.withdraw':
      return { ...record, consents: [...record.consents, ...withdrawals(record, args, at)] };
    default:
      return undefined;
  }
}

/** The checker lets a tag be nothing but a text; anything else would be told apart by its JSON. */
function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function withTags(record: SupporterRecord, tags: readonly string[]): SupporterRecord {
  return { ...record, tags };
}

function without(tags: readonly string[], tag: Json | undefined): readonly string[] {
  return tags.filter((other) => other !== tag);
}

/**
 * A refusal for each purpose and channel that is not refused already: of the purpose named, or of all.
 * `engagement` is always among the latter, so that a stranger's STOP is kept too.
 */
function withdrawals(record: SupporterRecord, args: Arguments, at: Date): ConsentRecord[] {
  const named = PURPOSES.find((purpose) => purpose === args['purpose']);
  const latest = new Map<string, { purpose: Purpose; channel?: string; given: boolean }>();
  if (named === undefined) latest.set('engagement ', { purpose: 'engagement', given: true });
  else latest.set(`${named} `, { purpose: named, given: true });
  for (const { purpose, channel, given } of record.consents) {
    if (named !== undefined && purpose !== named) continue;
    const place = channel === undefined ? { purpose } : { purpose, channel };
    latest.set(`${purpose} ${channel ?? ''}`, { ...place, given });
  }
  return [...latest.values()]
    .filter((consent) => consent.given)
    .map((consent) => ({
      ...consent,
      given: false,
      wording: 'STOP',
      version: 'rule',
      language: record.language,
      source: 'stop',
      at,
    }));
}
