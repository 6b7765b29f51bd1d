import { cellAt, cellKey, WIDTH, type Cells } from './cells.js';
import { traceCells } from './trace-cells.js';

/** Hundred-thousandths of a degree, about a metre. */
const STEPS = 100_000;
const METRES_PER_DEGREE = 111_194;
/** More squares than these are joined four to one: a department needs no outline by the house. */
const MOST_CELLS = 60_000;

/**
 * The ground on which doors lie, as closed lines. Each is `[lat, lon, …]` in hundred-thousandths of a
 * degree (WGS 84): the first place, and how much further each next one is. Where one lies within another,
 * it is a hole.
 */
export type Outline = readonly (readonly number[])[];

export type Ground<O> = {
  /** A door, and whose it is. */
  add(place: { readonly lat: number; readonly lon: number }, owner: O): void;
  /** The outline of each owner; together they cover the ground, and those that are neighbours touch. */
  outlines(): ReadonlyMap<O, Outline>;
};

/**
 * Begins to draw outlines around doors: squares of so many metres go to whoever has most doors there,
 * grow by `grow` squares into the empty ones around, and are traced.
 */
export function layGround<O>(cellMetres: number, grow: number): Ground<O> {
  let cells: Cells<O> = new Map();
  let narrow: number | undefined;
  let side = cellMetres;

  return {
    add({ lat, lon }, owner) {
      // One width of a degree for all, so that squares fit together; it is near enough within a town.
      narrow ??= Math.cos((Math.round(lat) * Math.PI) / 180);
      const row = Math.floor((lat * METRES_PER_DEGREE) / side);
      const column = Math.floor((lon * METRES_PER_DEGREE * narrow) / side);
      vote(cells, cellKey(row, column), owner, 1);
      if (cells.size <= MOST_CELLS) return;
      cells = coarser(cells);
      side *= 2;
    },
    outlines() {
      const grown = growCells(cells, grow);
      const toLat = (y: number): number => Math.round((y * side * STEPS) / METRES_PER_DEGREE);
      const width = METRES_PER_DEGREE * (narrow ?? 1);
      const toLon = (x: number): number => Math.round((x * side * STEPS) / width);
      return new Map(
        [...traceCells(grown)].map(([owner, loops]) => [
          owner,
          loops.map((loop) => inSteps(loop.map(({ x, y }) => ({ lat: toLat(y), lon: toLon(x) })))),
        ]),
      );
    },
  };
}

/** Whoever has more doors than all others together wins (Boyer and Moore), whoever came first else. */
function vote<O>(cells: Cells<O>, key: number, owner: O, votes: number): void {
  const cell = cells.get(key);
  if (cell === undefined) cells.set(key, { owner, votes });
  else if (cell.owner === owner) cell.votes += votes;
  else if (cell.votes >= votes) cell.votes -= votes;
  else cells.set(key, { owner, votes: votes - cell.votes });
}

function coarser<O>(cells: Cells<O>): Cells<O> {
  const joined: Cells<O> = new Map();
  for (const [key, { owner, votes }] of cells) {
    const { row, column } = cellAt(key);
    vote(joined, cellKey(Math.floor(row / 2), Math.floor(column / 2)), owner, votes);
  }
  return joined;
}

/** Squares beside those that are somebody's become theirs too, round after round. */
function growCells<O>(cells: Cells<O>, rounds: number): Cells<O> {
  const grown: Cells<O> = new Map([...cells].toSorted(([one], [other]) => one - other));
  let edge = [...grown];
  for (let round = 0; round < rounds; round += 1) {
    const next: [number, { owner: O; votes: number }][] = [];
    // In turn straight and across as well, so that what grows is nearly round.
    const around = round % 2 === 0 ? STRAIGHT : ALL;
    for (const [key, { owner }] of edge) {
      for (const step of around) {
        if (grown.has(key + step)) continue;
        const cell = { owner, votes: 0 };
        grown.set(key + step, cell);
        next.push([key + step, cell]);
      }
    }
    edge = next;
  }
  return grown;
}

const STRAIGHT = [1, -1, WIDTH, -WIDTH];
const ALL = [...STRAIGHT, WIDTH + 1, WIDTH - 1, 1 - WIDTH, -WIDTH - 1];

function inSteps(points: readonly { readonly lat: number; readonly lon: number }[]): number[] {
  return points.flatMap(({ lat, lon }, at) => {
    const before = points[at - 1];
    return before === undefined ? [lat, lon] : [lat - before.lat, lon - before.lon];
  });
}
