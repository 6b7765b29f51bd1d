import type { Response } from 'express';

/** Server-sent events that are open, so that a stop ends them. */
export type OpenStreams = Set<() => void>;

/** Proxies and sleeping laptops drop what says nothing for longer. */
const PULSE_MS = 20_000;
/** Then a browser comes back by itself, and is asked again whether it still may. */
const LIFE_MS = 600_000;

/** Tells events to one browser until it leaves or the program stops. */
export function sendEvents(
  response: Response,
  streams: OpenStreams,
  open: (tell: (event: unknown) => void) => () => void,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  // A browser that was cut off comes back after so long.
  response.write('retry: 2000\n\n');
  const pulse = setInterval(() => response.write(': here\n\n'), PULSE_MS);
  const life = setTimeout(() => end(), LIFE_MS);
  const leave = open((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  const end = (): void => {
    clearInterval(pulse);
    clearTimeout(life);
    leave();
    streams.delete(end);
    response.end();
  };
  streams.add(end);
  response.on('close', end);
}
