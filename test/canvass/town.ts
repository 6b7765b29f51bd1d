import type { Point } from '../../src/canvass/route/plane.js';

/** A door of an invented town. */
export type TownDoor = Point & {
  readonly id: string;
  readonly street: string;
  readonly number: string;
  readonly floor?: string;
  readonly flat?: string;
  readonly building: string;
};

const METRES = (6_371_008.8 * Math.PI) / 180;

/** Metres east and north of a point in Brittany, in degrees. */
export function placeAt(x: number, y: number): Point {
  return { lat: 48.1 + y / METRES, lon: -1.6 + x / (METRES * Math.cos((48.1 * Math.PI) / 180)) };
}

/**
 * Parallel streets 45 metres apart, from west to east, odd numbers in the north; a house every ten metres,
 * the first and every seventh of each street with so many floors, the others with one door.
 */
export function streetsOf(quarter: {
  readonly name: string;
  /** Metres. */
  readonly x: number;
  readonly y: number;
  readonly streets: number;
  readonly houses: number;
  readonly floors: number;
}): TownDoor[] {
  const { name, x, y, streets, houses, floors } = quarter;
  return Array.from({ length: streets }, (_, at) =>
    Array.from({ length: houses }, (_unused, house) => {
      const street = `Rue ${name} ${at}`;
      const number = String(house + 1);
      const point = placeAt(
        x + 10 * Math.floor(house / 2),
        y + at * 45 + (house % 2 === 0 ? 6 : -6),
      );
      return Array.from({ length: house % 7 === 0 ? floors : 1 }, (_alike, floor) => ({
        ...point,
        id: `${name}-${at}-${number}-${floor}`,
        street,
        number,
        floor: String(floor),
        building: `${street} ${number}`,
      }));
    }).flat(),
  ).flat();
}
