import type { Connection } from 'mongoose';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createLiveSegments, type LiveSegments } from '../outreach/segments/live-segments.js';
import { openSegments } from '../outreach/segments/segments.js';

/** The segments of the program: their names for the checker of flows, and who is in them for the flows. */
export function wireSegments(
  connection: Connection,
  library: () => Library,
  log: Log,
): LiveSegments & { names(): Promise<string[]> } {
  const segments = openSegments(connection);
  const live = createLiveSegments({
    segments,
    asked: () => library().segments(),
    terms: () => library().campaign,
    report: (error) => log.warn({ err: error }, 'segments not read'),
  });
  return { ...live, names: () => segments.names() };
}
