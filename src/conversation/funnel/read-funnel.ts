import type { Journal } from '../../supporters/journal.js';
import { measureFunnel, type FlowFunnel, type FunnelTurn } from './measure-funnel.js';

/** Turns of the journal read for one funnel, the last ones first: a second's work at most. */
const MOST_TURNS = 50_000;

/** A funnel, and since when it counts: later than asked where more turns were kept than are read. */
export type ReadFunnel = FlowFunnel & { readonly since: Date };

/** Measures how supporters went through a flow since an instant. */
export async function readFunnel(journal: Journal, flow: string, since: Date): Promise<ReadFunnel> {
  const turns: FunnelTurn[] = [];
  let read = 0;
  let oldest = since;
  const fields = ['supporter', 'turn', 'at', 'effects'] as const;
  const rows = journal.table.streamFields({ at: { $gte: since } }, fields, {
    sort: { at: -1 },
    limit: MOST_TURNS,
  });
  for await (const row of rows) {
    read += 1;
    if (read === MOST_TURNS) oldest = row.at;
    turns.push(row);
  }
  return { ...measureFunnel(flow, turns.reverse()), since: oldest };
}
