import type { ActivitySet } from '../../../channels/webchat/protocol.js';
import { readActivities } from './direct-line.js';

/** The part of a browser's WebSocket that is used here. */
export type Socket = {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly reason: string }) => void) | null;
  close(): void;
};

/** How a stream ended: never opened, taken over by another window, or cut. */
export type Ending = 'unopened' | 'collision' | 'cut';

/** One open stream; `ended` resolves once, also after `drop`. */
export type Stream = { readonly ended: Promise<Ending>; drop(): void };

/** Opens a stream and hands on what arrives; it counts as unopened after `openMs`. */
export function listen(
  socket: Socket,
  openMs: number,
  heard: (set: ActivitySet) => void,
  opened: () => void,
): Stream {
  let isOpen = false;
  let end: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => (end = resolve));
  const finish = (ending: Ending): void => {
    clearTimeout(timer);
    socket.onopen = socket.onmessage = socket.onclose = null;
    end(ending);
    socket.close();
  };
  const timer = setTimeout(() => finish('unopened'), openMs);
  socket.onopen = () => {
    clearTimeout(timer);
    isOpen = true;
    opened();
  };
  socket.onmessage = ({ data }) => {
    // An empty frame only keeps the connection alive.
    const set = typeof data === 'string' && data !== '' ? readFrame(data) : undefined;
    if (set !== undefined) heard(set);
  };
  socket.onclose = ({ reason }) => {
    if (isOpen) finish(reason === 'collision' ? 'collision' : 'cut');
    else finish('unopened');
  };
  return { ended, drop: () => finish(isOpen ? 'cut' : 'unopened') };
}

function readFrame(data: string): ActivitySet | undefined {
  try {
    return readActivities(JSON.parse(data));
  } catch {
    return undefined;
  }
}
