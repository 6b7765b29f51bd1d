import type { AfterDraft } from '../../../staff/api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const SPAN_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
const UNIT = { minutes: 'minute', hours: 'hour', days: 'day' } as const;

/** When a step is due after what it begins with, in words. */
export function useAfter(): (after: AfterDraft) => string {
  const words = useWords(sequenceWords);
  const { language } = useLanguage();
  return (after) => {
    if (after.type === 'day') {
      if (after.days === 0) return words.sameDay(after.time);
      if (after.days === 1) return words.nextDay(after.time);
      return words.laterDay(new Intl.NumberFormat(language).format(after.days), after.time);
    }
    const span = new Intl.NumberFormat(language, {
      style: 'unit',
      unit: UNIT[after.unit],
      unitDisplay: 'long',
    });
    return words.afterSpan(span.format(after.count));
  };
}

/** About how long after, in milliseconds: what a picture needs. */
export function spanMs(after: AfterDraft): number {
  if (after.type === 'span') return after.count * SPAN_MS[after.unit];
  const [hours = 0, minutes = 0] = after.time.split(':').map(Number);
  // What it begins with is taken to happen at noon.
  const ms = after.days * SPAN_MS.days + (hours - 12) * SPAN_MS.hours + minutes * SPAN_MS.minutes;
  return Math.max(0, ms);
}
