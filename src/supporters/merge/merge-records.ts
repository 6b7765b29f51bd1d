import { ADDRESSES_WITH_SEEN, boundConsents, SEEN_PER_ADDRESS } from '../bounds.js';
import { isPlaceField, mergePlaces } from '../places/locate.js';
import { TEXT_FIELDS } from '../profile.js';
import type { ConsentRecord, Handoff, SupporterRecord } from '../record.js';
import { mergeSummaries } from './merge-summaries.js';
import { renumber } from './renumber.js';

/**
 * One profile of two that are the same person; pure. What `kept` says wins, what it does not say comes
 * from `merged`; preferences, fields and tags are united, and so are the consents, in the order of time,
 * so that the latest word counts. The conversation last active goes on, or that of `kept` whatever was
 * said since, and then where `merged` was. Neither may have anything left in its outbox.
 */
export function mergeRecords(
  kept: SupporterRecord,
  merged: SupporterRecord,
  goesOn: 'latest' | 'kept' = 'latest',
): SupporterRecord {
  const isKeptActive = activeAt(kept) >= activeAt(merged);
  const [active, other] = isKeptActive ? [kept, merged] : [merged, kept];
  const [going, resting] = goesOn === 'kept' ? [kept, merged] : [active, other];
  const { session, by } = renumber(going.session, resting.session.turn);
  const handoff = mergeHandoffs(going.handoff, resting.handoff, by, session.turn);
  const due = earliest(active.due, other.due);
  const heard = latest(active.heard_at, other.heard_at);
  const summary = mergeSummaries(kept.summary, merged.summary);
  const news = [...(kept.news ?? []), ...(merged.news ?? [])];
  const imported = [...(kept.imported ?? []), ...(merged.imported ?? [])];
  const {
    lease: _lease,
    due: _due,
    handoff: _handoff,
    heard_at: _heard,
    ...lasting
  } = mergePlaces(kept, merged);
  return {
    ...lasting,
    ...missingTexts(kept, merged),
    ...confirmation(kept, merged),
    ...(kept.support_level === undefined && merged.support_level !== undefined
      ? { support_level: merged.support_level }
      : {}),
    created_at: earliest(kept.created_at, merged.created_at) ?? kept.created_at,
    ...(heard === undefined ? {} : { heard_at: heard }),
    preferences: { ...merged.preferences, ...kept.preferences },
    fields: { ...merged.fields, ...kept.fields },
    tags: [...new Set([...kept.tags, ...merged.tags])],
    consents: boundConsents(mergeConsents(kept.consents, merged.consents)),
    ...(summary === undefined ? {} : { summary }),
    ...(news.length === 0 ? {} : { news }),
    ...(imported.length === 0 ? {} : { imported }),
    session,
    // Clocks of networks differ: who asked to go on elsewhere is there.
    last: goesOn === 'kept' ? merged.last : active.last,
    seen: mergeSeen(active.seen, other.seen),
    turns: Math.max(kept.turns, merged.turns) + 1,
    outbox: [],
    ...(due === undefined ? {} : { due }),
    ...(handoff === undefined ? {} : { handoff }),
    merged_from: [...(kept.merged_from ?? []), merged._id, ...(merged.merged_from ?? [])],
  };
}

function activeAt({ heard_at, created_at }: SupporterRecord): number {
  return (heard_at ?? created_at).getTime();
}

function missingTexts(kept: SupporterRecord, merged: SupporterRecord): Partial<SupporterRecord> {
  const missing = TEXT_FIELDS.filter(
    (field) => kept[field] === undefined && field !== 'postal_code' && !isPlaceField(field),
  );
  return Object.fromEntries(
    missing.flatMap((field) => (merged[field] === undefined ? [] : [[field, merged[field]]])),
  );
}

/** A confirmation goes with the address it confirms. */
function confirmation(kept: SupporterRecord, merged: SupporterRecord): Partial<SupporterRecord> {
  const isOfBoth = kept.email === undefined || kept.email === merged.email;
  const at = kept.email_confirmed_at ?? (isOfBoth ? merged.email_confirmed_at : undefined);
  return at === undefined ? {} : { email_confirmed_at: at };
}

/**
 * In the order of time; at one instant a refusal counts more. A STOP said to one of the two silences
 * what the other had agreed to before it, for it was meant for the whole campaign.
 */
export function mergeConsents(
  one: readonly ConsentRecord[],
  other: readonly ConsentRecord[],
): readonly ConsentRecord[] {
  const all = [...one, ...other].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || Number(b.given) - Number(a.given),
  );
  const inForce = new Map<string, ConsentRecord>();
  return all.flatMap((consent) => {
    const place = placeOf(consent);
    if (consent.given) inForce.set(place, consent);
    else inForce.delete(place);
    if (consent.given || consent.source !== 'stop') return [consent];
    const silenced = [...inForce.values()]
      // What that STOP itself names comes with records of its own.
      .filter((given) => !all.some((stop) => isSameStop(stop, consent, given)))
      .map((given) => withPlace(consent, given));
    for (const stopped of silenced) inForce.delete(placeOf(stopped));
    return [consent, ...silenced];
  });
}

function isSameStop(stop: ConsentRecord, consent: ConsentRecord, given: ConsentRecord): boolean {
  return (
    !stop.given &&
    stop.source === 'stop' &&
    stop.at.getTime() === consent.at.getTime() &&
    placeOf(stop) === placeOf(given)
  );
}

/** The consent for another purpose and channel. */
function withPlace(
  consent: ConsentRecord,
  { purpose, channel }: Pick<ConsentRecord, 'purpose' | 'channel'>,
): ConsentRecord {
  const { channel: _, ...rest } = consent;
  return { ...rest, purpose, ...(channel === undefined ? {} : { channel }) };
}

function placeOf({ purpose, channel }: ConsentRecord): string {
  return `${purpose} ${channel ?? ''}`;
}

/** The team keeps a conversation it has, with every question that is open in it. */
function mergeHandoffs(
  active: Handoff | undefined,
  other: Handoff | undefined,
  by: number,
  turn: number,
): Handoff | undefined {
  if (active !== undefined) return { ...active, turn: active.turn + by };
  return other === undefined ? undefined : { ...other, turn };
}

/** Keys keep the order of their last use, so those of the active one come last. */
function mergeSeen(
  active: SupporterRecord['seen'],
  other: SupporterRecord['seen'],
): SupporterRecord['seen'] {
  const rest = Object.entries(other).filter(([address]) => active[address] === undefined);
  const used = Object.entries(active).map(([address, ids]): [string, readonly string[]] => [
    address,
    [...new Set([...(other[address] ?? []), ...ids])].slice(-SEEN_PER_ADDRESS),
  ]);
  return Object.fromEntries([...rest, ...used].slice(-ADDRESSES_WITH_SEEN));
}

function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one <= other ? one : other;
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one >= other ? one : other;
}
