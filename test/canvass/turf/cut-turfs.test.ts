import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { metresBetween, type Point } from '../../../src/canvass/route/plane.js';
import { allot } from '../../../src/canvass/turf/allot.js';
import { cutTurfs, type Cut } from '../../../src/canvass/turf/cut-turfs.js';
import { streetsOf, type TownDoor } from '../town.js';

/** Towns of several quarters, near and far from each other, with houses, towers and farms. */
const someTown = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 6 }),
      y: fc.integer({ min: 0, max: 6 }),
      streets: fc.integer({ min: 1, max: 5 }),
      houses: fc.integer({ min: 1, max: 30 }),
      floors: fc.integer({ min: 1, max: 12 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((quarters) =>
    quarters.flatMap((quarter, index) =>
      streetsOf({ ...quarter, name: `Q${index}`, x: quarter.x * 253, y: quarter.y * 253 }),
    ),
  );
const someWish = fc.oneof(
  fc.record({ turfs: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ size: fc.integer({ min: 5, max: 120 }) }),
);

describe('cutting turfs', () => {
  test('gives every door to one turf, keeps buildings whole and turfs in one piece', () => {
    fc.assert(
      fc.property(someTown, someWish, (doors, wanted) => {
        const cut = cutTurfs(doors, { wanted });
        const all = cut.turfs.flatMap((turf) => turf.doors);
        expect(all.map(({ id }) => id).toSorted()).toEqual(doors.map(({ id }) => id).toSorted());
        const owners = new Map<string, number>();
        for (const [index, turf] of cut.turfs.entries()) {
          expect(turf.doors.length).toBeGreaterThan(0);
          expect(pieces(turf.doors, 150)).toBe(1);
          for (const { building } of turf.doors) {
            expect(owners.get(building) ?? index).toBe(index);
            owners.set(building, index);
          }
        }
        expectSizes(cut, wanted, doors);
        expect(cutTurfs(doors, { wanted })).toEqual(cut);
      }),
      { numRuns: 25 },
    );
  });

  test('makes them alike: a town of houses and towers in turfs of a hundred doors', () => {
    const doors = streetsOf({ name: 'T', x: 0, y: 0, streets: 30, houses: 80, floors: 9 });
    const cut = cutTurfs(doors, { wanted: { size: 100 } });
    expect(cut.turfs.filter(({ off }) => off !== undefined)).toEqual([]);
    for (const turf of cut.turfs) {
      expect(Math.abs(turf.doors.length / 100 - 1)).toBeLessThanOrEqual(0.1);
    }
  });

  test('says what could not be as large as the others, and why', () => {
    const town = streetsOf({ name: 'T', x: 0, y: 0, streets: 6, houses: 30, floors: 1 });
    const tower = streetsOf({ name: 'Tower', x: 30, y: 300, streets: 1, houses: 1, floors: 90 });
    const farm = streetsOf({ name: 'Farm', x: 4_000, y: 0, streets: 1, houses: 3, floors: 1 });
    const cut = cutTurfs([...town, ...tower, ...farm], { wanted: { size: 30 } });
    expect(cut.islands).toBe(2);
    const off = cut.turfs.filter((turf) => turf.off !== undefined);
    expect(off.map((turf) => `${turf.off ?? ''} ${turf.doors.length}`).toSorted()).toEqual([
      'building 90',
      'island 3',
    ]);
  });

  test('makes as many as there are islands when fewer are wanted, and no more than there are buildings', () => {
    const farms = [0, 1, 2].flatMap((at) =>
      streetsOf({ name: `F${at}`, x: at * 2_000, y: 0, streets: 1, houses: 2, floors: 1 }),
    );
    expect(cutTurfs(farms, { wanted: { turfs: 1 } }).turfs).toHaveLength(3);
    expect(cutTurfs(farms, { wanted: { turfs: 60 } }).turfs).toHaveLength(6);
    expect(cutTurfs([], { wanted: { turfs: 3 } })).toEqual({ turfs: [], size: 0, islands: 0 });
  });

  test('takes a longer reach where houses are far apart', () => {
    const hamlets = [0, 1, 2, 3].flatMap((at) =>
      streetsOf({ name: `H${at}`, x: at * 400, y: 0, streets: 1, houses: 10, floors: 1 }),
    );
    expect(cutTurfs(hamlets, { wanted: { turfs: 1 } }).turfs).toHaveLength(4);
    expect(cutTurfs(hamlets, { wanted: { turfs: 1 }, reach: 500 }).turfs).toHaveLength(1);
  });

  test('takes buildings that stand in the very same place', () => {
    const heap: TownDoor[] = Array.from({ length: 40 }, (_, at) => ({
      id: String(at),
      lat: 48,
      lon: 2,
      street: 'Rue',
      number: '1',
      building: `b${at}`,
    }));
    const cut = cutTurfs(heap, { wanted: { turfs: 4 } });
    expect(cut.turfs.map(({ doors }) => doors.length)).toEqual([10, 10, 10, 10]);
  });
});

describe('allotting turfs to islands', () => {
  test('gives each at least one, and as many as are wanted where that can be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (loads, wanted) => {
          const size = loads.reduce((sum, load) => sum + load, 0) / wanted;
          const turfs = allot(loads, size, wanted);
          expect(Math.min(...turfs)).toBeGreaterThanOrEqual(1);
          const sum = turfs.reduce((total, one) => total + one, 0);
          expect(sum).toBe(Math.max(wanted, loads.length));
        },
      ),
    );
  });

  test('divides where the parts come nearest to what is wished for', () => {
    expect(allot([145, 130, 90, 20], 100)).toEqual([2, 1, 1, 1]);
    expect(allot([300, 100], 100, 4)).toEqual([3, 1]);
    expect(allot([300, 100], 100, 3)).toEqual([2, 1]);
  });
});

/** A size that is off by more than a tenth is said to be, and why is true. */
function expectSizes(
  cut: Cut<TownDoor>,
  wanted: { turfs: number } | { size: number },
  doors: readonly TownDoor[],
): void {
  for (const turf of cut.turfs) {
    const isOff = Math.abs(turf.doors.length / cut.size - 1) > 0.1;
    expect(turf.off !== undefined).toBe(isOff);
    if (turf.off === 'building') {
      const counts = new Map<string, number>();
      for (const { building } of turf.doors) counts.set(building, (counts.get(building) ?? 0) + 1);
      expect(Math.max(...counts.values())).toBeGreaterThan(cut.size);
    }
  }
  if ('turfs' in wanted) {
    const buildings = new Set(doors.map(({ building }) => building)).size;
    expect(cut.turfs.length).toBeLessThanOrEqual(Math.max(wanted.turfs, cut.islands));
    expect(cut.turfs.length).toBeGreaterThanOrEqual(Math.min(cut.islands, buildings));
  }
}

/** In how many pieces doors fall that are joined within reach or in one building. */
function pieces(doors: readonly (Point & { building: string })[], reach: number): number {
  const left = new Set(doors);
  let count = 0;
  for (;;) {
    const [first] = left;
    if (first === undefined) return count;
    count += 1;
    left.delete(first);
    const queue = [first];
    for (const door of queue) {
      for (const other of left) {
        if (other.building !== door.building && metresBetween(door, other) > reach) continue;
        left.delete(other);
        queue.push(other);
      }
    }
  }
}
