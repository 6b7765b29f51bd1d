import { isDeepStrictEqual } from 'node:util';
import type { Query, Row, Table } from '../../store/table.js';

export type Kept = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
};

/** Times that a batch is looked at again because somebody else wrote to one of its rows meanwhile. */
const ATTEMPTS = 20;

/**
 * Makes rows be as they should: those of new ids are inserted, those that differ are replaced, and the
 * others are left alone. `merge` says what becomes of a row that is there, `guard` what must still hold of
 * it when it is replaced; `at` counts in no comparison. Done twice, it changes nothing more.
 */
export async function keepRows<T extends Row & { readonly at: Date }>(
  table: Table<T>,
  rows: readonly T[],
  {
    merge = (_, fresh) => fresh,
    guard = () => ({}),
  }: { readonly merge?: (kept: T, fresh: T) => T; readonly guard?: (kept: T) => Query } = {},
): Promise<Kept> {
  const existing = new Map(
    (await table.find({ _id: { $in: rows.map(({ _id }) => _id) } })).map((row) => [row._id, row]),
  );
  const created = rows.filter(({ _id }) => !existing.has(_id));
  await table.insertMissing(created);
  let open = rows.filter(({ _id }) => existing.has(_id));
  let changed = 0;
  for (let attempt = 0; ; attempt += 1) {
    const writes = open.flatMap((fresh) => {
      const kept = existing.get(fresh._id);
      if (kept === undefined) return [];
      const row = merge(kept, fresh);
      return isSame(kept, row) ? [] : [{ query: { at: kept.at, ...guard(kept) }, row }];
    });
    changed = Math.max(changed, writes.length);
    if (writes.length === 0 || (await table.replaceAllIf(writes))) break;
    if (attempt === ATTEMPTS) throw new Error(`${table.name} is being changed by somebody else.`);
    const ids = writes.map(({ row }) => row._id);
    open = writes.map(({ row }) => row);
    existing.clear();
    for (const row of await table.find({ _id: { $in: ids } })) existing.set(row._id, row);
  }
  return {
    created: created.length,
    changed,
    unchanged: rows.length - created.length - changed,
  };
}

function isSame<T extends { readonly at: Date }>(one: T, other: T): boolean {
  return isDeepStrictEqual({ ...one, at: 0 }, { ...other, at: 0 });
}
