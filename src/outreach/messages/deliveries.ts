import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';

/** What becomes of a delivery; `unknown`: it may have arrived, and is not sent again by itself. */
export const DELIVERY_STATES = [
  'planned',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'skipped',
  'unknown',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message for one supporter. */
export type DeliveryRow = {
  /** `<message>:<supporter>`: each gets it once. */
  readonly _id: string;
  readonly message: string;
  readonly supporter: string;
  readonly state: DeliveryState;
  /** Where it goes, went, or would have gone. */
  readonly channel: string;
  /** Channels that certainly led to nobody. */
  readonly tried?: readonly string[];
  /**
   * Of a planned one, when it is due, or when the process that claimed it is given up; of one that is being
   * sent, when its outcome is given up; of the others, when they got into their state.
   */
  readonly at: Date;
  /** Names the claim of the process that has it. */
  readonly claim?: string;
  /** Why it failed, was skipped, or waits. */
  readonly reason?: string;
  /** Times it waited. */
  readonly waits?: number;
  /** `<channel>:<address>:<the network's own id>`, by which the network tells of it. */
  readonly sent_as?: string;
};

export type Deliveries = {
  readonly table: Table<DeliveryRow>;
  /** How many deliveries of a message there are by state, and by reason where there is one. */
  count(message: string): Promise<DeliveryCounts>;
};

export type DeliveryCounts = {
  readonly states: { readonly [state in DeliveryState]: number };
  readonly reasons: { readonly [reason: string]: number };
};

/** Opens the collection `deliveries`. */
export function openDeliveries(connection: Connection): Deliveries {
  const table = openTable<DeliveryRow>(connection, {
    name: 'deliveries',
    schema: {
      message: String,
      supporter: String,
      state: String,
      channel: String,
      tried: [String],
      at: Date,
      claim: String,
      reason: String,
      waits: Number,
      sent_as: String,
    },
    indexes: [
      [{ message: 1, state: 1, channel: 1, at: 1 }],
      // Only of those that have a reason: how many there are of each.
      [{ message: 1, state: 1, reason: 1 }, { partialFilterExpression: { reason: { $gt: '' } } }],
      [{ supporter: 1 }],
      [{ sent_as: 1 }, { sparse: true }],
    ],
  });
  return {
    table,
    async count(message) {
      const states = { ...NONE };
      const reasons: Record<string, number> = {};
      await Promise.all([
        ...DELIVERY_STATES.map(async (state) => {
          states[state] = await table.count({ message, state });
        }),
        ...EXPLAINED.map(async (state) => {
          for await (const { reason, people } of countReasons(table, message, state)) {
            reasons[reason] = (reasons[reason] ?? 0) + people;
          }
        }),
      ]);
      return { states, reasons };
    },
  };
}

/** Why these are so is told. */
const EXPLAINED: readonly DeliveryState[] = ['failed', 'skipped', 'unknown'];

/** Goes from one reason to the next along an index, which also tells how many have it: there are few. */
async function* countReasons(
  table: Table<DeliveryRow>,
  message: string,
  state: DeliveryState,
): AsyncIterable<{ readonly reason: string; readonly people: number }> {
  for (let last = ''; ;) {
    const next = { message, state, reason: { $gt: last } };
    const [row] = await table.find(next, { sort: { reason: 1 }, limit: 1 });
    if (row?.reason === undefined) return;
    last = row.reason;
    yield { reason: last, people: await table.count({ message, state, reason: last }) };
  }
}

const NONE: { readonly [state in DeliveryState]: number } = {
  planned: 0,
  sending: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  skipped: 0,
  unknown: 0,
};

/** The id of a delivery. */
export function deliveryId(message: string, supporter: string): string {
  return `${message}:${supporter}`;
}

/** The ids of all deliveries of a message, which stand together in the order of supporters. */
export function deliveriesOf(message: string) {
  return { _id: { $gt: `${message}:`, $lt: `${message};` } };
}

/** What is exported and erased with a supporter; `wordsOf` tells what a message said. */
export function deliveryData(
  { table }: Pick<Deliveries, 'table'>,
  wordsOf: (message: string) => Promise<{ readonly name: string } | undefined>,
): PersonalData {
  return {
    name: 'campaign_messages',
    exportOf: async (supporter) =>
      Promise.all(
        (await table.find({ supporter })).map(async ({ message, channel, state, at, reason }) => ({
          message: (await wordsOf(message))?.name ?? message,
          channel,
          state,
          at: at.toISOString(),
          ...(reason === undefined ? {} : { reason }),
        })),
      ),
    async erase(supporter) {
      await table.remove({ supporter });
    },
  };
}
