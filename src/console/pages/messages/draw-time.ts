import type { TimeSpan } from '../../../staff/api.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Distances of ticks, in hours. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336];
/** Labels that stand side by side. */
const MOST_TICKS = 12;

/** Where an instant is between two edges. */
export function scaleOf(
  { from, until }: TimeSpan,
  left: number,
  right: number,
): (at: number) => number {
  const width = Math.max(1, until - from);
  return (at) => left + ((Math.min(Math.max(at, from), until) - from) / width) * (right - left);
}

export type Tick = { readonly at: number; readonly label: string; readonly isDay: boolean };

/** Hours or days along a span, on the clocks of a time zone, as many as have room. */
export function makeTicks(
  { from, until }: TimeSpan,
  { timezone: timeZone, language }: { readonly timezone: string; readonly language: string },
): readonly Tick[] {
  const hours = (until - from) / HOUR_MS;
  const step = (STEPS.find((one) => hours / one <= MOST_TICKS) ?? hours) * HOUR_MS;
  const day = new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const hour = new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit' });
  const hourNumber = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const ticks: Tick[] = [];
  let last = -Infinity;
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= until; at += HOUR_MS) {
    const clock = Number(hourNumber.format(at));
    const isDay = clock === 0;
    const isDue = step >= DAY_MS ? isDay : clock % (step / HOUR_MS) === 0;
    if (!isDue || at - last < step * 0.9) continue;
    last = at;
    ticks.push({ at, label: isDay ? day.format(at) : hour.format(at), isDay });
  }
  return ticks;
}

export type Mark = { readonly at: number; readonly label: string; readonly kind: string };

/** Which side of its line a label stands on, so that none is cut off. */
export function placeLabels(
  marks: readonly Mark[],
  x: (at: number) => number,
  width: number,
): readonly (Mark & { readonly anchor: 'start' | 'middle' | 'end' })[] {
  return marks.map((mark) => {
    const place = x(mark.at);
    const anchor = place > width * 0.85 ? 'end' : place < width * 0.2 ? 'start' : 'middle';
    return { ...mark, anchor };
  });
}
