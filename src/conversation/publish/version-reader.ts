import type { Table } from '../../store/table.js';
import type { FlowVersionRow } from '../flow-versions.js';
import type { PublicationRow } from './publications.js';

/** Gives every version that was ever in force, by `<name>@<version>`. */
export type VersionReader = (
  publications: readonly PublicationRow[],
) => Promise<ReadonlyMap<string, FlowVersionRow>>;

/** Reads each version once: what is published never changes. */
export function createVersionReader(versions: Table<FlowVersionRow>): VersionReader {
  const known = new Map<string, FlowVersionRow>();
  return async (publications) => {
    const wanted = new Set(
      publications.flatMap(({ flows }) => flows.map(({ name, version }) => `${name}@${version}`)),
    );
    const missing = [...wanted].filter((id) => !known.has(id));
    if (missing.length > 0) {
      for (const row of await versions.find({ _id: { $in: missing } })) known.set(row._id, row);
    }
    return new Map(known);
  };
}
