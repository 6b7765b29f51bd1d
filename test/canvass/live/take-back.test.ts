import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openDoors, type Doors } from '../../../src/canvass/doors.js';
import { findMerged } from '../../../src/canvass/live/find-merged.js';
import { takeBack } from '../../../src/canvass/live/take-back.js';
import { summariseOutings, watchOutings } from '../../../src/canvass/live/watch-outings.js';
import { withStreets } from '../../../src/canvass/live/with-streets.js';
import { openTurfs, type TurfRow, type Turfs } from '../../../src/canvass/turfs.js';
import { openVisits, type VisitRow, type Visits } from '../../../src/canvass/visits.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { openHere } from '../../store/support.js';

let tables: { readonly doors: Doors; readonly visits: Visits; readonly turfs: Turfs };
let supporters: Supporters;
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  tables = {
    doors: openDoors(connection),
    visits: openVisits(connection),
    turfs: openTurfs(connection),
  };
  supporters = openSupporters(connection);
  for (const { table } of [...Object.values(tables), supporters]) await table.createIndexes();
});
afterEach(() => close());

const at = (second: number): Date => new Date(Date.parse('2032-03-01T17:00Z') + second * 1_000);
const NOW = at(90_000);
let made = 0;

function visit(door: string, more: Partial<VisitRow> = {}): VisitRow {
  made += 1;
  return {
    _id: `v${made}`,
    door,
    turf: 't1',
    canvasser: 'c1',
    result: 'not_home',
    at: at(made * 60),
    received_at: at(made * 60),
    outing: 'o1',
    ...more,
  };
}

function turf(id: string, doors: TurfRow['doors'], more: Partial<TurfRow> = {}): TurfRow {
  return {
    _id: id,
    name: `Turf ${id}`,
    stations: ['35999_0001'],
    doors,
    centre: { lat: 48, lon: -1.6 },
    metres: 100,
    canvassers: [],
    state: 'done',
    rank: 1,
    revision: 3,
    at: at(0),
    ...more,
  };
}

async function results(id = 't1'): Promise<Record<string, string>> {
  const found = await tables.turfs.table.get(id);
  return Object.fromEntries((found?.doors ?? []).map(({ door, result = '' }) => [door, result]));
}

describe('an outing that is taken back', () => {
  test('leaves its doors to do again, or as an earlier visit left them, and others alone', async () => {
    await tables.visits.table.insertAll([
      visit('a', { result: 'refused', outing: 'o0', canvasser: 'c0' }),
      visit('a'),
      visit('b', { result: 'canvassed' }),
      visit('c', { result: 'moved', outing: 'o2' }),
    ]);
    await tables.turfs.table.insert(
      turf('t1', [
        { door: 'a', result: 'not_home' },
        { door: 'b', result: 'canvassed', held_by: 'c9' },
        { door: 'c', result: 'moved' },
      ]),
    );
    expect(await takeBack(tables, 'o1', NOW)).toEqual({ visits: 2, doors: 2 });
    expect(await results()).toEqual({ a: 'refused', b: '', c: 'moved' });
    expect(await tables.turfs.table.get('t1')).toMatchObject({ state: 'free', revision: 4 });
    expect((await tables.turfs.table.get('t1'))?.doors[1]).toEqual({ door: 'b', held_by: 'c9' });
    expect(await tables.visits.table.find({ outing: 'o1' })).toMatchObject([
      { undone_at: NOW },
      { undone_at: NOW },
    ]);
    expect(await tables.visits.table.count({ undone_at: null })).toBe(2);
    // Again, as after a crash: nothing more.
    expect(await takeBack(tables, 'o1', at(99_000))).toEqual({ visits: 0, doors: 0 });
    expect(await tables.visits.table.find({ outing: 'o1' })).toMatchObject([
      { undone_at: NOW },
      { undone_at: NOW },
    ]);
  });

  test('is finished by the next try when it was killed before the turfs', async () => {
    await tables.visits.table.insertAll([visit('a'), visit('b', { turf: 't2' })]);
    await tables.turfs.table.insert(turf('t1', [{ door: 'a', result: 'not_home' }]));
    await tables.turfs.table.insert(
      turf('t2', [{ door: 'b', result: 'not_home' }], { canvassers: ['c1'], state: 'walked' }),
    );
    const broken = { ...tables.turfs.table, get: () => Promise.reject(new Error('killed')) };
    await expect(takeBack({ ...tables, turfs: { table: broken } }, 'o1', NOW)).rejects.toThrow(
      'killed',
    );
    expect(await results()).toEqual({ a: 'not_home' });
    expect(await takeBack(tables, 'o1', NOW)).toEqual({ visits: 0, doors: 2 });
    expect(await results('t2')).toEqual({ b: '' });
    expect(await tables.turfs.table.get('t2')).toMatchObject({ state: 'walked' });
  });

  test('does not undo what a volunteer reports meanwhile', async () => {
    await tables.visits.table.insertAll([visit('a')]);
    const row = turf('t1', [{ door: 'a', result: 'not_home' }, { door: 'z' }]);
    await tables.turfs.table.insert(row);
    let reported = false;
    const { table } = tables.turfs;
    const meanwhile = {
      table: {
        ...table,
        async replaceIf(...args: Parameters<typeof table.replaceIf>) {
          if (!reported) {
            reported = true;
            const doors = row.doors.map((one) =>
              one.door === 'z' ? { door: 'z', result: 'moved' as const } : one,
            );
            await table.replaceIf({ revision: 3 }, { ...row, doors, revision: 4 });
          }
          return table.replaceIf(...args);
        },
      },
    };
    await takeBack({ ...tables, turfs: meanwhile }, 'o1', NOW);
    expect(await results()).toEqual({ a: '', z: 'moved' });
  });

  test('is unknown when nobody went on it, and bears with a turf that is gone', async () => {
    expect(await takeBack(tables, 'o7', NOW)).toBeUndefined();
    await tables.visits.table.insertAll([visit('a', { turf: 'gone' })]);
    expect(await takeBack(tables, 'o1', NOW)).toEqual({ visits: 1, doors: 0 });
  });

  test('leaves every door as its last counting visit has it, whatever was taken back in which order', async () => {
    const anyVisit = fc.record({
      door: fc.constantFrom('a', 'b', 'c'),
      result: fc.constantFrom('not_home', 'canvassed', 'refused'),
      outing: fc.constantFrom('o1', 'o2', 'o3'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyVisit, { minLength: 1, maxLength: 12 }),
        fc.shuffledSubarray(['o1', 'o2', 'o3']),
        async (told, taken) => {
          await tables.visits.table.remove({});
          await tables.turfs.table.remove({});
          const rows = told.map((one) =>
            visit(one.door, { result: one.result, outing: one.outing }),
          );
          await tables.visits.table.insertAll(rows);
          const lastOf = (some: readonly VisitRow[], door: string) =>
            some.findLast((one) => one.door === door)?.result;
          const doors = ['a', 'b', 'c'].map((door) => {
            const result = lastOf(rows, door);
            return result === undefined ? { door } : { door, result };
          });
          await tables.turfs.table.insert(turf('t1', doors, { state: 'walked' }));
          for (const outing of taken) await takeBack(tables, outing, NOW);
          const left = rows.filter(({ outing }) => !taken.includes(outing));
          expect(await results()).toEqual(
            Object.fromEntries(['a', 'b', 'c'].map((door) => [door, lastOf(left, door) ?? ''])),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('outings', () => {
  test('are looked through one by one, with the places of their doors', async () => {
    const door = { street: 'Rue du Lac', city: 'Valbrume', building: 'x', at: at(0) };
    await tables.doors.table.insertAll(
      ['a', 'b', 'c'].map((_id) => ({ ...door, _id, lat: 48, lon: -1.6 })),
    );
    const from = { lat: 48.1, lon: -1.6 };
    await tables.visits.table.insertAll([
      ...['a', 'b', 'c'].map((id) => visit(id, { outing: 'far', from })),
      ...['a', 'b', 'c'].map((id) => visit(id, { outing: 'near', from: { lat: 48, lon: -1.6 } })),
      ...['a', 'b', 'c'].map((id) => visit(id, { outing: 'back', from, undone_at: NOW })),
    ]);
    const alerts: string[] = [];
    for await (const { outing, type } of watchOutings(tables.visits, tables.doors)) {
      alerts.push(`${outing} ${type}`);
    }
    expect(alerts).toEqual(['far far_away']);
    const outings: string[] = [];
    for await (const { outing, doors } of summariseOutings(tables.visits))
      outings.push(`${outing} ${doors}`);
    expect(outings.toSorted()).toEqual(['far 3', 'near 3']);
  });

  test('are told by street, also where a door is gone', async () => {
    await tables.doors.table.insert({
      _id: 'a',
      street: 'Rue du Lac',
      lat: 1,
      lon: 1,
      building: '',
      at: NOW,
    });
    const streets: string[] = [];
    const some = (async function* () {
      await Promise.resolve();
      yield* [{ door: 'a' }, { door: 'gone' }];
    })();
    for await (const { street } of withStreets(some, tables.doors)) streets.push(street);
    expect(streets).toEqual(['Rue du Lac', '?']);
  });
});

describe('volunteers whose profiles were merged', () => {
  const DAY = '2032-03-01';
  beforeEach(async () => {
    const doors = Array.from({ length: 12 }, (_, n) => ({
      door: `d${n}`,
      result: 'not_home' as const,
    }));
    await tables.turfs.table.insert(turf('t1', doors));
    // Doors seconds apart, by turns of the telephone and of the browser of one person.
    await tables.visits.table.insertAll(
      doors.map(({ door }, n) => {
        const canvasser = n % 2 === 0 ? 'old' : 'lea';
        return visit(door, { canvasser, outing: `${canvasser}:t1:${DAY}`, at: at(n) });
      }),
    );
    await tables.visits.table.insert(
      visit('d0', { canvasser: 'max', outing: `max:t1:${DAY}`, at: at(-500) }),
    );
  });
  test('are one person in figures and alerts, and their outing is taken back whole', async () => {
    const lea = newSupporter('lea', 'fr', { channel: 'web', address: 'a' }, at(0));
    await supporters.table.insert({ ...lea, merged_from: ['old', 'older'] });
    const merged = await findMerged(tables.visits, supporters.table);
    expect([...merged]).toEqual([['old', 'lea']]);
    const read = async (): Promise<Record<string, number>> => {
      const found: Record<string, number> = {};
      for await (const { outing, doors } of summariseOutings(tables.visits, merged)) {
        found[outing] = doors;
      }
      return found;
    };
    expect(await read()).toEqual({ [`lea:t1:${DAY}`]: 12, [`max:t1:${DAY}`]: 1 });
    const alerts = [];
    for await (const alert of watchOutings(tables.visits, tables.doors, merged)) alerts.push(alert);
    expect(alerts).toMatchObject([{ type: 'seconds_apart', canvasser: 'lea', doors: 11 }]);
    const taken = await takeBack(tables, `lea:t1:${DAY}`, NOW, merged);
    expect(taken).toEqual({ visits: 12, doors: 11 });
    expect(await read()).toEqual({ [`max:t1:${DAY}`]: 1 });
  });

  test('have an outing of their own where nobody else reported under the new name', async () => {
    await tables.visits.table.remove({ canvasser: 'lea' });
    const names = [];
    const merged = new Map([['old', 'lea']]);
    for await (const { outing } of summariseOutings(tables.visits, merged)) names.push(outing);
    expect(names.toSorted()).toEqual([`lea:t1:${DAY}`, `max:t1:${DAY}`]);
  });
});
