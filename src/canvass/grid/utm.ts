import { degrees, GRS80, radians, type Projection } from './ellipsoid.js';

const { a, f, e } = GRS80;
const SCALE = 0.9996;
const EAST = 500_000;
const SOUTH = 10_000_000;

// Krüger's series in the third flattening, good to less than a millimetre in a zone.
const n = f / (2 - f);
const A1 = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const ALPHA = [
  n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16,
  (13 * n ** 2) / 48 - (3 * n ** 3) / 5,
  (61 * n ** 3) / 240,
];
const BETA = [
  n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96,
  n ** 2 / 48 + n ** 3 / 15,
  (17 * n ** 3) / 480,
];
const DELTA = [
  2 * n - (2 * n ** 2) / 3 - 2 * n ** 3,
  (7 * n ** 2) / 3 - (8 * n ** 3) / 5,
  (56 * n ** 3) / 15,
];

/** The universal transverse Mercator projection around a meridian (degrees): grids overseas stand on it. */
export function utm(meridian: number, hemisphere: 'north' | 'south'): Projection {
  const origin = hemisphere === 'south' ? SOUTH : 0;
  return {
    toPlane({ lat, lon }) {
      const sin = Math.sin(radians(lat));
      const t = Math.sinh(Math.atanh(sin) - e * Math.atanh(e * sin));
      const turn = radians(lon - meridian);
      const xi = Math.atan2(t, Math.cos(turn));
      const eta = Math.atanh(Math.sin(turn) / Math.sqrt(1 + t * t));
      let [east, north] = [eta, xi];
      for (const [index, alpha] of ALPHA.entries()) {
        const j = 2 * (index + 1);
        east += alpha * Math.cos(j * xi) * Math.sinh(j * eta);
        north += alpha * Math.sin(j * xi) * Math.cosh(j * eta);
      }
      return { east: EAST + SCALE * A1 * east, north: origin + SCALE * A1 * north };
    },
    toGeo({ east, north }) {
      const xi0 = (north - origin) / (SCALE * A1);
      const eta0 = (east - EAST) / (SCALE * A1);
      let [xi, eta] = [xi0, eta0];
      for (const [index, beta] of BETA.entries()) {
        const j = 2 * (index + 1);
        xi -= beta * Math.sin(j * xi0) * Math.cosh(j * eta0);
        eta -= beta * Math.cos(j * xi0) * Math.sinh(j * eta0);
      }
      const chi = Math.asin(Math.sin(xi) / Math.cosh(eta));
      let lat = chi;
      for (const [index, delta] of DELTA.entries()) lat += delta * Math.sin(2 * (index + 1) * chi);
      return {
        lat: degrees(lat),
        lon: meridian + degrees(Math.atan2(Math.sinh(eta), Math.cos(xi))),
      };
    },
  };
}
