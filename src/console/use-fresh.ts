import { useEffect, useRef } from 'react';
import { useLive } from './use-live.js';

/** How often at most a page asks again while much happens. */
const USUAL_MS = 2_000;

/**
 * Asks again when something happened: at once, then at most every two seconds, or as often as is said, and
 * once after the last. What names people is entered into the audit log each time: ask for something that
 * names nobody, and for the rest when that is another than before.
 */
export function useFresh(again: () => void, everyMs = USUAL_MS): void {
  const latest = useRef(again);
  latest.current = again;
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive((event) => {
    if (event.type !== 'figures') return;
    clearTimeout(timer.current);
    const wait = Math.max(0, asked.current + everyMs - performance.now());
    timer.current = setTimeout(() => {
      asked.current = performance.now();
      latest.current();
    }, wait);
  });
}
