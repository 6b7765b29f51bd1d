import { consentsNow } from '../../src/supporters/consents-now.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import type { Shift } from '../../src/volunteers/shift.js';

/** An open shift on a Saturday afternoon with ten places, in winter. */
export function sampleShift(more: Partial<Shift> = {}): Shift {
  return {
    _id: 'market',
    revision: 1,
    state: 'open',
    title: { fr: 'Tracts au marché', en: 'Leaflets at the market' },
    task: 'leaflets',
    place: {
      name: 'Place du Lavoir',
      address: '3 place du Lavoir',
      postal_code: '35000',
      lat: 48.1113,
      lon: -1.68,
    },
    timezone: 'Europe/Paris',
    starts: new Date('2031-11-22T13:00:00Z'),
    ends: new Date('2031-11-22T16:00:00Z'),
    capacity: 10,
    skills: [],
    languages: [],
    check_in: ['button', 'code', 'location'],
    code: '4711',
    signups: [],
    serial: 0,
    owed: [],
    at: new Date('2031-11-01T09:00:00Z'),
    ...more,
  };
}

/** A week before the shift, at noon. */
export const WEEK_BEFORE = Date.parse('2031-11-15T12:00:00Z');

/** Somebody who agreed to volunteer, and is reached on web chat. */
export function volunteer(id: string, more: Partial<SupporterRecord> = {}): SupporterRecord {
  const at = new Date('2031-10-01T09:00:00Z');
  const consents = [
    {
      purpose: 'volunteering' as const,
      given: true,
      wording: 'w',
      version: 'v',
      language: 'fr',
      source: 'volunteer.agree',
      at,
    },
  ];
  return {
    ...newSupporter(id, 'fr', { channel: 'web', address: id }, at),
    consents,
    consents_now: consentsNow(consents),
    reachable_on: ['web'],
    ...more,
  };
}
