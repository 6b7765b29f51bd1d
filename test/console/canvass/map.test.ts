import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layGround } from '../../../src/canvass/map/outline.js';
import {
  boxAround,
  layPlane,
  middleOf,
  placesOf,
} from '../../../src/console/pages/canvass/map/plane.js';
import {
  boxSeen,
  fit,
  pan,
  toPixel,
  toWorld,
  zoom,
} from '../../../src/console/pages/canvass/map/view.js';
import { placeAt } from '../../canvass/town.js';

const plane = layPlane({ lat: 48.1, lon: -1.6 });
const size = { width: 900, height: 600 };
const view = fc.record({
  x: fc.double({ min: -5_000, max: 5_000, noNaN: true }),
  y: fc.double({ min: -5_000, max: 5_000, noNaN: true }),
  scale: fc.double({ min: 0.01, max: 3, noNaN: true }),
});
const pixel = fc.record({
  x: fc.integer({ min: 0, max: size.width }),
  y: fc.integer({ min: 0, max: size.height }),
});

describe('the map of the console', () => {
  test('lays places out in metres, and finds them again', () => {
    const { x, y } = plane.toPoint(placeAt(300, -200));
    expect(x).toBeCloseTo(300, 0);
    expect(y).toBeCloseTo(200, 0);
    fc.assert(
      fc.property(pixel, (point) => {
        const back = plane.toPoint(plane.toPlace(point));
        expect(back.x).toBeCloseTo(point.x, 6);
        expect(back.y).toBeCloseTo(point.y, 6);
      }),
    );
  });

  test('zooms around the pixel that is pointed at, and moves as far as it was drawn', () => {
    fc.assert(
      fc.property(
        view,
        pixel,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (at, point, factor) => {
          const fixed = toWorld(at, point, size);
          const there = toPixel(zoom(at, factor, point, size), fixed, size);
          expect(there.x).toBeCloseTo(point.x, 5);
          expect(there.y).toBeCloseTo(point.y, 5);
          const moved = toPixel(pan(at, 30, -20), fixed, size);
          expect(moved.x).toBeCloseTo(point.x + 30, 5);
          expect(moved.y).toBeCloseTo(point.y - 20, 5);
        },
      ),
    );
  });

  test('asks for a box that holds all that is seen, and not much more', () => {
    fc.assert(
      fc.property(view, pixel, (at, point) => {
        const box = boxSeen(at, plane, size);
        const { lat, lon } = plane.toPlace(toWorld(at, point, size));
        expect(box.south).toBeLessThanOrEqual(lat);
        expect(box.north).toBeGreaterThanOrEqual(lat);
        expect(box.west).toBeLessThanOrEqual(lon);
        expect(box.east).toBeGreaterThanOrEqual(lon);
        const tall =
          plane.toPlace({ x: 0, y: 0 }).lat -
          plane.toPlace({ x: 0, y: size.height / at.scale }).lat;
        expect(box.north - box.south).toBeLessThan(1.6 * tall);
      }),
    );
  });

  test('reads outlines as the server draws them, and fits them into the map', () => {
    const ground = layGround<string>(40, 2);
    const doors = Array.from({ length: 50 }, (_, n) => placeAt(n * 17, (n * 7) % 90));
    for (const door of doors) ground.add(door, 'street');
    const outline = ground.outlines().get('street') ?? [];
    const box = boxAround(placesOf(outline).flat());
    if (box === undefined) throw new Error('There is no outline.');
    for (const { lat, lon } of doors) {
      expect(lat).toBeGreaterThan(box.south);
      expect(lat).toBeLessThan(box.north);
      expect(lon).toBeGreaterThan(box.west);
      expect(lon).toBeLessThan(box.east);
    }
    const own = layPlane(middleOf(box));
    const seen = fit(box, own, size);
    const corner = toPixel(seen, own.toPoint({ lat: box.north, lon: box.west }), size);
    expect(corner.x).toBeGreaterThan(0);
    expect(corner.y).toBeGreaterThan(0);
    expect(own.pathOf(outline)).toMatch(/^M-?\d+\.\d .*Z$/);
    expect(boxAround([])).toBeUndefined();
  });
});
