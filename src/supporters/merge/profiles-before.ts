import { identitiesOf } from '../identities.js';
import type { SupporterRecord } from '../record.js';
import type { Merges } from './merges.js';

/** The profiles that a supporter's was made of, as they were; none where nothing was ever merged. */
export async function profilesBefore(
  record: SupporterRecord,
  merges: Pick<Merges, 'of'>,
): Promise<SupporterRecord[]> {
  const rows = await merges.of(identitiesOf(record));
  return rows.flatMap(({ before }) => (before === undefined ? [] : [before.kept, before.merged]));
}
