import { useEffect, useRef } from 'react';
import { useApi } from '../../use-api.js';
import { useLive } from '../../use-live.js';

/** Figures are asked for again so often at most while things happen, and so often whatever happens. */
const LOOK_MS = 5_000;
const ANYWAY_MS = 10_000;
/** While some of them are being counted. */
const COUNTING_MS = 1_500;

/** The campaign in figures: how it stands and what happened by day, anew whenever something happens. */
export function useFigures(days: number) {
  const standing = useApi('GET /dashboard', {}, { everyMs: ANYWAY_MS, keepPrevious: true });
  const byDay = useApi('GET /dashboard/days', { days }, { everyMs: ANYWAY_MS, keepPrevious: true });
  const looked = useRef(0);
  useLive((event) => {
    if (event.type !== 'figures' || performance.now() - looked.current < LOOK_MS) return;
    looked.current = performance.now();
    void standing.mutate();
    void byDay.mutate();
  });
  useAgain(byDay.data?.isCounting === true, byDay.mutate);
  useAgain(standing.data?.isCounting === true, standing.mutate);
  return {
    standing: standing.data,
    byDay: byDay.data,
    error: standing.error ?? byDay.error,
    again() {
      void standing.mutate();
      void byDay.mutate();
    },
  };
}

/** Asks again every moment for what is being counted. */
function useAgain(isCounting: boolean, ask: () => unknown): void {
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(ask, COUNTING_MS);
    return () => clearInterval(timer);
  }, [isCounting, ask]);
}
