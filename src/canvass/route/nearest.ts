/** Points a cell of the grid holds on average; fewer make more empty cells to pass over. */
const A_CELL = 3;

/**
 * The nearest others of every point, the nearest first: those of point `i` stand from `i * count` on.
 * There are `min(count, n - 1)` of each, in plane coordinates of any unit.
 */
export function findNearest(
  xs: Float64Array,
  ys: Float64Array,
  count: number,
): { readonly ids: Int32Array; readonly count: number } {
  const n = xs.length;
  const each = Math.min(count, n - 1);
  const ids = new Int32Array(Math.max(0, n * each));
  if (each <= 0) return { ids, count: 0 };
  const grid = layGrid(xs, ys);
  const found = new Int32Array(each);
  const squares = new Float64Array(each);
  for (let i = 0; i < n; i += 1) {
    let size = 0;
    const [column, row] = grid.cellOf(i);
    // A ring further out holds nothing nearer than its distance.
    for (let ring = 0; ring <= grid.rings; ring += 1) {
      const reach = (ring - 1) * grid.side;
      if (size === each && ring > 0 && reach > 0 && reach * reach > (squares[each - 1] ?? 0)) break;
      grid.onRing(column, row, ring, (j) => {
        if (j === i) return;
        const square = squareOf(xs, ys, i, j);
        if (size === each && square >= (squares[each - 1] ?? 0)) return;
        let at = size < each ? size : each - 1;
        for (; at > 0 && (squares[at - 1] ?? 0) > square; at -= 1) {
          squares[at] = squares[at - 1] ?? 0;
          found[at] = found[at - 1] ?? 0;
        }
        squares[at] = square;
        found[at] = j;
        if (size < each) size += 1;
      });
    }
    ids.set(found, i * each);
  }
  return { ids, count: each };
}

function squareOf(xs: Float64Array, ys: Float64Array, i: number, j: number): number {
  const dx = (xs[i] ?? 0) - (xs[j] ?? 0);
  const dy = (ys[i] ?? 0) - (ys[j] ?? 0);
  return dx * dx + dy * dy;
}

/** Sorts points into square cells, which are looked through ring by ring. */
function layGrid(xs: Float64Array, ys: Float64Array) {
  const n = xs.length;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i += 1) {
    west = Math.min(west, xs[i] ?? 0);
    east = Math.max(east, xs[i] ?? 0);
    south = Math.min(south, ys[i] ?? 0);
    north = Math.max(north, ys[i] ?? 0);
  }
  const [width, height] = [east - west, north - south];
  const longer = Math.max(width, height);
  // Points on one line have no area to share out.
  const area = Math.max(width * height, (longer * longer * A_CELL) / n);
  const side = longer === 0 ? 1 : Math.sqrt((area * A_CELL) / n);
  const columns = Math.floor(width / side) + 1;
  const rows = Math.floor(height / side) + 1;
  const columnOf = (i: number): number => Math.floor(((xs[i] ?? 0) - west) / side);
  const rowOf = (i: number): number => Math.floor(((ys[i] ?? 0) - south) / side);
  const starts = new Int32Array(columns * rows + 1);
  for (let i = 0; i < n; i += 1) {
    const cell = rowOf(i) * columns + columnOf(i) + 1;
    starts[cell] = (starts[cell] ?? 0) + 1;
  }
  for (let cell = 1; cell < starts.length; cell += 1) {
    starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
  }
  const filled = starts.slice();
  const members = new Int32Array(n);
  for (let i = 0; i < n; i += 1) {
    const cell = rowOf(i) * columns + columnOf(i);
    const at = filled[cell] ?? 0;
    members[at] = i;
    filled[cell] = at + 1;
  }
  const visit = (column: number, row: number, look: (point: number) => void): void => {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const cell = row * columns + column;
    const end = starts[cell + 1] ?? 0;
    for (let at = starts[cell] ?? 0; at < end; at += 1) look(members[at] ?? 0);
  };
  return {
    side,
    rings: Math.max(columns, rows),
    cellOf: (i: number): readonly [number, number] => [columnOf(i), rowOf(i)],
    onRing(column: number, row: number, ring: number, look: (point: number) => void): void {
      if (ring === 0) return visit(column, row, look);
      for (let x = column - ring; x <= column + ring; x += 1) {
        visit(x, row - ring, look);
        visit(x, row + ring, look);
      }
      for (let y = row - ring + 1; y < row + ring; y += 1) {
        visit(column - ring, y, look);
        visit(column + ring, y, look);
      }
    },
  };
}
