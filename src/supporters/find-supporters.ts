import type { Addresses } from './addresses.js';
import type { SupporterRecord } from './record.js';
import type { Supporters } from './supporters.js';

/** More people than this never share an e-mail or a phone but by a mistake worth looking at. */
const MOST = 100;

/**
 * Those whom staff name by `<channel>:<address>`, by an e-mail or by a phone number; spaces in a number
 * do not count. Several may have given one e-mail, for anybody can type it.
 */
export async function findSupporters(
  named: string,
  supporters: Supporters,
  addresses: Pick<Addresses, 'table'>,
): Promise<SupporterRecord[]> {
  const text = named.trim();
  const { table } = supporters;
  if (text.includes('@') && !text.includes(':')) {
    const [local = '', domain = ''] = text.split('@');
    const spellings = [text, `${local}@${domain.toLowerCase()}`, text.toLowerCase()];
    return table.find({ email: { $in: [...new Set(spellings)] } }, { limit: MOST });
  }
  if (/^\+?[\d\s.()-]+$/.test(text)) {
    const digits = text.replace(/[^\d+]/g, '');
    return table.find({ phone: digits }, { limit: MOST });
  }
  const row = await addresses.table.get(text);
  const record = row === undefined ? undefined : await supporters.get(row.supporter);
  return record === undefined ? [] : [record];
}
