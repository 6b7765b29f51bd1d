import { addressId } from '../addresses.js';
import { applyEffects } from '../apply-effects.js';
import { boundConsents } from '../bounds.js';
import type { JournalRow } from '../journal.js';
import type { ConsentRecord, SupporterRecord } from '../record.js';
import { isOutsideTurns } from '../withdraw-consents.js';

/** Two profiles made of one, and the journal entries that go to the one that lives again. */
export type Split = {
  readonly kept: SupporterRecord;
  readonly merged: SupporterRecord;
  readonly moved: readonly string[];
};

/**
 * Two profiles again some time after they were merged; pure. Each begins with what it was, and what came
 * `since` is done again to the one whose address it came by: `owned` are those of the merged one. A
 * withdrawal, and a conversation that the team has, hold for both. The conversation under way goes on
 * where it was last heard; the other one stands where it stood.
 */
export function splitRecords(
  before: { readonly kept: SupporterRecord; readonly merged: SupporterRecord },
  current: SupporterRecord,
  since: readonly JournalRow[],
  owned: ReadonlySet<string>,
): Split {
  const isOfMerged = ({ channel, address }: { channel: string; address: string }): boolean =>
    owned.has(addressId(channel, address));
  let { kept, merged } = before;
  const moved: string[] = [];
  for (const row of [...since].sort((one, other) => one.turn - other.turn)) {
    const isMine = !isOfMerged(row);
    if (!isMine) moved.push(row._id);
    kept = withTurn(kept, row, isMine);
    merged = withTurn(merged, row, !isMine);
  }
  const goesOn = isOfMerged(current.last) ? 'merged' : 'kept';
  const known = new Set([...before.kept.consents, ...before.merged.consents].map(nameOf));
  const outside = current.consents.filter(
    (consent) => isOutsideTurns(consent) && !known.has(nameOf(consent)),
  );
  return {
    kept: withPresent(withConsents(kept, outside), current, goesOn === 'kept'),
    merged: withPresent(withConsents(merged, outside), current, goesOn === 'merged'),
    moved,
  };
}

/** What a turn did to the profile: all of it, or for the other one what withdraws consents. */
function withTurn(record: SupporterRecord, row: JournalRow, isOwn: boolean): SupporterRecord {
  const effects = isOwn
    ? row.effects
    : row.effects.filter((effect) => effect.type === 'act' && effect.action === 'consent.withdraw');
  const next = applyEffects(record, effects, row.at, row.event).record;
  return isOwn && isHeard(row) ? { ...next, heard_at: row.at } : next;
}

function isHeard({ event: { type } }: JournalRow): boolean {
  return type !== 'elapsed' && type !== 'returned' && type !== 'started';
}

/** With withdrawals of which the journal knows nothing, in the order of time. */
function withConsents(record: SupporterRecord, outside: readonly ConsentRecord[]): SupporterRecord {
  if (outside.length === 0) return record;
  const all = [...record.consents, ...outside].sort(
    (one, other) => one.at.getTime() - other.at.getTime(),
  );
  return { ...record, consents: boundConsents(all) };
}

function nameOf({ purpose, channel, source, at }: ConsentRecord): string {
  return JSON.stringify([purpose, channel, source, at.getTime()]);
}

/** What is so now for both, and for the one whose conversation goes on. */
function withPresent(
  record: SupporterRecord,
  current: SupporterRecord,
  goesOn: boolean,
): SupporterRecord {
  const { handoff: _handoff, due: before, ...lasting } = record;
  const session = goesOn
    ? current.session
    : { ...record.session, turn: Math.max(record.session.turn, current.session.turn) };
  const due = goesOn || current.handoff !== undefined ? current.due : before;
  const confirmed = record.email === current.email ? current.email_confirmed_at : undefined;
  return {
    ...lasting,
    ...(confirmed === undefined ? {} : { email_confirmed_at: confirmed }),
    session,
    // Ids of messages come from the turns: neither may use one again that the other's address has seen.
    turns: current.turns,
    seen: current.seen,
    ...(goesOn ? { last: current.last } : {}),
    ...(current.handoff === undefined
      ? {}
      : { handoff: goesOn ? current.handoff : { ...current.handoff, turn: session.turn } }),
    ...(due === undefined ? {} : { due }),
  };
}
