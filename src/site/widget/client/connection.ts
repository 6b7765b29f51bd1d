import type { ActivitySet, ConversationResponse } from '../../../channels/webchat/protocol.js';
import type { DirectLine, Reply } from './direct-line.js';
import { createKeys, type Renewal } from './keys.js';
import { listen, type Ending, type Socket, type Stream } from './listen.js';
import type { Memory } from './memory.js';
import { createNap, delayAfter, type Patience } from './nap.js';
import { ingest, leave } from './state.js';

export type Timing = Patience & {
  /** Between two questions to the server when sockets fail. */
  readonly pollMs: number;
  /** How long to poll before a socket is tried again. */
  readonly pollingMs: number;
  /** A request is given up after this. */
  readonly requestMs: number;
  /** A socket that is not open after this never will be. */
  readonly openMs: number;
  /** A socket that lived this long was a good one. */
  readonly steadyMs: number;
  /** A socket without any sign of life for so long is a dead one. */
  readonly silentMs: number;
  /** A message accepted but not shown back after this means a dead socket. */
  readonly echoMs: number;
  /** How long "typing" shows when nothing follows. */
  readonly typingMs: number;
};

export type Surroundings = {
  readonly memory: Memory;
  readonly line: DirectLine;
  readonly timing: Timing;
  readonly locale: string;
  /** The payload of the link by which a conversation begun elsewhere goes on here. */
  readonly join?: string;
  /** Undefined when the browser forbids this address. */
  openSocket(url: string): Socket | undefined;
  newKey(): string;
  /** A conversation is ready: what waits can be sent. */
  ready(): void;
};

/** Sockets that may fail to open in a row before polling begins. */
const SOCKET_TRIES = 2;
/** From this many activities in one answer on, there may be more to fetch at once. */
const FULL_PAGE = 50;

/**
 * Keeps the conversation joined to the server: opens or resumes it, listens on the socket or polls,
 * comes back after a cut by watermark, renews the token, starts anew when the server refuses it.
 */
export function createConnection(around: Surroundings) {
  const { memory, line, timing } = around;
  const nap = createNap();
  const keys = createKeys(memory, line);
  let stream: Stream | undefined;
  let failures = 0;
  let badSockets = 0;
  let heardAt = 0;
  let pollUntil = 0;
  const standing = { isAway: false, isStopped: false };
  /** Until the server heard of it. */
  let join = around.join;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  function hear(set: ActivitySet): void {
    for (const activity of set.activities) {
      if (activity.from.role === 'user') continue;
      clearTimeout(typingTimer);
      const typing = activity.type === 'typing';
      if (typing) {
        typingTimer = setTimeout(() => memory.show({ typing: false }), timing.typingMs);
      }
      if (memory.get().typing !== typing) memory.show({ typing });
    }
    if (set.watermark !== undefined || set.activities.some(({ type }) => type === 'message')) {
      memory.change((state) => ingest(state, set));
    }
  }

  function refused(): void {
    memory.change((state) => leave(state, around.newKey()));
  }

  async function renew(): Promise<Renewal> {
    const renewal = await keys.renew();
    if (renewal.type === 'refused') restart();
    return renewal;
  }

  function restart(): void {
    refused();
    rejoin();
  }

  function rejoin(): void {
    stream?.drop();
    nap.wake();
  }

  /** Opens what a link leads to, in the conversation of this browser or in a new one. */
  async function open(token: string): Promise<Reply<ConversationResponse>> {
    const reply = await line.open(token, around.locale, join);
    // One that the server cannot read is not brought again.
    if (reply.type === 'ok' || reply.type === 'invalid') join = undefined;
    return reply;
  }

  async function connect(): Promise<Reply<ConversationResponse>> {
    const { conversation, watermark } = memory.get().state;
    if (conversation !== undefined) {
      return join === undefined
        ? line.reconnect(conversation.id, conversation.token, watermark)
        : open(conversation.token);
    }
    const token = await line.generateToken(around.locale);
    if (token.type !== 'ok') return token;
    const reply = await open(token.value.token);
    // Only a new token comes with what resumes the conversation.
    return reply.type === 'ok' ? { ...reply, value: { ...token.value, ...reply.value } } : reply;
  }

  function isOnline(): void {
    alive();
    memory.show({ link: 'online' });
    around.ready();
  }

  function alive(): void {
    heardAt = Date.now();
  }

  /** A socket that has been silent for too long is cut, though nobody told. */
  function dropSilent(): void {
    if (Date.now() - heardAt > timing.silentMs) stream?.drop();
  }

  async function poll(): Promise<void> {
    while (!standing.isStopped && !standing.isAway && Date.now() < pollUntil) {
      const { conversation, watermark } = memory.get().state;
      if (conversation === undefined) return;
      const reply = await line.receive(conversation.id, conversation.token, watermark);
      if (memory.get().state.conversation?.id !== conversation.id) return;
      if (reply.type !== 'ok') {
        // Joining again tells whether the token is to blame, and mends it.
        pollUntil = 0;
        return;
      }
      if (memory.get().link !== 'online') isOnline();
      hear(reply.value);
      if (reply.value.activities.length < FULL_PAGE) await nap.sleep(timing.pollMs);
    }
  }

  async function hold(url: string): Promise<void> {
    const since = Date.now();
    alive();
    const socket = around.openSocket(url);
    stream = socket && listen(socket, timing.openMs, { opened: isOnline, heard: hear, alive });
    const ending = stream === undefined ? 'unopened' : await stream.ended;
    stream = undefined;
    const isSteady = Date.now() - since >= timing.steadyMs;
    if (ending === 'cut' && isSteady) failures = 0;
    badSockets = ending === 'unopened' ? badSockets + 1 : 0;
    if (shouldPoll(ending, badSockets)) pollUntil = Date.now() + timing.pollingMs;
  }

  async function run(): Promise<void> {
    let refusals = 0;
    while (!standing.isStopped) {
      if (standing.isAway) {
        await nap.sleep(timing.longestRetryMs);
        continue;
      }
      if (Date.now() < pollUntil) await poll();
      const { conversation } = memory.get().state;
      const reply = await connect();
      // Forgotten or left meanwhile: the answer is about what is no longer there.
      if (memory.get().state.conversation?.id !== conversation?.id) continue;
      let afterMs = 0;
      if (reply.type === 'ok') {
        refusals = 0;
        keys.keep(reply.value);
        await hold(reply.value.streamUrl);
      } else if (reply.type === 'later') {
        afterMs = reply.afterMs ?? 0;
      } else {
        refusals += 1;
        const renewal: Renewal = refusals > 1 ? { type: 'refused' } : await keys.resume();
        if (renewal.type === 'renewed') continue;
        if (renewal.type === 'refused') refused();
        else [refusals, afterMs] = [0, renewal.afterMs];
      }
      failures += 1;
      const isPolling = Date.now() < pollUntil;
      if (!standing.isAway && !isPolling)
        memory.show({ link: failures > 1 ? 'reconnecting' : 'connecting' });
      const wait = isPolling ? 0 : delayAfter(failures, timing, Math.random());
      await nap.sleep(Math.max(wait, afterMs));
    }
  }

  return {
    run,
    renew,
    restart,
    /** Looks after the socket and the token; to be called now and then. */
    async keepFresh(): Promise<void> {
      dropSilent();
      const { conversation } = memory.get().state;
      if (!standing.isAway && conversation !== undefined && Date.now() >= conversation.renewAt)
        await renew();
    },
    /** The device is back, or the page is looked at again: try at once. */
    wake(): void {
      standing.isAway = false;
      failures = 0;
      pollUntil = 0;
      nap.wake();
    },
    /** The device has lost its network: what is open is as good as cut. */
    sleep(): void {
      standing.isAway = true;
      memory.show({ link: 'offline' });
      stream?.drop();
    },
    /** Drops a socket that seems dead; what was missed comes by watermark. */
    reopen: rejoin,
    /** The conversation was forgotten: opens another at once. */
    beginAnew(): void {
      clearTimeout(typingTimer);
      failures = 0;
      rejoin();
    },
    stop(): void {
      standing.isStopped = true;
      clearTimeout(typingTimer);
      stream?.drop();
      nap.wake();
    },
  };
}

function shouldPoll(ending: Ending, badSockets: number): boolean {
  return ending === 'collision' || badSockets >= SOCKET_TRIES;
}
