import type { DonationRow } from '../../src/donations/book/donation.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import type { VisitRow } from '../../src/canvass/visits.js';
import type { VoteRow } from '../../src/outreach/election-day/votes.js';
import type { Shift } from '../../src/volunteers/shift.js';

/** Somebody whom the campaign met at an instant. */
export function met(id: string, at: string, more: Partial<SupporterRecord> = {}): SupporterRecord {
  return {
    ...newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(at)),
    revision: 1,
    ...more,
  };
}

/** A yes or no to a request for consent. */
export function consent(
  purpose: SupporterRecord['consents'][number]['purpose'],
  at: string,
  given = true,
): SupporterRecord['consents'][number] {
  return {
    purpose,
    given,
    at: new Date(at),
    wording: 'Oui ?',
    version: '1',
    language: 'fr',
    source: 'welcome.agree',
  };
}

/** A gift that was paid. */
export function gift(
  id: string,
  supporter: string,
  cents: number,
  at: string,
  more: Partial<DonationRow> = {},
): DonationRow {
  return {
    _id: id,
    key: id,
    supporter,
    election: '2032',
    state: 'paid',
    cents,
    currency: 'EUR',
    gateway: 'stripe',
    until: new Date(at),
    declared: { eligible: true, own_money: true, at: new Date(at) },
    begun: 1,
    paid_cents: cents,
    paid_at: new Date(at),
    refunds: [],
    disputes: [],
    language: 'fr',
    at: new Date(at),
    ...more,
  };
}

/** One knock at a door. */
export function visit(
  id: string,
  at: string,
  result: VisitRow['result'],
  more: Partial<VisitRow> = {},
): VisitRow {
  return {
    _id: id,
    door: id,
    turf: 'turf',
    canvasser: 'walker',
    result,
    at: new Date(at),
    received_at: new Date(at),
    outing: 'outing',
    ...more,
  };
}

/** Somebody said that they voted. */
export function vote(supporter: string, at: string, territory = 'metropole'): VoteRow {
  return {
    _id: `1:${supporter}`,
    supporter,
    round: 1,
    territory,
    hour: '10',
    stopped: 0,
    key: supporter,
    at: new Date(at),
  };
}

/** A shift with people on it. */
export function shift(
  id: string,
  starts: string,
  signups: readonly (readonly [supporter: string, made: string])[],
): Shift {
  return {
    _id: id,
    revision: 1,
    state: 'open',
    title: { fr: id },
    task: 'leaflets',
    place: { name: 'Place', address: 'Place', lat: 48, lon: 2 },
    timezone: 'Europe/Paris',
    starts: new Date(starts),
    ends: new Date(Date.parse(starts) + 7_200_000),
    capacity: 10,
    skills: [],
    languages: [],
    check_in: ['button'],
    code: '1234',
    signups: signups.map(([supporter, made], n) => ({
      n,
      supporter,
      state: 'scheduled',
      since: new Date(made),
      made: new Date(made),
      acts: [],
    })),
    serial: signups.length,
    owed: [],
    at: new Date(starts),
  };
}
