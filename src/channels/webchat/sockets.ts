import { WebSocket } from 'ws';
import type { ActivityLog } from './activity-log.js';
import type { ActivitySet, CloseReason } from './protocol.js';

/** Activities in one frame; a slow client has one frame in memory, the rest stays in the log. */
const FRAME = 50;
const CLOSING_MS = 1000;

export type Stream = {
  readonly conversation: string;
  /** What the client has already. */
  readonly watermark: number;
  /** Where the client connects from. */
  readonly client: string;
};

export type Sockets = {
  /** Takes a socket in, closing the one its conversation had, and sends it what it lacks. */
  open(socket: WebSocket, stream: Stream): void;
  /**
   * Sends a conversation's open socket what the log has for it; cheap when there is no socket, or
   * when it was sent the number `upTo` already.
   */
  pushNew(conversation: string, upTo?: number): void;
  /** Sends a conversation's open socket what is not stored, unless it has much to read already. */
  whisper(conversation: string, set: ActivitySet): void;
  count(): number;
  countOf(client: string): number;
  close(): Promise<void>;
};

type Open = Stream & {
  readonly socket: WebSocket;
  sent: number;
  /** What it must be sent at least, as far as it is known here. */
  upTo: number;
  pushing: boolean;
  again: boolean;
  alive: boolean;
};

/** Keeps the open WebSockets, one for each conversation, and feeds them from the log. */
export function createSockets(options: {
  readonly log: Pick<ActivityLog, 'after'>;
  readonly report: (error: unknown) => void;
  readonly keepAliveMs: number;
  /** Told that a socket was opened. */
  readonly opened: () => void;
}): Sockets {
  const { log, report } = options;
  const byConversation = new Map<string, Open>();
  const all = new Set<Open>();
  const perClient = new Map<string, number>();

  const timer = setInterval(() => {
    for (const open of all) keepAlive(open);
  }, options.keepAliveMs);
  timer.unref();

  function remove(open: Open): void {
    if (!all.delete(open)) return;
    if (byConversation.get(open.conversation) === open) byConversation.delete(open.conversation);
    const left = (perClient.get(open.client) ?? 1) - 1;
    if (left > 0) perClient.set(open.client, left);
    else perClient.delete(open.client);
  }

  async function push(open: Open): Promise<void> {
    if (open.pushing) {
      open.again = true;
      return;
    }
    open.pushing = true;
    try {
      do {
        open.again = false;
        while (await pushFrame(open));
      } while (open.again);
    } catch (error) {
      report(error);
      shut(open.socket, 1011, 'failed');
    } finally {
      open.pushing = false;
    }
  }

  /** True when there may be more. Waits until the frame has left: a client that does not read is not sent more. */
  async function pushFrame(open: Open): Promise<boolean> {
    const rows = await log.after(open.conversation, open.sent, FRAME);
    const last = rows.at(-1);
    if (last === undefined || open.socket.readyState !== WebSocket.OPEN) return false;
    const left = await send(open.socket, {
      activities: rows.map((row) => row.activity),
      watermark: String(last.seq),
    });
    open.sent = last.seq;
    // A log kept by several processes may give only the first of what follows.
    return left && (rows.length === FRAME || last.seq < open.upTo);
  }

  return {
    open(socket, stream) {
      const open: Open = {
        ...stream,
        socket,
        sent: stream.watermark,
        upTo: 0,
        pushing: false,
        again: false,
        alive: true,
      };
      const before = byConversation.get(stream.conversation);
      if (before !== undefined) shut(before.socket, 1000, 'collision');
      byConversation.set(stream.conversation, open);
      all.add(open);
      perClient.set(stream.client, (perClient.get(stream.client) ?? 0) + 1);
      socket.on('pong', () => (open.alive = true));
      socket.on('message', () => (open.alive = true));
      socket.on('close', () => remove(open));
      // A broken connection is also closed, and the client comes back for what it missed.
      socket.on('error', () => socket.terminate());
      void push(open);
      options.opened();
    },
    pushNew(conversation, upTo) {
      const open = byConversation.get(conversation);
      if (open === undefined || (upTo !== undefined && open.sent >= upTo)) return;
      open.upTo = Math.max(open.upTo, upTo ?? 0);
      void push(open);
    },
    whisper(conversation, set) {
      const socket = byConversation.get(conversation)?.socket;
      if (socket?.readyState === WebSocket.OPEN && socket.bufferedAmount === 0) {
        void send(socket, set);
      }
    },
    count: () => all.size,
    countOf: (client) => perClient.get(client) ?? 0,
    async close() {
      clearInterval(timer);
      const closed = [...all].map(
        ({ socket }) => new Promise((resolve) => socket.once('close', resolve)),
      );
      for (const { socket } of all) shut(socket, 1001, 'stopping');
      const late = setTimeout(() => {
        for (const { socket } of all) socket.terminate();
      }, CLOSING_MS);
      await Promise.all(closed);
      clearTimeout(late);
    },
  };
}

/** An empty frame is Direct Line's sign of life; the ping asks for one back. */
function keepAlive(open: Open): void {
  if (!open.alive) {
    open.socket.terminate();
    return;
  }
  open.alive = false;
  open.socket.ping();
  // A client that has much to read hears of us anyway.
  if (open.socket.bufferedAmount === 0) open.socket.send('');
}

function send(socket: WebSocket, set: ActivitySet): Promise<boolean> {
  return new Promise((resolve) => {
    socket.send(JSON.stringify(set), (error) => resolve(!error));
  });
}

function shut<Code extends keyof CloseReason>(
  socket: WebSocket,
  code: Code,
  reason: CloseReason[Code],
): void {
  socket.close(code, reason);
}
