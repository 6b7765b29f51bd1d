import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Connection } from 'mongoose';
import { openDeliveries } from '../outreach/messages/deliveries.js';
import { openTable } from '../store/table.js';
import type { Delivered } from './compare.js';
import type { Accepted } from './rehearsal.js';

/** What the networks wrote down. */
export async function readAccepted(file: string): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    accepted.push(JSON.parse(line));
  }
  return accepted;
}

type Shown = {
  readonly _id: string;
  readonly conversation: string;
  readonly at: Date;
  readonly activity: { readonly text?: string } | null;
};

/** What web conversations show of the reminder. */
export async function readShown(
  connection: Connection,
  reminders: ReadonlySet<string>,
): Promise<Accepted[]> {
  const table = openTable<Shown>(connection, {
    name: 'activities',
    schema: { conversation: String, at: Date, activity: {} },
    indexes: [],
  });
  const shown: Accepted[] = [];
  for await (const row of table.streamFields({}, ['conversation', 'at', 'activity'])) {
    if (!reminders.has(row.activity?.text ?? '')) continue;
    shown.push({ channel: 'web', address: row.conversation, at: row.at.getTime() });
  }
  return shown;
}

/** What the program holds of every delivery of a message. */
export async function readDeliveries(
  connection: Connection,
  message: string,
): Promise<Delivered[]> {
  const { table } = openDeliveries(connection);
  const found: Delivered[] = [];
  const fields = ['supporter', 'channel', 'state', 'reason'] as const;
  for await (const row of table.streamFields({ message }, fields)) found.push(row);
  return found;
}
