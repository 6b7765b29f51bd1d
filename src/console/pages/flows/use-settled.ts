import { useEffect, useReducer, useRef } from 'react';

/** A value as it is, or, where `waitMs` is not 0, as it was until it stayed the same for so long. */
export function useSettled<Value>(value: Value, waitMs: number): Value {
  const settled = useRef(value);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  if (waitMs === 0) settled.current = value;
  useEffect(() => {
    if (settled.current === value) return undefined;
    const timer = setTimeout(() => {
      settled.current = value;
      drawAgain();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled.current;
}
