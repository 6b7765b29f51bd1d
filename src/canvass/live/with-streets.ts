import type { Doors } from '../doors.js';

/** Doors that are looked up in one query. */
const BATCH = 500;

/** Adds to each visit the street of its door, and its town where it is told; `?` for doors that are gone. */
export async function* withStreets<V extends { readonly door: string }>(
  visits: AsyncIterable<V>,
  { table }: Doors,
): AsyncGenerator<V & { readonly street: string }> {
  let batch: V[] = [];
  const look = async (): Promise<(V & { readonly street: string })[]> => {
    const rows = await table.find({ _id: { $in: [...new Set(batch.map(({ door }) => door))] } });
    const streets = new Map(
      rows.map(({ _id, street, city }) => [
        _id,
        city === undefined ? street : `${street}, ${city}`,
      ]),
    );
    return batch.map((visit) => ({ ...visit, street: streets.get(visit.door) ?? '?' }));
  };
  for await (const visit of visits) {
    batch.push(visit);
    if (batch.length < BATCH) continue;
    yield* await look();
    batch = [];
  }
  yield* await look();
}
