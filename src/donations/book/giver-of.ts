import { addressId } from '../../supporters/addresses.js';
import type { MergeRow } from '../../supporters/merge/merges.js';
import type { Reach } from '../../supporters/record.js';

/**
 * Which of the ids of somebody with merged profiles an address had: what is given there is kept under that
 * one, so that it goes with the address should the merge be undone. `merges` are those of the profile and of
 * all that were merged into it, the latest first.
 */
export function giverOf(supporter: string, reach: Reach, merges: readonly MergeRow[]): string {
  const place = addressId(reach.channel, reach.address);
  let giver = supporter;
  for (const { kept, before } of merges) {
    if (kept !== giver) continue;
    giver = before?.addresses.find(({ _id }) => _id === place)?.supporter ?? giver;
  }
  return giver;
}
