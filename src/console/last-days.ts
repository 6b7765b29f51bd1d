const DAY_MS = 86_400_000;

/** The last so many days on a clock, today among them, as `2032-02-21`. */
export function lastDays(
  days: number,
  timeZone: string,
  now = Date.now(),
): { readonly from: string; readonly until: string } {
  const until = dayOn(now, timeZone);
  return { from: addDays(until, 1 - days), until };
}

/** The day that a clock shows. */
export function dayOn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
}

/** A day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
