/** GRS 80, on which ETRS89 and the grids of INSEE stand; WGS 84 differs from it by less than a metre. */
const A = 6_378_137;
const F = 1 / 298.257222101;

export const GRS80 = { a: A, f: F, e2: F * (2 - F), e: Math.sqrt(F * (2 - F)) } as const;

/** Metres in a plane. */
export type PlanePoint = { readonly east: number; readonly north: number };
/** Degrees, WGS 84. */
export type GeoPoint = { readonly lat: number; readonly lon: number };

/** A map projection, both ways. */
export type Projection = {
  toPlane(point: GeoPoint): PlanePoint;
  toGeo(point: PlanePoint): GeoPoint;
};

export function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

export function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
