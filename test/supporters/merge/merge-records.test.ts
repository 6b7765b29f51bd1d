import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONSENT_RECORDS, ADDRESSES_WITH_SEEN } from '../../../src/supporters/bounds.js';
import { mergeRecords } from '../../../src/supporters/merge/merge-records.js';
import { viewSupporter } from '../../../src/supporters/profile.js';
import type { ConsentRecord, SupporterRecord } from '../../../src/supporters/record.js';
import { person } from './people.js';

type Two = readonly [SupporterRecord, SupporterRecord];

/** Holds for two people whatever they said. */
function always(holds: (...two: Two) => void): void {
  fc.assert(fc.property(person('k'), person('m'), holds), { numRuns: 300 });
}

/** What is in force at the end, by purpose and channel. */
function inForce(consents: readonly ConsentRecord[]): Map<string, ConsentRecord> {
  return new Map(consents.map((one) => [`${one.purpose} ${one.channel ?? ''}`, one]));
}

describe('a profile of two', () => {
  test('says what the kept one said, and what only the other said', () =>
    always((kept, merged) => {
      const both = mergeRecords(kept, merged);
      for (const field of ['email', 'first_name', 'support_level'] as const) {
        expect(both[field]).toBe(kept[field] ?? merged[field]);
      }
      expect(both.preferences).toEqual({ ...merged.preferences, ...kept.preferences });
      expect(both.fields).toEqual({ ...merged.fields, ...kept.fields });
      expect(new Set(both.tags)).toEqual(new Set([...kept.tags, ...merged.tags]));
      expect(both.tags).toHaveLength(new Set(both.tags).size);
      expect(both._id).toBe('k');
      expect(both.merged_from).toEqual(['m']);
      expect(both.created_at).toEqual(
        kept.created_at < merged.created_at ? kept.created_at : merged.created_at,
      );
    }));

  test('has a confirmed e-mail only where that very address was confirmed', () =>
    always((kept, merged) => {
      const both = mergeRecords(kept, merged);
      const confirmed = [kept, merged].some(
        (one) => one.email === both.email && one.email_confirmed_at !== undefined,
      );
      expect(both.email_confirmed_at !== undefined).toBe(confirmed && both.email !== undefined);
    }));

  test('agrees to nothing that either withdrew later, and to nothing that neither agreed to', () =>
    always((kept, merged) => {
      const both = mergeRecords(kept, merged);
      expect(both.consents.length).toBeLessThanOrEqual(CONSENT_RECORDS);
      const said = [...kept.consents, ...merged.consents];
      for (const [place, consent] of inForce(both.consents)) {
        if (!consent.given) continue;
        expect(said).toContainEqual(consent);
        const later = said.filter(
          (other) =>
            !other.given &&
            other.at >= consent.at &&
            (other.source === 'stop' || `${other.purpose} ${other.channel ?? ''}` === place),
        );
        // A STOP takes back all that was agreed to before it, but not what is agreed to at that instant.
        expect(later.filter((other) => other.at > consent.at || other.source !== 'stop')).toEqual(
          [],
        );
      }
      const times = both.consents.map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((one, other) => one - other));
      const given = Object.values(viewSupporter(both).consents).filter(Boolean).length;
      expect(given).toBeLessThanOrEqual(3);
    }));

  test('goes on with the conversation last active, under turns and questions that never were', () =>
    always((kept, merged) => {
      const both = mergeRecords(kept, merged);
      const [active, other] =
        (kept.heard_at ?? 0) >= (merged.heard_at ?? 0) ? [kept, merged] : [merged, kept];
      expect(both.last).toEqual(active.last);
      expect(both.session.frames.map(({ step }) => step)).toEqual(
        active.session.frames.map(({ step }) => step),
      );
      expect(both.turns).toBeGreaterThan(Math.max(kept.turns, merged.turns));
      for (const { asked } of both.session.frames) {
        expect(asked).toBeGreaterThan(other.session.turn);
        expect(asked).toBeLessThanOrEqual(both.session.turn);
      }
      expect(both.session.turn).toBeGreaterThanOrEqual(other.session.turn);
      expect(Object.keys(both.seen).length).toBeLessThanOrEqual(ADDRESSES_WITH_SEEN);
      for (const address of Object.keys(active.seen)) expect(both.seen).toHaveProperty(address);
    }));
});

describe('what is said to the team and to the clock', () => {
  const at = new Date('2030-01-01T10:00:00Z');
  const two = (): Two => {
    const [kept, merged] =
      fc.sample(fc.tuple(person('k'), person('m')), { numRuns: 1, seed: 7 })[0] ?? [];
    if (kept === undefined || merged === undefined) throw new Error('Nobody was made up.');
    return [kept, merged];
  };

  test('stays with the team, whichever of the two asked for a person', () => {
    const [kept, merged] = two();
    const handoff = { at, open: true, turn: 2, until: at, reason: 'objection' } as const;
    for (const both of [
      mergeRecords({ ...kept, handoff }, merged),
      mergeRecords(kept, { ...merged, handoff }),
    ]) {
      expect(both.handoff).toMatchObject({ reason: 'objection', open: true });
    }
  });

  test('wakes at the earlier of two timers', () => {
    const [kept, merged] = two();
    const later = new Date(at.getTime() + 1);
    expect(mergeRecords({ ...kept, due: later }, { ...merged, due: at }).due).toEqual(at);
    expect(mergeRecords(kept, { ...merged, due: at }).due).toEqual(at);
    expect(mergeRecords(kept, merged)).not.toHaveProperty('due');
  });
});
