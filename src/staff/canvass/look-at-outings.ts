import type { Alert } from '../../canvass/live/find-alerts.js';
import type { Merged } from '../../canvass/live/find-merged.js';
import type { OutingSummary } from '../../canvass/live/summarise-outing.js';
import { summariseOutings, watchOutings } from '../../canvass/live/watch-outings.js';
import type { Doors } from '../../canvass/doors.js';
import type { Visits } from '../../canvass/visits.js';

/** A stretch of canvassing, and what is odd about it. */
export type SeenOuting = { readonly summary: OutingSummary; readonly alerts: readonly Alert[] };

/** All outings, the last first; profiles that were merged are one person. */
export async function lookAtOutings(
  visits: Visits,
  doors: Doors,
  merged: Merged,
): Promise<readonly SeenOuting[]> {
  const alerts = new Map<string, Alert[]>();
  for await (const alert of watchOutings(visits, doors, merged)) {
    const known = alerts.get(alert.outing) ?? [];
    known.push(alert);
    alerts.set(alert.outing, known);
  }
  const found: SeenOuting[] = [];
  for await (const summary of summariseOutings(visits, merged)) {
    found.push({ summary, alerts: alerts.get(summary.outing) ?? [] });
  }
  return found.toSorted((one, other) =>
    one.summary.figures.last_at < other.summary.figures.last_at ? 1 : -1,
  );
}
