import { useEffect, useRef } from 'react';
import type { LiveEvent } from '../staff/api.js';
import { urlOf } from './client.js';

const listeners = new Set<(event: LiveEvent) => void>();
let source: EventSource | undefined;

/** Hears what happens, while the page is there; all pages share one connection. */
export function useLive(hear: (event: LiveEvent) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const tell = (event: LiveEvent): void => latest.current(event);
    listeners.add(tell);
    source ??= connect();
    return () => {
      listeners.delete(tell);
      if (listeners.size > 0) return;
      source?.close();
      source = undefined;
    };
  }, []);
}

function connect(): EventSource {
  const opened = new EventSource(urlOf('GET /events', {}));
  opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
    // The server checks what it tells against the same type.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const event = JSON.parse(data) as LiveEvent;
    for (const tell of listeners) tell(event);
  });
  return opened;
}
