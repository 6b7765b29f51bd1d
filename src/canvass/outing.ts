/** Volunteer, and what follows: the turf and the day. */
const NAME = /^(.+)(:[^:]+:[\d-]{10})$/;

/** Names the stretch of canvassing that a report belongs to: one volunteer, one turf, one day (UTC). */
export function outingOf(canvasser: string, turf: string, at: Date): string {
  return `${canvasser}:${turf}:${at.toISOString().slice(0, 10)}`;
}

/** The same stretch under another id of the same volunteer; a name of another form stays as it is. */
export function renameOuting(outing: string, canvasser: string): string {
  const [, , rest] = NAME.exec(outing) ?? [];
  return rest === undefined ? outing : `${canvasser}${rest}`;
}

/** All names of one stretch: as it is named, and under the other ids of its volunteer, as they map to one. */
export function outingsOf(outing: string, merged: ReadonlyMap<string, string>): readonly string[] {
  const [, canvasser = ''] = NAME.exec(outing) ?? [];
  const now = merged.get(canvasser) ?? canvasser;
  const others = [...merged].flatMap(([other, one]) => (one === now ? [other] : []));
  return [...new Set([outing, ...[now, ...others].map((one) => renameOuting(outing, one))])];
}
