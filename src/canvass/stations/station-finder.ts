import KDBush from 'kdbush';

type Point = { readonly lat: number; readonly lon: number };
export type StationPoint = Point & { readonly station: string };

/** Metres within which a neighbour says anything. */
const REACH = 150;
/** Neighbours that are asked, and how many of five must agree: a door at the edge of two areas stays untold. */
const ASKED = 5;
const AGREEING = 0.8;
/** One neighbour is none. */
const FEWEST = 2;
const METRES_PER_DEGREE = 111_194;

/**
 * Tells the polling station of a place by its neighbours whose station is known: the nearest five within
 * 150 m, of which the nearest and four in five must agree. Undefined where that tells nothing.
 */
export function createStationFinder(
  points: readonly StationPoint[],
): (place: Point) => string | undefined {
  const [first] = points;
  if (first === undefined) return () => undefined;
  // One width of a degree for all: within a campaign's ground it differs by less than a neighbour's distance.
  const width = METRES_PER_DEGREE * Math.cos((first.lat * Math.PI) / 180);
  const flat = ({ lat, lon }: Point): readonly [number, number] => [
    lon * width,
    lat * METRES_PER_DEGREE,
  ];
  const index = new KDBush(points.length);
  for (const point of points) index.add(...flat(point));
  index.finish();
  return (place) => {
    const [x, y] = flat(place);
    const near = index
      .within(x, y, REACH)
      .flatMap((at) => points[at] ?? [])
      .map((point) => {
        const [px, py] = flat(point);
        return { station: point.station, metres: Math.hypot(px - x, py - y) };
      })
      .toSorted((one, other) => one.metres - other.metres)
      .slice(0, ASKED);
    const station = near[0]?.station;
    const same = near.filter((one) => one.station === station).length;
    return near.length >= FEWEST && same >= AGREEING * near.length ? station : undefined;
  };
}
