import { useEffect, useRef } from 'react';
import { useApi } from '../use-api.js';
import { useLive } from '../use-live.js';
import { shellWords } from '../words/shell-words.js';
import { useLanguage, useWords } from '../words/use-words.js';

/** What many turns at once may cost: one look in so long. */
const LOOK_MS = 1_000;

/** How many conversations wait for somebody of the team, as it changes; nothing while none does. */
export function WaitingCount() {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const { data, mutate } = useApi('GET /inbox/counts', {});
  const timer = useRef<number>(undefined);
  useLive((event) => {
    if (event.type !== 'conversation' || timer.current !== undefined) return;
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      void mutate();
    }, LOOK_MS);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const waiting = data?.waiting ?? 0;
  if (waiting === 0) return null;
  return (
    <>
      <span className="count count-waiting" aria-hidden="true">
        {new Intl.NumberFormat(language, { notation: 'compact' }).format(waiting)}
      </span>
      <span className="hidden">, {words.waiting(waiting)}</span>
    </>
  );
}
