import type { Deliveries, DeliveryState } from '../deliveries.js';
import { deliveriesOf } from '../deliveries.js';

/** States in which a message may have arrived. */
export const ARRIVED: readonly DeliveryState[] = [
  'sent',
  'delivered',
  'read',
  'unknown',
  'sending',
];

/** Counts, for supporters asked for in order, how many of some messages they had. */
export type RecentlyWrittenTo = { countFor(supporter: string): Promise<number> };

/**
 * Reads the deliveries of several messages side by side, each in the order of supporters, so that nothing
 * is held in memory. Only those since an instant count.
 */
export function openRecentlyWrittenTo(
  { table }: Pick<Deliveries, 'table'>,
  messages: readonly string[],
  since: Date,
): RecentlyWrittenTo {
  const readers = messages.map((message): Reader => {
    const rows = table.streamFields(deliveriesOf(message), ['supporter', 'state', 'at'], {
      sort: { _id: 1 },
    });
    return { rows: rows[Symbol.asyncIterator](), head: undefined, isOver: false };
  });
  return {
    async countFor(supporter) {
      let count = 0;
      for (const reader of readers) {
        await advanceTo(reader, supporter);
        const { head } = reader;
        if (head?.supporter !== supporter) continue;
        if (ARRIVED.includes(head.state) && head.at >= since) count += 1;
      }
      return count;
    },
  };
}

type Head = { readonly supporter: string; readonly state: DeliveryState; readonly at: Date };
type Reader = {
  readonly rows: AsyncIterator<Head>;
  head: Head | undefined;
  isOver: boolean;
};

async function advanceTo(reader: Reader, supporter: string): Promise<void> {
  while (!reader.isOver && (reader.head === undefined || reader.head.supporter < supporter)) {
    const { done, value } = await reader.rows.next();
    if (done === true) reader.isOver = true;
    reader.head = done === true ? undefined : value;
  }
}
