import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createChance } from '../../../src/canvass/route/chance.js';
import { floorOf, orderBuilding } from '../../../src/canvass/route/order-building.js';
import { orderWalk, type WalkDoor } from '../../../src/canvass/route/order-walk.js';
import { metresBetween } from '../../../src/canvass/route/plane.js';

type Door = WalkDoor & { readonly id: string; readonly block: string };

/** Metres east and north of a point in Brittany, in degrees. */
function at(x: number, y: number): { lat: number; lon: number } {
  const metres = (6_371_008.8 * Math.PI) / 180;
  return { lat: 48.1 + y / metres, lon: -1.6 + x / (metres * Math.cos((48.1 * Math.PI) / 180)) };
}

/** A street from west to east, odd numbers in the north, ten metres a house; some houses have floors. */
function street(name: string, x: number, y: number, houses: number, floors: number): Door[] {
  return Array.from({ length: houses }, (_, house) => {
    const number = String(house + 1);
    const isOdd = house % 2 === 0;
    const point = at(x + 10 * Math.floor(house / 2), y + (isOdd ? 6 : -6));
    return Array.from({ length: house % 3 === 0 ? floors : 1 }, (_unused, floor) => ({
      ...point,
      id: `${name} ${number} ${floor}`,
      street: name,
      number,
      floor: String(floor),
      flat: 'A',
      building: `${name} ${number}`,
      block: `${name} ${isOdd ? 'odd' : 'even'}`,
    }));
  }).flat();
}

const someTown = fc
  .record({
    houses: fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 6 }),
    floors: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(({ houses, floors, seed }) => {
    const doors = houses.flatMap((count, index) =>
      street(`Rue ${index}`, (index % 2) * 300, index * 45, count, floors),
    );
    return shuffle(doors, seed);
  });

describe('the order of a walk', () => {
  test('goes to every door once, a building at a time, from the top down, a side at a time', () => {
    fc.assert(
      fc.property(someTown, (doors) => {
        const walk = orderWalk(doors);
        expect(walk.doors.map(({ id }) => id).toSorted()).toEqual(
          doors.map(({ id }) => id).toSorted(),
        );
        expectTogether(walk.doors.map(({ building }) => building));
        expectTogether(walk.doors.map(({ block }) => block));
        for (const [index, door] of walk.doors.entries()) {
          const before = walk.doors[index - 1];
          if (before?.building !== door.building) continue;
          expect(Number(before.floor)).toBeGreaterThan(Number(door.floor));
        }
        expect(orderWalk(doors)).toEqual(walk);
      }),
      { numRuns: 40 },
    );
  });

  test('begins where one stands, and ends where one wants to', () => {
    const doors = street('Rue du Lavoir', 0, 0, 20, 1);
    const far = orderWalk(doors, { start: at(300, 6) });
    expect(far.doors[0]?.number).toBe('19');
    const near = orderWalk(doors, { start: at(-50, 6) });
    expect(near.doors[0]?.number).toBe('1');
    const back = orderWalk(doors, { start: at(-50, 6), end: at(-50, -6) });
    expect([back.doors[0]?.number, back.doors.at(-1)?.number]).toEqual(['1', '2']);
    const towards = orderWalk(doors, { end: at(-50, -6) });
    expect(towards.doors.at(-1)?.number).toBe('2');
    // Up one side, across, and back on the other.
    expect(back.metres).toBeLessThan(90 + 90 + 12 + 100 + 2);
    expect(orderWalk([], { start: at(0, 0) })).toEqual({ doors: [], metres: 0 });
  });

  test('is as short as what one would walk by sight', () => {
    // Four parallel streets, joined at both ends: a snake of eight sides.
    const doors = [0, 1, 2, 3].flatMap((index) => street(`Rue ${index}`, 0, index * 40, 40, 1));
    const snake = 8 * 190 + 4 * 12 + 3 * 28;
    expect(orderWalk(shuffle(doors, 4)).metres).toBeLessThan(snake * 1.01);
  });

  test('takes for one side what is numbered one after another in a row', () => {
    const row = Array.from({ length: 12 }, (_, house) => ({
      ...at(house * 12, (house % 2) * 1.5),
      street: 'Clos des Tilleuls',
      number: String(house + 1),
      building: String(house),
    }));
    const numbers = orderWalk(shuffle(row, 2)).doors.map(({ number }) => Number(number));
    const up = Array.from({ length: 12 }, (_, house) => house + 1);
    expect([up, up.toReversed()]).toContainEqual(numbers);
  });

  test('goes by where houses stand when their numbers lead astray', () => {
    const places = [0, 50, 10, 40, 20, 30];
    const row = places.map((x, house) => ({
      ...at(x, 0),
      street: 'Le Bourg',
      number: String(2 * house + 1),
      building: String(house),
    }));
    expect(orderWalk(row).metres).toBeLessThan(51);
  });

  test('takes doors without number, street or place of their own', () => {
    const nowhere = Array.from({ length: 30 }, (_, door) => ({
      ...at(0, 0),
      street: '',
      building: `hamlet ${door}`,
    }));
    expect(orderWalk(nowhere).doors).toHaveLength(30);
    expect(orderWalk(nowhere).metres).toBe(0);
  });
});

describe('a building', () => {
  test.each([
    ['3', 3],
    ['RDC', 0],
    ['rez-de-chaussée', 0],
    ['3e étage', 3],
    ['Étage 12', 12],
    ['1er', 1],
    ['2nd floor', 2],
    ['-1', -1],
    ['sous-sol', -1],
    ['bâtiment B', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the floor %p as %p', (written, floor) => {
    expect(floorOf(written)).toBe(floor);
  });

  test('is walked from the top down, flats in their order, unknown floors last', () => {
    const doors = [
      { floor: 'RDC', flat: '2' },
      { flat: '9' },
      { floor: '2', flat: '10' },
      { floor: '2', flat: '9' },
      { floor: 'RDC', flat: '1' },
    ];
    expect(orderBuilding(doors).map(({ floor, flat }) => `${floor ?? '?'} ${flat}`)).toEqual([
      '2 9',
      '2 10',
      'RDC 1',
      'RDC 2',
      '? 9',
    ]);
  });
});

test('metres are metres', () => {
  expect(metresBetween(at(0, 0), at(30, 40))).toBeCloseTo(50, 2);
});

/** Each name stands in one run. */
function expectTogether(names: readonly string[]): void {
  const runs = names.filter((name, index) => names[index - 1] !== name);
  expect(runs).toHaveLength(new Set(names).size);
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const chance = createChance(seed);
  const shuffled = [...items];
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    const other = chance(index + 1);
    const [a, b] = [shuffled[index], shuffled[other]];
    if (a !== undefined && b !== undefined) [shuffled[index], shuffled[other]] = [b, a];
  }
  return shuffled;
}
