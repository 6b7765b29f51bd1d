import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { equalArea } from '../../src/canvass/grid/equal-area.js';
import { middleOf, readSquare, squareAt } from '../../src/canvass/grid/square.js';
import { utm } from '../../src/canvass/grid/utm.js';

const europe = equalArea({ lat: 52, lon: 10, east: 4_321_000, north: 3_210_000 });

describe('a map projection', () => {
  test('of Europe gives the point that EPSG’s guidance works out (note 7-2, LAEA)', () => {
    const { east, north } = europe.toPlane({ lat: 50, lon: 5 });
    expect(east).toBeCloseTo(3_962_799.45, 1);
    expect(north).toBeCloseTo(2_999_718.85, 1);
  });

  test('of a zone gives what is published for a tower in it', () => {
    // The CN Tower, in zone 17: 630084 m east, 4833438 m north.
    const { east, north } = utm(-81, 'north').toPlane({ lat: 43.642566, lon: -79.387139 });
    expect(Math.abs(east - 630_084)).toBeLessThan(2);
    expect(Math.abs(north - 4_833_438)).toBeLessThan(2);
  });

  test.each([
    ['Europe', europe, { lat: [41, 52], lon: [-5, 10] }],
    ['Réunion', utm(57, 'south'), { lat: [-21.5, -20.8], lon: [55.2, 55.9] }],
    ['Martinique', utm(-63, 'north'), { lat: [14.3, 14.9], lon: [-61.3, -60.8] }],
  ])('comes back to where it began (%s)', (_, projection, { lat, lon }) => {
    const within = ([min = 0, max = 0]: readonly number[]) =>
      fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(within(lat), within(lon), (one, other) => {
        const back = projection.toGeo(projection.toPlane({ lat: one, lon: other }));
        // A ten-millionth of a degree is a centimetre.
        expect(Math.abs(back.lat - one)).toBeLessThan(1e-7);
        expect(Math.abs(back.lon - other)).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('a square', () => {
  test('is the one in which its middle and its corner lie, and no further', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('3035', '2975', '5490'),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 500 }),
        (grid, east, north) => {
          const base =
            grid === '3035'
              ? { north: 2_700_000, east: 3_500_000 }
              : { north: 1_600_000, east: 400_000 };
          const name = `CRS${grid}RES200mN${base.north + north * 200}E${base.east + east * 200}`;
          const square = readSquare(name);
          const middle = square === undefined ? undefined : middleOf(square);
          expect(middle).toBeDefined();
          expect(squareAt(middle ?? { lat: 0, lon: 0 }, grid, 200)).toBe(name);
        },
      ),
    );
  });

  test.each(['', 'CRS9999RES200mN1E2', 'CRS3035RES200m', 'N2029800E4252400'])(
    'is not made of %j',
    (name) => {
      expect(readSquare(name)).toBeUndefined();
    },
  );
});
