import type { SupporterRecord } from './record.js';

/** Whose history this is: the supporter's id, and those of profiles that were merged into it. */
export type Identities = Pick<SupporterRecord, '_id' | 'merged_from'>;

/** Every id under which something about this person may be kept. */
export function identitiesOf({ _id, merged_from: others = [] }: Identities): readonly string[] {
  return [_id, ...others];
}
