/** Degrees, WGS 84. */
export type Place = { readonly lat: number; readonly lon: number };
export type Box = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};

/** Whether a place lies within a closed line; where it crosses itself, what is enclosed twice is outside. */
export function isWithin({ lat, lon }: Place, line: readonly Place[]): boolean {
  let isInside = false;
  let before = line.at(-1);
  for (const corner of line) {
    if (before !== undefined && corner.lat > lat !== before.lat > lat) {
      const along = (lat - corner.lat) / (before.lat - corner.lat);
      if (lon < corner.lon + along * (before.lon - corner.lon)) isInside = !isInside;
    }
    before = corner;
  }
  return isInside;
}

/** The smallest box around places. */
export function boxAround(places: readonly Place[]): Box {
  const box = { south: 90, west: 180, north: -90, east: -180 };
  for (const { lat, lon } of places) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
  }
  return box;
}
