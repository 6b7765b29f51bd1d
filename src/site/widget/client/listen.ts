import type { ActivitySet } from '../../../channels/webchat/protocol.js';
import { readActivities } from './direct-line.js';

/** The part of a browser's WebSocket that is used here. */
export type Socket = {
  addEventListener(type: 'open', heard: () => void): void;
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', heard: (event: { readonly reason: string }) => void): void;
  close(): void;
};

/** How a stream ended: never opened, taken over by another window, or cut. */
export type Ending = 'unopened' | 'collision' | 'cut';

/** One open stream; `ended` resolves once, also after `drop`. */
export type Stream = { readonly ended: Promise<Ending>; drop(): void };

export type Listener = {
  opened(): void;
  heard(set: ActivitySet): void;
  /** Anything came, if only a sign of life. */
  alive(): void;
};

/** Opens a stream and tells what arrives; it counts as unopened after `openMs`. */
export function listen(socket: Socket, openMs: number, listener: Listener): Stream {
  let isOpen = false;
  let isOver = false;
  let end: ((ending: Ending) => void) | undefined;
  const ended = new Promise<Ending>((resolve) => (end = resolve));
  const finish = (ending: Ending): void => {
    clearTimeout(timer);
    isOver = true;
    end?.(ending);
    socket.close();
  };
  const timer = setTimeout(() => finish('unopened'), openMs);
  socket.addEventListener('open', () => {
    if (isOver) return;
    clearTimeout(timer);
    isOpen = true;
    listener.opened();
  });
  socket.addEventListener('message', ({ data }) => {
    if (isOver) return;
    listener.alive();
    // An empty frame only keeps the connection alive.
    const set = typeof data === 'string' && data !== '' ? readFrame(data) : undefined;
    if (set !== undefined) listener.heard(set);
  });
  socket.addEventListener('close', ({ reason }) => {
    if (isOver) return;
    if (isOpen) finish(reason === 'collision' ? 'collision' : 'cut');
    else finish('unopened');
  });
  return { ended, drop: () => finish(isOpen ? 'cut' : 'unopened') };
}

function readFrame(data: string): ActivitySet | undefined {
  try {
    return readActivities(JSON.parse(data));
  } catch {
    return undefined;
  }
}
