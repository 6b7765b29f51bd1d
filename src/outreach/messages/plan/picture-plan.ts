import { ballotsFor, type Calendar, type Span } from '../../../engine/calendar/calendar.js';
import type { Campaign } from '../../../engine/campaign.js';
import type { MessageDefinition } from '../message.js';
import { timingOf } from '../timing.js';
import { openSpans, type OpenSpan } from './open-spans.js';
import type { Plan } from './plan-message.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The most that is drawn, in days. */
const MOST_DAYS = 62;
/** Rows of calendars; the others are those of a few people. */
const MOST_CALENDARS = 6;

/** A span in which nothing may leave, and why; in epoch milliseconds. */
export type ClosedSpan = Span & { readonly rule: NonNullable<OpenSpan['rule']> };

/** What holds for the people of some territories. */
export type PicturedCalendar = {
  /** Their codes; empty: for whom nobody knows where they vote. */
  readonly territories: readonly string[];
  readonly people: number;
  readonly due: number;
  readonly expires?: number;
  readonly closed: readonly ClosedSpan[];
  readonly polls: readonly Span[];
};

/** When a send goes on, drawn against what may hold it up. */
export type PlanPicture = Span & {
  readonly now: number;
  readonly channels: readonly {
    readonly channel: string;
    readonly recipients: number;
    /** Messages a second. */
    readonly rate: number;
    /** When it sends; empty: never. */
    readonly sends: readonly Span[];
  }[];
  readonly calendars: readonly PicturedCalendar[];
  readonly latestSafeStart?: number;
};

/** Draws a plan as shapes along a line of time; pure. */
export function picturePlan(
  plan: Plan,
  definition: Pick<MessageDefinition, 'at' | 'expires' | 'content'>,
  campaign: Campaign,
  now: number,
): PlanPicture {
  const calendars = calendarsOf(plan, definition, campaign, now);
  const instants = [
    ...calendars.flatMap(({ due, expires }) => [due, ...(expires === undefined ? [] : [expires])]),
    ...[plan.start, plan.end, plan.latestSafeStart].flatMap((at) => at ?? []),
  ];
  const first = Math.max(now - HOUR_MS, Math.min(...instants, Infinity));
  const from = Number.isFinite(first) ? Math.min(first, plan.latestSafeStart ?? first) : now;
  const last = Math.min(Math.max(...instants, from + HOUR_MS), from + MOST_DAYS * DAY_MS);
  const margin = Math.max((last - from) * 0.06, 30 * 60_000);
  const shown: Span = { from: from - margin, until: last + margin };
  const open = calendars.map((calendar) => openIn(shown, calendar.closed));
  return {
    ...shown,
    now,
    channels: Object.entries(plan.channels).map(([channel, { recipients, rate, start, end }]) => ({
      channel,
      recipients,
      rate,
      sends:
        start === undefined || end === undefined ? [] : within({ from: start, until: end }, open),
    })),
    calendars: calendars.slice(0, MOST_CALENDARS).map((calendar) => ({
      ...calendar,
      closed: calendar.closed.flatMap((span) => clip(span, shown)),
      polls: calendar.polls.flatMap((span) => clip(span, shown)),
    })),
    ...(plan.latestSafeStart === undefined ? {} : { latestSafeStart: plan.latestSafeStart }),
  };
}

/** The calendars people are held to, those of most people first; territories with the same one together. */
function calendarsOf(
  { served }: Plan,
  definition: Pick<MessageDefinition, 'at' | 'expires' | 'content'>,
  campaign: Campaign,
  now: number,
): readonly PicturedCalendar[] {
  const people = new Map<string | undefined, number>();
  for (const one of served) {
    people.set(one.territory, (people.get(one.territory) ?? 0) + one.people);
  }
  if (people.size === 0) people.set(undefined, 0);
  const found = new Map<string, PicturedCalendar>();
  for (const [territory, count] of people) {
    const timing = timingOf(definition, campaign, territory);
    const until = Math.max(now, timing.due, timing.expires ?? 0) + 3 * DAY_MS;
    const span = { from: Math.min(now, timing.due) - DAY_MS, until };
    const closed = closedFor(campaign.calendar, definition.content, territory, span);
    const polls = ballotsFor(campaign.calendar, territory).map(({ opens, closes }) => ({
      from: opens,
      until: closes,
    }));
    const key = JSON.stringify([timing, closed, polls]);
    const known = found.get(key);
    const territories = territory === undefined ? [] : [territory];
    found.set(key, {
      territories: [...(known?.territories ?? []), ...territories],
      people: (known?.people ?? 0) + count,
      ...timing,
      closed,
      polls,
    });
  }
  return [...found.values()].toSorted((one, other) => other.people - one.people);
}

/** What quiet hours close, and what the law does, each by itself, for they may overlap. */
function closedFor(
  calendar: Calendar,
  content: MessageDefinition['content'],
  territory: string | undefined,
  span: Span,
): readonly ClosedSpan[] {
  const leaving = { way: 'message', content, territory } as const;
  const { quietHours: _, ...lawOnly } = calendar;
  const quietOnly = { ...calendar, ballots: new Map(), anywhere: [] };
  return [lawOnly, quietOnly]
    .flatMap((part) => closedIn(span, openSpans(part, leaving, span)))
    .toSorted((one, other) => one.from - other.from);
}

function closedIn({ until }: Span, open: readonly OpenSpan[]): readonly ClosedSpan[] {
  return open.flatMap((span, index) => {
    const { rule } = span;
    const next = open[index + 1]?.from ?? until;
    return rule === undefined || next <= span.until
      ? []
      : [{ from: span.until, until: next, rule }];
  });
}

function openIn(shown: Span, closed: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  let at = shown.from;
  for (const { from, until } of closed) {
    if (from > at) spans.push({ from: at, until: from });
    at = Math.max(at, until);
  }
  return at < shown.until ? [...spans, { from: at, until: shown.until }] : spans;
}

/** The parts of a span in which any of the calendars is open; neighbours are one. */
function within(span: Span, calendars: readonly (readonly Span[])[]): readonly Span[] {
  const parts = calendars
    .flat()
    .flatMap((open) => clip(open, span))
    .toSorted((one, other) => one.from - other.from);
  const joined: { from: number; until: number }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && part.from <= last.until)
      last.until = Math.max(last.until, part.until);
    else joined.push({ ...part });
  }
  return joined;
}

function clip<T extends Span>(span: T, { from, until }: Span): readonly T[] {
  const part = { ...span, from: Math.max(span.from, from), until: Math.min(span.until, until) };
  return part.from < part.until ? [part] : [];
}
