import type { Choice } from '../../../channels/webchat/protocol.js';
import { createConnection, type Timing } from './connection.js';
import { createDirectLine } from './direct-line.js';
import type { Socket } from './listen.js';
import { createMemory, type Snapshot, type Storage } from './memory.js';
import { createOutbox } from './outbox.js';
import { mark, queue } from './state.js';
import { createUploads, type SendForm } from './uploads.js';

export const TIMING: Timing = {
  firstRetryMs: 500,
  longestRetryMs: 30_000,
  pollMs: 1_500,
  pollingMs: 120_000,
  requestMs: 20_000,
  openMs: 8_000,
  steadyMs: 5_000,
  silentMs: 60_000,
  echoMs: 6_000,
  typingMs: 8_000,
};

/** How often it is looked whether the token is still fresh. */
const FRESHNESS_MS = 30_000;

export type ChatOptions = {
  /** Where the server is: `https://host`. */
  readonly origin: string;
  /** Language tag of the page. */
  readonly locale: string;
  /** The payload of the link by which a conversation begun elsewhere goes on here. */
  readonly join?: string;
  readonly storage: Storage;
  readonly fetch: typeof fetch;
  readonly sendForm: SendForm;
  readonly openSocket: (url: string) => Socket | undefined;
  /** A fresh unguessable id. */
  readonly newKey: () => string;
  readonly timing?: Timing;
};

/** A conversation as the view sees it. */
export type Chat = {
  get(): Snapshot;
  /** Tells every change; call the answer to stop. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** Opens or resumes the conversation; once. */
  start(): void;
  /** Sends words, or a choice with the words that show it. */
  say(text: string, value?: string | Choice): void;
  /** Sends a file; `retryFile` tries again, `removeFile` lets go of it. */
  attach(file: File): void;
  retryFile(key: string): void;
  removeFile(key: string): void;
  /** Sends a message again that waits or failed. */
  retry(key: string): void;
  /** The network is back, or the page is looked at again. */
  wake(): void;
  /** The network is gone. */
  sleep(): void;
  /** Leaves no trace of the conversation on this device, and opens another. */
  forget(): void;
  /** Another window of the same site forgot it: this one lets go of it too. */
  letGo(): void;
  stop(): void;
};

/** Joins memory, connection and outbox to one chat; touches nothing before `start`. */
export function createChat(options: ChatOptions): Chat {
  const { origin, locale, newKey, openSocket, timing = TIMING } = options;
  const memory = createMemory(options.storage);
  const line = createDirectLine(origin, timing.requestMs, options.fetch);
  const connection = createConnection({
    memory,
    line,
    timing,
    locale,
    ...(options.join === undefined ? {} : { join: options.join }),
    openSocket,
    newKey,
    ready: () => void outbox.flush(),
  });
  const outbox = createOutbox({
    memory,
    line,
    patience: timing,
    locale,
    renew: connection.renew,
    restart: connection.restart,
    accepted: (key) => setTimeout(() => expectEcho(key), timing.echoMs),
  });
  const uploads = createUploads({
    memory,
    origin,
    locale,
    send: options.sendForm,
    newKey,
    renew: connection.renew,
    accepted: (key) => setTimeout(() => expectFile(key), timing.echoMs),
  });
  let freshness: ReturnType<typeof setInterval> | undefined;

  function expectEcho(key: string): void {
    const isMissing = memory.get().state.outgoing.some((message) => message.key === key);
    if (isMissing && freshness !== undefined) connection.reopen();
  }

  function expectFile(key: string): void {
    const { state, uploads: sent } = memory.get();
    const isMissing =
      sent.some((one) => one.key === key) && !state.entries.some((one) => one.key === key);
    if (isMissing && freshness !== undefined) connection.reopen();
  }

  function beginAnew(): void {
    uploads.stop();
    memory.clear();
    connection.beginAnew();
  }

  return {
    get: memory.get,
    subscribe: (listener) => memory.subscribe(listener),
    start(): void {
      if (freshness !== undefined) return;
      freshness = setInterval(() => void connection.keepFresh(), FRESHNESS_MS);
      void connection.run();
    },
    say(text, value): void {
      const message = { key: newKey(), text, at: Date.now() };
      memory.change((state) => queue(state, value === undefined ? message : { ...message, value }));
      void outbox.flush();
    },
    attach: uploads.attach,
    retryFile: uploads.retry,
    removeFile: uploads.remove,
    retry(key): void {
      memory.change((state) => mark(state, key, 'queued'));
      void outbox.flush();
    },
    wake(): void {
      connection.wake();
      void connection.keepFresh();
      void outbox.flush();
    },
    sleep: () => connection.sleep(),
    forget(): void {
      options.storage.clear();
      beginAnew();
    },
    letGo: beginAnew,
    stop(): void {
      clearInterval(freshness);
      freshness = undefined;
      outbox.stop();
      uploads.stop();
      connection.stop();
    },
  };
}
