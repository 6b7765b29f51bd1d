import type { Json } from '../engine/json.js';
import type { Event } from '../engine/event.js';
import { PURPOSES, type Purpose } from '../engine/flow.js';
import { openHandoff } from './handoff.js';
import type { SupporterRecord } from './record.js';
import { withdrawConsents, type WithdrawalProof } from './withdraw-consents.js';

type Arguments = { readonly [name: string]: Json };

/** Characters kept of the words that withdrew a consent. */
const LONGEST_WORDING = 200;

/**
 * Carries out an action that changes nothing but this supporter, so that it belongs to the turn's own
 * write: `supporter.tag`, `supporter.untag`, `consent.withdraw`, `staff.handoff`. Returns undefined for
 * any other action, which is then an effect of its own. `event` is what the supporter did.
 */
export function actWithin(
  record: SupporterRecord,
  action: string,
  args: Arguments,
  at: Date,
  event: Event,
): SupporterRecord | undefined {
  switch (action) {
    case 'supporter.tag':
      return withTags(record, [...without(record.tags, args['tag']), textOf(args['tag'])]);
    case 'supporter.untag':
      return withTags(record, without(record.tags, args['tag']));
    case 'consent.withdraw':
      return withdrawConsents(record, purposeOf(args), proofOf(event), at);
    case 'staff.handoff': {
      const { reason } = args;
      return openHandoff(record, typeof reason === 'string' ? reason : undefined, at);
    }
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

function purposeOf(args: Arguments): Purpose | undefined {
  return PURPOSES.find((purpose) => purpose === args['purpose']);
}

function without(tags: readonly string[], tag: Json | undefined): readonly string[] {
  return tags.filter((other) => other !== tag);
}

/** The words that withdrew, and whether they are a rule (`stop`) or what a flow made of them. */
function proofOf(event: Event): WithdrawalProof {
  if (event.type === 'said') {
    const wording = event.text.trim().slice(0, LONGEST_WORDING);
    if (event.rule !== undefined) return { wording, version: 'rule', source: event.rule };
    const command = /^\/([a-z]+)/i.exec(wording)?.[1]?.toLowerCase();
    if (command !== undefined) return { wording, version: 'command', source: command };
    return { wording, version: 'words', source: event.intent ?? 'answer' };
  }
  const wording = event.type === 'chose' ? event.values.join(', ') : '';
  return { wording, version: 'event', source: event.type };
}
