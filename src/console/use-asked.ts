import { useEffect, useState } from 'react';
import type { InputOf, OutputOf, RouteKey } from '../staff/api.js';
import { ApiFailure, call } from './client.js';

export type Asked<T> = {
  /** The last answer, which may be of what was there before. */
  readonly data?: T;
  readonly error?: ApiFailure;
  /** What is shown is not yet about what is there. */
  readonly isWaiting: boolean;
};

/** Asks a route about what is being written, a moment after the last change; `undefined` asks nothing. */
export function useAsked<K extends RouteKey>(
  key: K,
  input: InputOf<K> | undefined,
  delayMs = 300,
): Asked<OutputOf<K>> {
  const [answer, setAnswer] = useState<Asked<OutputOf<K>>>({ isWaiting: false });
  const asked = input === undefined ? undefined : JSON.stringify(input);
  useEffect(() => {
    if (input === undefined) return undefined;
    const stop = new AbortController();
    setAnswer((is) => ({ ...is, isWaiting: true }));
    const timer = setTimeout(() => {
      call(key, input, stop.signal).then(
        (data) => setAnswer({ data, isWaiting: false }),
        (error: unknown) => {
          if (!stop.signal.aborted && error instanceof ApiFailure) {
            setAnswer({ error, isWaiting: false });
          }
        },
      );
    }, delayMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // What was asked says whether anything changed.
  }, [key, asked, delayMs]);
  return answer;
}
