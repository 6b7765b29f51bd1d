import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeRecords } from '../../../src/supporters/merge/merge-records.js';
import { locate } from '../../../src/supporters/places/locate.js';
import { createLocating } from '../../../src/supporters/places/locating.js';
import { remember } from '../../../src/supporters/profile.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { placesOf, readLists } from './lists.js';

const places = placesOf(readLists());
const reach = { channel: 'web', address: 'a' };
const at = new Date('2032-01-01T12:00:00Z');
const later = new Date('2032-01-02T12:00:00Z');
const stranger = newSupporter('s', 'fr', reach, at);

/** What a turn that tells these comes to. */
function tell(record: SupporterRecord, told: Record<string, string>, when = at): SupporterRecord {
  const next = Object.entries(told).reduce(
    (one, [field, value]) => remember(one, field, value),
    record,
  );
  return locate(next, places, 'fr', when);
}

describe('where a supporter lives', () => {
  test('is filled in from the postal code, with source and time', () => {
    expect(tell(stranger, { postal_code: '35000' })).toEqual({
      ...stranger,
      postal_code: '35000',
      commune: '35238',
      commune_name: 'Rennes',
      department: '35',
      region: '53',
      territory: 'metropole',
      timezone: 'Europe/Paris',
      located: {
        postal_code: '35000',
        source: 'lists 6.0.0',
        at,
        fields: ['commune', 'commune_name', 'department', 'region', 'territory', 'timezone'],
      },
    });
  });

  test('is only what all communes of the postal code have in common', () => {
    const several = tell(stranger, { postal_code: '97500' });
    expect(several).toMatchObject({ department: '975', timezone: 'America/Miquelon' });
    expect(several).not.toHaveProperty('commune');
    expect(several).not.toHaveProperty('commune_name');
    expect(tell(stranger, { postal_code: '05110' })).not.toHaveProperty('department');
  });

  test('is completed by the commune that was chosen, which then counts as told', () => {
    const chosen = tell(tell(stranger, { postal_code: '05110' }), { commune: '04058' }, later);
    expect(chosen).toMatchObject({ commune: '04058', commune_name: 'Claret', department: '04' });
    expect(chosen.located).toMatchObject({ commune: '04058', at: later });
    expect(chosen.located?.fields).not.toContain('commune');
  });

  test('follows a corrected postal code', () => {
    const moved = tell(tell(stranger, { postal_code: '75011' }), { postal_code: '97400' }, later);
    expect(moved).toMatchObject({
      commune_name: 'Saint-Denis',
      territory: 'reunion',
      timezone: 'Indian/Reunion',
      located: { at: later },
    });
    expect(moved).not.toHaveProperty('arrondissement');
  });

  test('is unknown again when nothing is known of the corrected postal code', () => {
    const gone = tell(tell(stranger, { postal_code: '35000' }), { postal_code: '98000' }, later);
    const { located, ...rest } = gone;
    expect(rest).toEqual({ ...stranger, postal_code: '98000' });
    expect(located?.fields).toEqual([]);
  });

  test('never overwrites what the supporter told, whatever postal codes follow', () => {
    const told = tell(stranger, { timezone: 'Asia/Tokyo', department: '2A', postal_code: '35000' });
    expect(told).toMatchObject({ timezone: 'Asia/Tokyo', department: '2A', region: '53' });
    const moved = tell(told, { postal_code: '97400' }, later);
    expect(moved).toMatchObject({ timezone: 'Asia/Tokyo', department: '2A', region: '04' });
    const again = tell(tell(stranger, { postal_code: '35000' }), { timezone: 'Asia/Tokyo' });
    expect(tell(again, { postal_code: '97400' })).toMatchObject({ timezone: 'Asia/Tokyo' });
  });

  test('lets go of a chosen commune with its postal code, unless the new one has it too', () => {
    const chosen = tell(tell(stranger, { postal_code: '97500' }), { commune: '97501' });
    expect(tell(chosen, { postal_code: '35000' })).toMatchObject({ commune: '35238' });
    const rennes = tell(tell(stranger, { postal_code: '35000' }), { commune: '35238' });
    const moved = tell(rennes, { postal_code: '35200' }, later);
    expect(moved).toMatchObject({ commune: '35238', commune_name: 'Rennes' });
    expect(moved.located?.fields).not.toContain('commune');
  });

  test('keeps a commune that no list has, without another one’s name', () => {
    const own = tell(tell(stranger, { postal_code: '35000' }), { commune: 'Valbrume' });
    expect(own).toMatchObject({ commune: 'Valbrume', department: '35' });
    expect(own).not.toHaveProperty('commune_name');
  });

  test('is looked up in France only, and only once', () => {
    const told = remember(stranger, 'postal_code', '35000');
    expect(locate(told, places, 'us', at)).toBe(told);
    const located = locate(told, places, 'fr', at);
    expect(locate(located, places, 'fr', later)).toBe(located);
  });

  test('is the same whatever came before the last postal code, when nothing else was told', () => {
    const codes = fc.constantFrom(
      '35000',
      '97500',
      '05110',
      '75011',
      '98000',
      '35069',
      '20407',
      '98742',
    );
    fc.assert(
      fc.property(fc.array(codes, { maxLength: 5 }), codes, (before, last) => {
        const wandered = before.reduce(
          (record, code) => tell(record, { postal_code: code }),
          stranger,
        );
        expect(tell(wandered, { postal_code: last })).toEqual(
          tell(stranger, { postal_code: last }),
        );
      }),
    );
  });

  test('goes with its postal code when two profiles are merged', () => {
    const located = tell({ ...stranger, _id: 't' }, { postal_code: '35000' });
    expect(mergeRecords(stranger, located)).toMatchObject({
      postal_code: '35000',
      commune: '35238',
    });
    expect(mergeRecords(located, tell(stranger, { postal_code: '75011' }))).not.toHaveProperty(
      'arrondissement',
    );
    const chosen = tell(tell(stranger, { postal_code: '97500' }), { commune: '97501' });
    expect(
      mergeRecords(tell({ ...stranger, _id: 't' }, { postal_code: '97500' }), chosen),
    ).toMatchObject({
      commune: '97501',
      commune_name: 'Miquelon-Langlade',
    });
    const tokyo = tell(stranger, { timezone: 'Asia/Tokyo' });
    const merged = mergeRecords(tokyo, located);
    expect(merged).toMatchObject({ commune: '35238', timezone: 'Asia/Tokyo' });
    expect(locate(merged, places, 'fr', later)).toBe(merged);
    expect(mergeRecords(stranger, { ...tokyo, _id: 't' })).toMatchObject({
      timezone: 'Asia/Tokyo',
    });
  });
});

describe('the action that locates', () => {
  function locating(record: SupporterRecord) {
    const writes: SupporterRecord[] = [];
    const { ask } = createLocating({
      places,
      country: () => 'fr',
      async write(_supporter, change) {
        const { record: next, answer } = change(writes.at(-1) ?? record);
        if (next !== undefined) writes.push(next);
        return Promise.resolve(answer);
      },
      now: () => later.getTime(),
    });
    return {
      writes,
      ask: (code?: string) =>
        ask({ supporter: 's', with: code === undefined ? {} : { postal_code: code } }),
    };
  }

  test('fills in what a profile of an earlier version lacks, once', async () => {
    const { ask, writes } = locating({ ...stranger, postal_code: '35000' });
    const answer = {
      state: 'one',
      options: [{ value: '35238', label: 'Rennes' }],
      commune: 'Rennes',
    };
    expect([await ask(), await ask()]).toEqual([answer, answer]);
    expect(writes).toMatchObject([{ commune: '35238', located: { at: later } }]);
  });

  test('offers the communes of a postal code that has several, until one is chosen', async () => {
    const several = tell(stranger, { postal_code: '97500' });
    const options = [
      { value: '97502', label: 'Saint-Pierre' },
      { value: '97501', label: 'Miquelon-Langlade' },
    ];
    expect(await locating(several).ask()).toEqual({ state: 'several', options });
    const chosen = tell(several, { commune: '97501' });
    expect(await locating(chosen).ask()).toEqual({
      state: 'one',
      options,
      commune: 'Miquelon-Langlade',
    });
    expect(await locating(chosen).ask('35000')).toMatchObject({ commune: 'Rennes' });
  });

  test('tells when it knows the department only, or nothing', async () => {
    expect(await locating(stranger).ask('35069')).toEqual({ state: 'area', options: [] });
    expect(await locating(stranger).ask('98000')).toEqual({ state: 'unknown', options: [] });
    expect(await locating(stranger).ask()).toEqual({ state: 'unknown', options: [] });
  });
});
