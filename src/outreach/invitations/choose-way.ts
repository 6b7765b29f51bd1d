import { addressId, type AddressRow } from '../../supporters/addresses.js';
import { emailPlace, type OptOuts } from '../../supporters/opt-outs.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { nameOf, waysToInvite, type NoWayReason, type Way } from './ways-to-invite.js';

export type Choice =
  | { readonly type: 'way'; readonly way: Way }
  | { readonly type: 'none'; readonly reason: NoWayReason };

/**
 * The best way to invite somebody that was not `tried` in vain, and whose place is not in the register of
 * those who were erased, unless they agreed to something after that.
 */
export async function chooseWay(
  record: SupporterRecord,
  addresses: readonly AddressRow[],
  {
    optOuts,
    tried = [],
    ...about
  }: {
    readonly from: string;
    readonly on: ReadonlySet<string>;
    readonly optOuts: Pick<OptOuts, 'latest'>;
    readonly tried?: readonly string[];
  },
): Promise<Choice> {
  const found = waysToInvite(record, addresses, about);
  if (found.type === 'none') return found;
  const agreedAt = Math.max(
    ...record.consents.map(({ given, at }) => (given ? at.getTime() : -Infinity)),
  );
  const left = found.ways.filter((way) => !tried.includes(nameOf(way)));
  for (const way of left) {
    const optedOut = await optOuts.latest([placeOf(way)]);
    if (optedOut === undefined || optedOut.at.getTime() < agreedAt) return { type: 'way', way };
  }
  return { type: 'none', reason: left.length === 0 ? 'unreachable' : 'opted_out' };
}

/** As opt-outs name it. */
function placeOf(way: Way): string {
  return way.type === 'email' ? emailPlace(way.email) : addressId(way.channel, way.address);
}
