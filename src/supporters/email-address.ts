import type { Transaction } from '../store/transaction.js';
import { guardOf } from './addresses.js';
import { agreedTo } from './consents-in-force.js';
import type { People } from './open-people.js';
import { withReach } from './reachable-on.js';
import type { SupporterRecord } from './record.js';

const EMAIL = 'email';
/** Times that a change which others overtook is begun again. */
const MOST_TRIES = 10;

/**
 * Makes an address that somebody has just confirmed theirs on the channel `email`, and lets go of those
 * they had there before. Who confirmed it earlier, and still has it in the profile, keeps it: then two
 * profiles are one person, which is for the team to see.
 */
export async function takeEmailAddress(
  { supporters, addresses, transact }: Pick<People, 'supporters' | 'addresses' | 'transact'>,
  supporter: string,
  email: string,
  at: Date,
): Promise<void> {
  const take = async (transaction: Transaction): Promise<void> => {
    const row = { supporter, channel: EMAIL, address: email, created_at: at, reachable: true };
    const [held] = await transaction.find(addresses.table, { _id: `${EMAIL}:${email}` });
    const ids = new Set([supporter, ...(held === undefined ? [] : [held.supporter])]);
    const records = await transaction.find(supporters.table, { _id: { $in: [...ids] } });
    const owner = records.find(({ _id }) => _id === held?.supporter);
    if (owner !== undefined && owner._id !== supporter && hasConfirmed(owner, email)) return;
    const mine = await transaction.find(addresses.table, { supporter, channel: EMAIL });
    for (const { _id } of mine) {
      if (_id !== held?._id) await transaction.removeOne(addresses.table, { _id, supporter });
    }
    const next = { _id: `${EMAIL}:${email}`, ...row };
    if (held === undefined) await transaction.insert(addresses.table, next);
    else await transaction.replace(addresses.table, { supporter: held.supporter }, next);
    for (const record of records) {
      const rows = await transaction.find(addresses.table, { supporter: record._id });
      const reached = withReach(record, rows);
      if (reached === record) continue;
      const written = { ...reached, revision: record.revision + 1 };
      await transaction.replace(supporters.table, guardOf(record), written);
    }
  };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) if (await transact(take)) return;
  throw new Error('Too many writers at once for one supporter.');
}

/** Who may be written to at an address now: who confirmed it, and agreed by name to e-mail. */
export async function readerOf(
  { supporters, addresses }: Pick<People, 'supporters' | 'addresses'>,
  email: string,
): Promise<SupporterRecord | 'nobody' | 'silenced'> {
  const row = await addresses.find(EMAIL, email);
  const record = row === undefined ? undefined : await supporters.get(row.supporter);
  if (record === undefined || !hasConfirmed(record, email)) return 'nobody';
  return agreedTo(record.consents, EMAIL) ? record : 'silenced';
}

function hasConfirmed(record: SupporterRecord, email: string): boolean {
  const { email: given, email_confirmed_at: at, erasing } = record;
  return given === email && at !== undefined && erasing === undefined;
}
