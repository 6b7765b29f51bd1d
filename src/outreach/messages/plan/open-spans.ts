import { ballotsFor, type Calendar, type Span } from '../../../engine/calendar/calendar.js';
import { addDays } from '../../../engine/calendar/make-calendar.js';
import { Permit, type Leaving, type Refusal } from '../../../engine/calendar/permit.js';
import { territoryFacts } from '../../../engine/calendar/territories.js';
import { instantOf } from '../../../engine/parse/instant.js';

const DAY_MS = 86_400_000;

/**
 * A span in which something may leave; `rule` is what holds it up afterwards, absent where the horizon ends
 * it. One that begins held up begins with an empty span.
 */
export type OpenSpan = Span & { readonly rule?: Exclude<Refusal['rule'], 'stopped'> };

/** When something may leave, from one instant until another, in order. */
export function openSpans(
  calendar: Calendar,
  leaving: Leaving,
  { from, until }: Span,
): readonly OpenSpan[] {
  const changes = changesIn(calendar, leaving.territory, { from, until });
  const spans: OpenSpan[] = [];
  let at = from;
  while (at < until) {
    const answer = Permit.ask(calendar, leaving, at);
    if (answer.type === 'refused') {
      const { rule: found } = answer;
      // Staff hold nothing up that is only planned.
      if (found === 'stopped') break;
      const last = spans.pop() ?? { from, until: from };
      // Quiet hours are the least of what may hold something up.
      const rule = last.rule === undefined || last.rule === 'quiet-hours' ? found : last.rule;
      spans.push({ ...last, rule });
      at = answer.until;
      continue;
    }
    const end = nextRefusal(calendar, leaving, changes, at);
    spans.push({ from: at, until: end ?? until });
    at = end ?? until;
  }
  return spans;
}

function nextRefusal(
  calendar: Calendar,
  leaving: Leaving,
  changes: readonly number[],
  after: number,
): number | undefined {
  return changes.find((at) => at > after && Permit.ask(calendar, leaving, at).type === 'refused');
}

/** Instants at which a silence, the polls' closing or quiet hours may begin to hold. */
function changesIn(
  calendar: Calendar,
  territory: string | undefined,
  { from, until }: Span,
): readonly number[] {
  const changes = new Set<number>();
  for (const { closes, silence } of ballotsFor(calendar, territory)) {
    changes.add(closes);
    if (silence !== undefined) changes.add(silence.from);
  }
  const { quietHours, quietZones } = calendar;
  const known = territory === undefined ? undefined : territoryFacts(territory);
  if (quietHours !== undefined) {
    const first = new Date(from - DAY_MS).toISOString().slice(0, 10);
    const days = Math.ceil((until - from) / DAY_MS) + 2;
    for (const zone of known?.zones ?? quietZones) {
      for (let day = 0; day <= days; day += 1) {
        changes.add(instantOf(addDays(first, day), quietHours.from, zone));
      }
    }
  }
  return [...changes].filter((at) => from < at && at < until).sort((a, b) => a - b);
}
