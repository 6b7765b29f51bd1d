import type { Connection } from 'mongoose';
import type { Campaign } from '../engine/campaign.js';
import type { Audience } from '../outreach/messages/audience.js';
import { compileSegment, matchesSegment } from '../outreach/segments/compile-segment.js';
import type { Group } from '../outreach/segments/segment.js';
import { openSegments, recheck } from '../outreach/segments/segments.js';

/** How long a segment that was read is taken as it is. */
const READ_FOR_MS = 2_000;

/** Whom messages go to, by the segments that staff keep. */
export function wireAudience(connection: Connection, campaign: () => Campaign): Audience {
  const segments = openSegments(connection);
  const read = new Map<string, { readonly group: Promise<Group>; readonly at: number }>();

  async function find(name: string): Promise<Group> {
    const kept = await segments.get(name);
    if (kept === undefined) throw new Error(`The segment "${name}" of a message is gone.`);
    const reading = recheck(kept, campaign());
    if (reading.type === 'read') return reading.segment;
    throw new Error(`The segment "${name}" of a message is not sound.`);
  }

  function groupOf(name: string): Promise<Group> {
    const now = performance.now();
    const known = read.get(name);
    if (known !== undefined && now - known.at < READ_FOR_MS) return known.group;
    const group = find(name);
    read.set(name, { group, at: now });
    // Whoever asked is told; the next one asks again.
    group.catch(() => read.delete(name));
    return group;
  }

  return {
    query: async (segment, at) =>
      segment === undefined ? {} : compileSegment(await groupOf(segment), new Date(at), campaign()),
    matches: async (segment, record, at) =>
      segment === undefined ||
      matchesSegment(await groupOf(segment), record, new Date(at), campaign()),
  };
}
