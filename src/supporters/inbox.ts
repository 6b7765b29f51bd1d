import type { SupporterRecord } from './record.js';
import type { Supporters } from './supporters.js';
import { referenceOf } from './tell-staff.js';

/** More than these who wait are a matter for more staff, not for a longer list. */
const MOST = 500;

/** Somebody who waits for a person of the team, or talks with one. */
export type Waiting = {
  readonly reference: string;
  readonly id: string;
  /** ISO 8601: since when, and when the assistant takes over again. */
  readonly since: string;
  readonly until: string;
  readonly language: string;
  readonly channel: string;
  readonly name?: string;
  /** Why the flow asked for a person. */
  readonly reason?: string;
};

/** Those who wait, the longest first. */
export async function listWaiting(supporters: Supporters): Promise<SupporterRecord[]> {
  return supporters.findHandedOff(MOST);
}

/** Those of them whose reference begins so; a whole id is one too. */
export async function findWaiting(
  supporters: Supporters,
  reference: string,
): Promise<SupporterRecord[]> {
  const wanted = reference.trim().toLowerCase();
  if (wanted === '') return [];
  return (await listWaiting(supporters)).filter(({ _id }) => _id.toLowerCase().startsWith(wanted));
}

/** How somebody who waits is shown; undefined for anybody else. */
export function describeWaiting(record: SupporterRecord): Waiting | undefined {
  const { handoff, first_name: name } = record;
  if (handoff === undefined) return undefined;
  return {
    reference: referenceOf(record._id),
    id: record._id,
    since: handoff.at.toISOString(),
    until: handoff.until.toISOString(),
    language: record.language,
    channel: record.last.channel,
    ...(name === undefined ? {} : { name }),
    ...(handoff.reason === undefined ? {} : { reason: handoff.reason }),
  };
}
