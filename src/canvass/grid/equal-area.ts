import { degrees, GRS80, radians, type Projection } from './ellipsoid.js';

const { a, e, e2 } = GRS80;

/**
 * Lambert's azimuthal equal-area projection on the ellipsoid (EPSG method 9820, Guidance Note 7-2, 3.2.2);
 * with its centre at 52° N, 10° E it is ETRS89-LAEA, EPSG:3035, the grid of statistics in Europe.
 */
export function equalArea(centre: {
  readonly lat: number;
  readonly lon: number;
  readonly east: number;
  readonly north: number;
}): Projection {
  const [lat0, lon0] = [radians(centre.lat), radians(centre.lon)];
  const qPole = authalic(Math.PI / 2);
  const rq = a * Math.sqrt(qPole / 2);
  const beta0 = Math.asin(authalic(lat0) / qPole);
  const d = (a * Math.cos(lat0)) / Math.sqrt(1 - e2 * Math.sin(lat0) ** 2) / (rq * Math.cos(beta0));

  return {
    toPlane({ lat, lon }) {
      const beta = Math.asin(authalic(radians(lat)) / qPole);
      const turn = radians(lon) - lon0;
      const b =
        rq *
        Math.sqrt(
          2 /
            (1 +
              Math.sin(beta0) * Math.sin(beta) +
              Math.cos(beta0) * Math.cos(beta) * Math.cos(turn)),
        );
      return {
        east: centre.east + b * d * Math.cos(beta) * Math.sin(turn),
        north:
          centre.north +
          (b / d) *
            (Math.cos(beta0) * Math.sin(beta) - Math.sin(beta0) * Math.cos(beta) * Math.cos(turn)),
      };
    },
    toGeo({ east, north }) {
      const [x, y] = [(east - centre.east) / d, (north - centre.north) * d];
      const rho = Math.hypot(x, y);
      if (rho === 0) return { lat: centre.lat, lon: centre.lon };
      const c = 2 * Math.asin(Math.min(1, rho / (2 * rq)));
      const sinBeta = Math.cos(c) * Math.sin(beta0) + (y * Math.sin(c) * Math.cos(beta0)) / rho;
      const beta = Math.asin(Math.max(-1, Math.min(1, sinBeta)));
      const lat =
        beta +
        (e2 / 3 + (31 * e2 ** 2) / 180 + (517 * e2 ** 3) / 5_040) * Math.sin(2 * beta) +
        ((23 * e2 ** 2) / 360 + (251 * e2 ** 3) / 3_780) * Math.sin(4 * beta) +
        ((761 * e2 ** 3) / 45_360) * Math.sin(6 * beta);
      const lon =
        lon0 +
        Math.atan2(
          x * Math.sin(c),
          rho * Math.cos(beta0) * Math.cos(c) - y * Math.sin(beta0) * Math.sin(c),
        );
      return { lat: degrees(lat), lon: degrees(lon) };
    },
  };
}

function authalic(lat: number): number {
  const sin = Math.sin(lat);
  return (
    (1 - e2) * (sin / (1 - e2 * sin ** 2) - (1 / (2 * e)) * Math.log((1 - e * sin) / (1 + e * sin)))
  );
}
