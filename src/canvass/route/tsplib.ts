import type { Distance } from './distances.js';

/** A problem of TSPLIB: places given by coordinates, and how far apart two of them are. */
export type TsplibProblem = {
  readonly name: string;
  readonly metric: Metric;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
};

export type TsplibFile =
  | ({ readonly type: 'problem' } & TsplibProblem)
  | { readonly type: 'faulty'; readonly faults: readonly string[] };

export const METRICS = ['EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'ATT', 'GEO'] as const;
export type Metric = (typeof METRICS)[number];

/** More places are nobody's walk, and their edges no longer fit where they are sorted. */
const MOST_PLACES = 200_000;
/** Kilometres, as TSPLIB has it. */
const EARTH_KM = 6_378.388;
/** As TSPLIB has it. */
// oxlint-disable-next-line oxc/approx-constant
const PI = 3.141592;

/** Reads a TSPLIB file of points; what is wrong with it is told all at once, with the lines. */
export function readTsplib(text: string): TsplibFile {
  const faults: string[] = [];
  const fields = new Map<string, string>();
  const points: { readonly x: number; readonly y: number }[] = [];
  let isPoints = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const place = `line ${index + 1}`;
    if (line === '') continue;
    if (line === 'EOF') break;
    const section = /^([A-Z_]+_SECTION)\s*:?$/.exec(line)?.[1];
    if (section !== undefined) {
      isPoints = section === 'NODE_COORD_SECTION';
      continue;
    }
    const field = /^([A-Z_0-9]+)\s*:\s*(.*)$/.exec(line);
    if (field?.[1] !== undefined) {
      isPoints = false;
      fields.set(field[1], field[2] ?? '');
      continue;
    }
    if (!isPoints) continue;
    const [id, x, y, ...more] = line.split(/\s+/).map(Number);
    const isNumbers = Number.isFinite(x) && Number.isFinite(y) && more.length === 0;
    if (x === undefined || y === undefined || !isNumbers) {
      faults.push(`${place}: a place is its number and two coordinates`);
    } else if (id !== points.length + 1) {
      faults.push(`${place}: place ${points.length + 1} should stand here`);
    } else points.push({ x, y });
    if (faults.length >= 20 || points.length > MOST_PLACES) break;
  }
  const type = fields.get('TYPE')?.split(/\s/)[0] ?? 'TSP';
  if (type !== 'TSP') faults.push(`TYPE is ${type}; only TSP has closed tours of points`);
  const named = fields.get('EDGE_WEIGHT_TYPE')?.trim();
  const metric = METRICS.find((one) => one === named);
  if (metric === undefined) {
    const list = METRICS.join(', ');
    faults.push(`EDGE_WEIGHT_TYPE is ${named ?? 'missing'}; it can be one of ${list}`);
  }
  const told = fields.get('DIMENSION');
  if (points.length > MOST_PLACES) faults.push(`there are more than ${MOST_PLACES} places`);
  else if (points.length === 0) faults.push('there is no place in a NODE_COORD_SECTION');
  else if (told !== undefined && Number(told) !== points.length && faults.length === 0) {
    faults.push(`DIMENSION is ${told}, but ${points.length} places follow`);
  }
  if (metric === undefined || faults.length > 0) return { type: 'faulty', faults };
  return {
    type: 'problem',
    name: fields.get('NAME')?.trim() ?? '',
    metric,
    xs: Float64Array.from(points, ({ x }) => x),
    ys: Float64Array.from(points, ({ y }) => y),
  };
}

/** Distances rounded to whole numbers as TSPLIB 95 says, for each of its metrics. */
export function tsplibDistance({ metric, xs, ys }: TsplibProblem): Distance {
  const dx = (one: number, other: number): number => (xs[one] ?? 0) - (xs[other] ?? 0);
  const dy = (one: number, other: number): number => (ys[one] ?? 0) - (ys[other] ?? 0);
  const straight: Distance = (one, other) => {
    const [x, y] = [dx(one, other), dy(one, other)];
    return Math.sqrt(x * x + y * y);
  };
  const round = (value: number): number => Math.floor(value + 0.5);
  switch (metric) {
    case 'EUC_2D':
      return (one, other) => round(straight(one, other));
    case 'CEIL_2D':
      return (one, other) => Math.ceil(straight(one, other));
    case 'MAN_2D':
      return (one, other) => round(Math.abs(dx(one, other)) + Math.abs(dy(one, other)));
    case 'MAX_2D':
      return (one, other) =>
        Math.max(round(Math.abs(dx(one, other))), round(Math.abs(dy(one, other))));
    case 'ATT':
      return (one, other) => Math.ceil(straight(one, other) / Math.sqrt(10));
    case 'GEO': {
      const lats = xs.map(radians);
      const lons = ys.map(radians);
      return (one, other) => {
        if (one === other) return 0;
        const q1 = Math.cos((lons[one] ?? 0) - (lons[other] ?? 0));
        const q2 = Math.cos((lats[one] ?? 0) - (lats[other] ?? 0));
        const q3 = Math.cos((lats[one] ?? 0) + (lats[other] ?? 0));
        const chord = Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3));
        return Math.trunc(EARTH_KM * chord + 1);
      };
    }
    default:
      return metric satisfies never;
  }
}

/** Coordinates of a plane in which near places are near; those of the earth are laid out flat. */
export function flat({ metric, xs, ys }: TsplibProblem): { xs: Float64Array; ys: Float64Array } {
  if (metric !== 'GEO') return { xs, ys };
  const lats = xs.map(radians);
  const middle = lats.reduce((sum, lat) => sum + lat, 0) / Math.max(1, lats.length);
  return { xs: ys.map((lon) => radians(lon) * Math.cos(middle)), ys: lats };
}

/** TSPLIB writes degrees before the point and minutes behind it. */
function radians(value: number): number {
  const degrees = Math.trunc(value);
  return (PI * (degrees + (5 * (value - degrees)) / 3)) / 180;
}
