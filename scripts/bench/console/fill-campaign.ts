import { openMessages } from '../../../src/outreach/messages/messages.js';
import { openDeliveries, type DeliveryRow } from '../../../src/outreach/messages/deliveries.js';
import { openAudit } from '../../../src/staff/audit.js';
import { openStore } from '../../../src/store/connection.js';
import { addressId } from '../../../src/supporters/addresses.js';
import type { JournalEntry } from '../../../src/supporters/outbox-item.js';
import { openPeople } from '../../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { withSearchWords } from '../../../src/supporters/search-words.js';
import { supporter } from '../measure/supporter.js';

const FIRST = ['Camille', 'Léa', 'Hugo', 'Inès', 'Malo', 'Soazig', 'Yann', 'Nour', 'Paul', 'Awa'];
const LAST = [
  'Martin',
  'Le Goff',
  'Diallo',
  'Petit',
  'Moreau',
  'Kerbrat',
  'Nguyen',
  'Roux',
  'Simon',
];
/** A name that one in nine bears, and one that nobody else does. */
export const NAMED = { common: 'martin', rare: 'kerouanton' } as const;

const BATCH = 1_000;
/** Turns of the supporter whose timeline is read; entries of the audit log; campaign messages. */
const TURNS = 400;
const AUDITED = 50_000;
const MESSAGES = 300;

/** Fills a data folder with a campaign that has been under way for months, unless it is filled already. */
export async function fillCampaign(
  dataDir: string,
  people: number,
): Promise<{ readonly first: string }> {
  const now = Date.now();
  const store = await openStore({ dataDir, noSync: true });
  try {
    const { supporters, addresses, journal } = openPeople(store.connection, 'secret');
    const [known] = await supporters.table.find({ last_name: 'Kerouanton' }, { limit: 1 });
    if (known !== undefined) return { first: known._id };
    let first = '';
    for (let from = 0; from < people; from += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, people - from) }, (_, n) =>
        person(from + n, now),
      );
      first = first === '' ? (rows[0]?._id ?? '') : first;
      await supporters.table.insertAll(rows);
      await addresses.table.insertAll(
        rows.map(({ _id, last: { channel, address }, created_at: at }) => ({
          _id: addressId(channel, address),
          supporter: _id,
          channel,
          address,
          created_at: at,
          reachable: true,
        })),
      );
      await journal.write(rows.map((row) => ({ supporter: row._id, entry: entryOf(row, 1, now) })));
    }
    const [one] = await supporters.table.find({ _id: first }, { limit: 1 });
    if (one !== undefined) {
      const turns = Array.from({ length: TURNS }, (_, n) => entryOf(one, n + 2, now));
      await journal.write(turns.map((entry) => ({ supporter: first, entry })));
    }
    const audit = openAudit(store.connection);
    const actions = ['GET /supporters/:id', 'PUT /supporters/:id', 'GET /supporters'];
    for (let n = 0; n < AUDITED; n += 1) {
      await audit.enter({
        at: new Date(now - (AUDITED - n) * 60_000),
        action: actions[n % actions.length] ?? '',
        who: `staff-${n % 20}`,
        who_name: 'Claire Martin',
        outcome: 'done',
        supporter: first,
      });
    }
    const messages = openMessages(store.connection);
    await messages.table.insertAll(
      Array.from({ length: MESSAGES }, (_, n) => ({
        _id: `message-${n}`,
        revision: 1,
        definition: {
          name: `Message ${n}`,
          purpose: 'engagement' as const,
          content: 'campaign' as const,
          says: { type: 'words' as const, words: { fr: 'Bonjour', en: 'Hello' } },
          at: { type: 'instant' as const, at: now - n * 3_600_000 },
          channels: ['telegram', 'web'],
        },
        state: 'done' as const,
        created_at: new Date(now - n * 3_600_000),
        ended_at: new Date(now - n * 3_600_000),
        made: people,
        all_made: true as const,
      })),
    );
    const deliveries = openDeliveries(store.connection);
    let rows: DeliveryRow[] = [];
    for await (const { _id } of supporters.table.streamFields({}, ['language'])) {
      const at = new Date(now - 3_600_000);
      const message = 'message-0';
      rows.push({
        _id: `${message}:${_id}`,
        message,
        supporter: _id,
        state: rows.length % 50 === 0 ? 'failed' : 'sent',
        channel: 'telegram',
        at,
      });
      if (rows.length < BATCH) continue;
      await deliveries.table.insertAll(rows);
      rows = [];
    }
    if (rows.length > 0) await deliveries.table.insertAll(rows);
    const tables = [supporters, addresses, journal, audit, messages, deliveries];
    for (const { table } of tables) await table.createIndexes();
    return { first };
  } finally {
    await store.close();
  }
}

/** A supporter by name; one in a hundred waits for somebody of the team. */
function person(index: number, now: number): SupporterRecord {
  const record = supporter(index, now);
  const at = record.heard_at ?? record.created_at;
  return withSearchWords({
    ...record,
    first_name: FIRST[index % FIRST.length] ?? '',
    last_name: index === 0 ? 'Kerouanton' : (LAST[index % LAST.length] ?? ''),
    tags: index % 40 === 0 ? ['volunteer', 'driver'] : ['volunteer'],
    ...(index % 100 === 0
      ? { handoff: { at, open: true as const, turn: 3, until: new Date(now + 86_400_000) } }
      : {}),
  });
}

function entryOf(
  { last: { channel, address } }: SupporterRecord,
  turn: number,
  now: number,
): JournalEntry {
  return {
    turn,
    at: new Date(now - turn * 60_000),
    channel,
    address,
    language: 'fr',
    event: { type: 'said', channel, text: 'Bonjour, où voter ?', at: now - turn * 60_000 },
    effects: [],
  };
}
