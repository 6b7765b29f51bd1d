/** One part of a dotted path; `index` is its position when it could also name an array element. */
export type Segment = { name: string; index: number | undefined };

const position = /^(?:0|[1-9]\d{0,8})$/;

/** Reads a text as an array position. */
export function arrayIndex(name: string): number | undefined {
  return position.test(name) ? Number(name) : undefined;
}

/** Splits a dotted path. */
export function parsePath(path: string): Segment[] {
  return path.split('.').map((name) => ({ name, index: arrayIndex(name) }));
}
