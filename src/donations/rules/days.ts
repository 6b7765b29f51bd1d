const DAY_MS = 86_400_000;

/** The day after a day (`YYYY-MM-DD`). */
export function dayAfter(day: string): string {
  return writeDay(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}

/** The first day of the month so many months before that of a day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return writeDay(Date.UTC(year, month - 1 - months, 1));
}

/**
 * The same day of the month, so many months later; `dayOfMonth` is the one that was meant, which shorter
 * months do not have: the 31st is the 28th in February, and the 31st again in March.
 */
export function monthsAfter(day: string, months: number, dayOfMonth: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return writeDay(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
}

function writeDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
