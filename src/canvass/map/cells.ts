/** Squares by their key, each somebody's, with how many votes they have there. */
export type Cells<O> = Map<number, { readonly owner: O; votes: number }>;

/** Columns in a row of squares, more than lie around the world. */
export const WIDTH = 8_388_608;

/** Names a square, or a corner, by its row and column. */
export function cellKey(row: number, column: number): number {
  return row * WIDTH + column + WIDTH / 2;
}

/** The row and column of a square. */
export function cellAt(key: number): { readonly row: number; readonly column: number } {
  const row = Math.floor(key / WIDTH);
  return { row, column: key - row * WIDTH - WIDTH / 2 };
}
