import { addressId, type Addresses } from './addresses.js';
import type { SupporterRecord } from './record.js';
import type { Supporters } from './supporters.js';

/** More people than this never share an e-mail or a phone but by a mistake worth looking at. */
const MOST = 100;
/** `id:<id>` names a supporter who has no address, or one of several with the same. */
const BY_ID = 'id:';
/** Channels whose addresses are phone numbers. */
const BY_NUMBER = ['whatsapp'];

/**
 * Those whom staff name by `<channel>:<address>`, `id:<id>`, an e-mail whatever its capitals, or a phone
 * number whatever its spaces. Several may have given one e-mail, for anybody can type it. `readPhone`
 * makes E.164 of a number, if it is one.
 */
export async function findSupporters(
  named: string,
  { table }: Pick<Supporters, 'table'>,
  addresses: Pick<Addresses, 'table'>,
  readPhone: (text: string) => string | undefined,
): Promise<SupporterRecord[]> {
  const text = named.trim();
  if (text.startsWith(BY_ID)) return known(await table.get(text.slice(BY_ID.length)));
  const row = await addresses.table.get(text);
  if (row !== undefined) return known(await table.get(row.supporter));
  if (text.includes('@')) {
    const email = new RegExp(`^${escapeRegExp(text)}$`, 'i');
    return table.find({ email }, { limit: MOST });
  }
  const phone = readPhone(text);
  if (phone === undefined) return [];
  // Some networks know people by their number, whether or not they told it to us.
  const rows = await addresses.table.find({
    _id: { $in: BY_NUMBER.map((channel) => addressId(channel, phone)) },
  });
  const ids = rows.map(({ supporter }) => supporter);
  return table.find({ $or: [{ phone }, { _id: { $in: ids } }] }, { limit: MOST });
}

function known(record: SupporterRecord | undefined): SupporterRecord[] {
  return record === undefined ? [] : [record];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
