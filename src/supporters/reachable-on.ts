import type { AddressRow } from './addresses.js';
import { isSameList } from './consents-now.js';
import type { SupporterRecord } from './record.js';

/**
 * The record with `reachable_on` as its addresses make it: the channels where one of them at least can be
 * reached. The same record where it is so already.
 */
export function withReach(
  record: SupporterRecord,
  rows: readonly Pick<AddressRow, 'channel' | 'reachable'>[],
): SupporterRecord {
  const open = rows.filter(({ reachable }) => reachable).map(({ channel }) => channel);
  const channels = [...new Set(open)].sort();
  return isSameList(channels, record.reachable_on) ? record : { ...record, reachable_on: channels };
}
