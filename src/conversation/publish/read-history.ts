import type { FlowStore } from './flow-store.js';
import type { PublicationRow } from './publications.js';

/** One time that a version of a flow was put in force. */
export type HistoryEntry = Pick<PublicationRow, 'type' | 'author' | 'comment' | 'at'> & {
  /** Number of the publication, over all flows. */
  readonly publication: number;
  readonly version: string;
  /** Whether it was taken out of force then. */
  readonly isRetired: boolean;
  readonly isInForce: boolean;
};

/** Every publication of a flow, the last one first; none for a flow that never was published. */
export async function readHistory(
  { publications }: Pick<FlowStore, 'publications'>,
  name: string,
): Promise<readonly HistoryEntry[]> {
  const entries = (await publications.all()).flatMap(({ _id, flows, ...told }) =>
    flows
      .filter((flow) => flow.name === name)
      .map(({ version, retired }) => ({
        publication: Number(_id),
        version,
        isRetired: retired === true,
        ...told,
      })),
  );
  return entries
    .map((entry, at) => ({ ...entry, isInForce: at === entries.length - 1 && !entry.isRetired }))
    .reverse();
}
