import type { Effect } from '../../engine/effect.js';
import type { JournalRow } from '../journal.js';

/**
 * What stays of a turn that was kept long enough: the consents it recorded, and the words that withdrew
 * some. Undefined when it proves nothing.
 */
export function trimEntry(row: JournalRow): JournalRow | undefined {
  const effects = row.effects.filter(isProof);
  if (effects.length === 0) return undefined;
  const withdraws = effects.some(({ type }) => type === 'act');
  const { at, channel } = row.event;
  const event = withdraws ? row.event : { type: 'elapsed' as const, at, channel };
  return { ...row, event, effects, trimmed: true };
}

function isProof(effect: Effect): boolean {
  return (
    effect.type === 'record_consent' ||
    (effect.type === 'act' && effect.action === 'consent.withdraw')
  );
}
