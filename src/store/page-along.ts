import type { Query, Row, Table } from './table.js';

/** A part of a list, and what names where the next part begins; absent on the last. */
export type Part<T> = { readonly items: readonly T[]; readonly next?: string };

/**
 * Reads a part of a list in the order of an instant and, within one instant, of the id; an index on what
 * the filter fixes, the field and `_id` has this order. `before` is the `next` of the part before; what is
 * no such thing begins anew.
 */
export async function pageAlong<T extends Row>(
  table: Pick<Table<T>, 'find'>,
  query: {
    readonly filter: Query;
    /** A field that holds a Date in every row that fits. */
    readonly field: keyof T & string;
    readonly order: 1 | -1;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<Part<T>> {
  const { filter, field, order, before, limit } = query;
  const cursor = readCursor(before);
  const sort = { [field]: order, _id: order };
  const beyond = order === 1 ? '$gt' : '$lt';
  const read = (more: Query, most: number): Promise<T[]> =>
    table.find({ $and: [filter, more] }, { sort, limit: most });
  // Those of one instant first, however many there are.
  const same =
    cursor === undefined
      ? []
      : await read({ [field]: cursor.at, _id: { [beyond]: cursor.id } }, limit + 1);
  const isEnough = same.length > limit;
  const rest = isEnough
    ? []
    : await read(
        cursor === undefined ? {} : { [field]: { [beyond]: cursor.at } },
        limit + 1 - same.length,
      );
  const rows = [...same, ...rest];
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const at = last?.[field];
  return rows.length > limit && last !== undefined && at instanceof Date
    ? { items, next: `${at.toISOString()} ${last._id}` }
    : { items };
}

function readCursor(text = ''): { readonly at: Date; readonly id: string } | undefined {
  const [, at = '', id = ''] = /^(\S+) (\S+)$/.exec(text) ?? [];
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : { at: date, id };
}
