import { useEffect, useState } from 'react';

/** A value once it has been the same for a moment, so that not each key asks the server. */
export function useLater<T>(value: T, ms = 200): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
