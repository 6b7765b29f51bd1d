/** Whether the platform knows an IANA time zone. */
export function isTimezone(timezone: string): boolean {
  try {
    return clockOf(timezone).format(0) !== '';
  } catch {
    return false;
  }
}

/**
 * The instant, in epoch milliseconds, at which clocks of a time zone show a date and a time of day
 * (`YYYY-MM-DD`, `HH:MM`). A time that a clock change skips is read an hour later.
 */
export function instantOf(date: string, time: string, timezone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const first = wall - offsetAt(wall, timezone);
  return wall - offsetAt(first, timezone);
}

/** How far clocks of a time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timezone: string): number {
  const parts = clockOf(timezone).formatToParts(instant);
  const value = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  CLOCKS.set(timeZone, clock);
  return clock;
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text);
}
