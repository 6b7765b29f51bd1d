import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWithin, type Place } from '../../../src/canvass/map/is-within.js';
import { layGround, type Outline } from '../../../src/canvass/map/outline.js';
import { placeAt } from '../town.js';

/** The corners of an outline as the console reads them. */
function linesOf(outline: Outline): Place[][] {
  return outline.map((loop) => {
    let [lat, lon] = [0, 0];
    return Array.from({ length: loop.length / 2 }, (_, at) => {
      lat += loop[2 * at] ?? 0;
      lon += loop[2 * at + 1] ?? 0;
      return { lat: lat / 100_000, lon: lon / 100_000 };
    });
  });
}

/** In an odd number of its lines: holes are outside. */
const covers = (outline: Outline, place: Place): boolean =>
  linesOf(outline).filter((line) => isWithin(place, line)).length % 2 === 1;

const houses = fc.array(
  fc.record({
    x: fc.integer({ min: -900, max: 900 }),
    y: fc.integer({ min: -900, max: 900 }),
    owner: fc.constantFrom('one', 'other', 'third'),
  }),
  { minLength: 1, maxLength: 120 },
);

describe('outlines of the ground on which doors lie', () => {
  test('cover every door but where three meet, and never belong to two', () => {
    fc.assert(
      fc.property(houses, (doors) => {
        const ground = layGround<string>(40, 2);
        for (const { x, y, owner } of doors) ground.add(placeAt(x, y), owner);
        const outlines = ground.outlines();
        const around = doors.map(
          ({ x, y }) => [...outlines.values()].filter((one) => covers(one, placeAt(x, y))).length,
        );
        expect(Math.max(...around)).toBe(1);
        expect(around.filter((count) => count === 1).length).toBeGreaterThan(0.9 * doors.length);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('are closed lines of whole steps, each going on where the one before ended', () => {
    const ground = layGround<string>(40, 2);
    for (let x = 0; x < 400; x += 20) ground.add(placeAt(x, 0), 'street');
    const [line] = linesOf(ground.outlines().get('street') ?? []);
    const box = {
      west: Math.min(...(line ?? []).map(({ lon }) => lon)),
      east: Math.max(...(line ?? []).map(({ lon }) => lon)),
    };
    const wide = (box.east - box.west) / (placeAt(1, 0).lon - placeAt(0, 0).lon);
    expect(wide).toBeGreaterThan(400);
    expect(wide).toBeLessThan(400 + 2 * 4 * 40);
    expect(line?.length).toBeLessThan(20);
  });

  test('join squares when there are very many, so that they stay small', () => {
    const ground = layGround<string>(10, 2);
    for (let x = 0; x < 300; x += 1) {
      for (let y = 0; y < 300; y += 1) ground.add(placeAt(x * 12, y * 12), 'town');
    }
    const outline = ground.outlines().get('town') ?? [];
    expect(JSON.stringify(outline).length).toBeLessThan(20_000);
    expect(covers(outline, placeAt(1_800, 1_800))).toBe(true);
    expect(covers(outline, placeAt(-400, 1_800))).toBe(false);
  });
});

test('a place lies within a line, whichever way it goes around', () => {
  const square = [placeAt(0, 0), placeAt(100, 0), placeAt(100, 100), placeAt(0, 100)];
  for (const line of [square, square.toReversed()]) {
    expect(isWithin(placeAt(50, 50), line)).toBe(true);
    expect(isWithin(placeAt(150, 50), line)).toBe(false);
    expect(isWithin(placeAt(50, -1), line)).toBe(false);
  }
  expect(isWithin(placeAt(50, 50), [])).toBe(false);
});
