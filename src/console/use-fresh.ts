import { useEffect, useRef } from 'react';
import { useLive } from './use-live.js';

/** How often at most a page asks again while much happens. */
const EVERY_MS = 2_000;

/** Asks again when something happened: at once, then at most every two seconds, and once after the last. */
export function useFresh(again: () => void): void {
  const latest = useRef(again);
  latest.current = again;
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive((event) => {
    if (event.type !== 'figures') return;
    clearTimeout(timer.current);
    const wait = Math.max(0, asked.current + EVERY_MS - performance.now());
    timer.current = setTimeout(() => {
      asked.current = performance.now();
      latest.current();
    }, wait);
  });
}
