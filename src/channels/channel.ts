import type { Router } from 'express';
import type { Permit, Refusal } from '../engine/calendar/permit.js';
import type { Limits } from '../engine/channel-limits.js';
import type { Event, SentFile } from '../engine/event.js';
import type { Json } from '../engine/json.js';
import type { Question } from '../engine/effect.js';

export {
  BOT_FRAMEWORK_LIMITS,
  TELEGRAM_LIMITS,
  WEB_LIMITS,
  WHATSAPP_LIMITS,
} from '../engine/channel-limits.js';
export { SKIP } from '../engine/effect.js';
export type { Permit, Json, Limits, Question, Router, SentFile };

/** What a channel read from its network, before it is understood. */
export type Inbound = {
  readonly channel: string;
  /** Where this supporter is reached on the channel (a chat id, a conversation id). */
  readonly address: string;
  /** Unique for this address: the same id twice is the same input. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Language tag the supporter's device declares; only a first guess. */
  readonly locale?: string;
  /** What the channel shows of this input in its own transcript; given back to `send` first. */
  readonly echo?: Json;
  readonly input: Input;
};

type EventInput<E> = E extends { readonly at: number; readonly channel: string }
  ? Omit<E, 'at' | 'channel' | 'rule' | 'intent'>
  : never;
/** The kinds of event a channel can bring. */
export type Input =
  | EventInput<Extract<Event, { readonly type: 'said' | 'chose' | 'sent' | 'edited' | 'shared' }>>
  | { readonly type: 'opened' }
  /**
   * Opened by a link with a payload that the program may have signed; where it did not, or not lately,
   * this is an ordinary `/start`.
   */
  | { readonly type: 'linked'; readonly payload: string };

/** The input of a file: with a caption, it is a text that shows something. */
export function readSent(file: SentFile, caption: string | undefined): Input {
  if (caption === undefined || caption.trim() === '') return { type: 'sent', ...file };
  return { type: 'said', text: caption, files: [file] };
}

/** Reads the body of an answer, unless it is larger. */
export async function readAtMost(
  response: Response,
  mostBytes: number,
): Promise<Uint8Array | 'too_large'> {
  const told = Number(response.headers.get('content-length') ?? 0);
  const parts: Uint8Array[] = [];
  let size = told > mostBytes ? told : 0;
  for await (const part of told > mostBytes ? [] : (response.body ?? [])) {
    parts.push(part);
    size += part.length;
    if (size > mostBytes) break;
  }
  if (size <= mostBytes) return new Uint8Array(Buffer.concat(parts));
  await response.body?.cancel().catch(() => undefined);
  return 'too_large';
}

/** What became of an input: saved now, saved before, or refused because too much is still to send. */
export type Receipt = 'taken' | 'repeated' | 'busy';
/** Takes an input in; when it resolves with `taken`, the turn is saved durably. */
export type Receive = (inbound: Inbound) => Promise<Receipt>;

/**
 * Something to send, with an id that stays the same when it is sent again. `bulk` messages go to many at
 * once, under the channel's rate, and let replies go ahead of them.
 */
export type Message = {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly bulk?: true;
} & (
  | {
      readonly type: 'text';
      readonly text: string;
      /** Of a mail; other channels show none. */
      readonly subject?: string;
      readonly question?: Question;
      readonly language: string;
    }
  | { readonly type: 'echo'; readonly echo: Json }
);

/**
 * The ways a send can fail: nobody is there (any more); too many at once; the network refuses this very
 * message; the person does not want to hear from us; the operator must mend something; or a cut
 * connection, of which nobody knows whether the message arrived.
 */
export const FAILURE_REASONS = [
  'unreachable',
  'throttled',
  'rejected',
  'blocked',
  'misconfigured',
  'in_doubt',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];
/**
 * Asks the guard whether a message may leave now. A channel asks in the last function before the network,
 * after every wait, and sends nothing without the permit.
 */
export type MayLeave = () => Permit | Refusal;

/**
 * What became of a send; `id` is the network's own, by which it tells of the message later. A message
 * that may not leave now is withheld, and never reached the network.
 */
export type SendResult =
  | { readonly type: 'sent'; readonly id?: string }
  | { readonly type: 'withheld'; readonly refusal: Refusal }
  | { readonly type: 'failed'; readonly reason: FailureReason; readonly retryAfterMs?: number };

/** How far a message got that the network took. */
export type SentState = 'sent' | 'delivered' | 'read' | 'failed';

/** Runs the sends of one channel when their turn comes; replies before bulk messages. */
export type Pacing = {
  run<T>(bulk: boolean, send: () => Promise<T>): Promise<T>;
  /** The network complained: bulk messages wait so long. */
  pause(ms: number): void;
};

/** What a channel tells the rest of the program; each call is saved when it resolves. */
export type Host = {
  readonly receive: Receive;
  /** Whether this person can be reached here: they blocked us, or came back. */
  reachable(address: string, isReachable: boolean): Promise<void>;
  /**
   * What became of a message the network took; `id` is that of its `SendResult`. It may come twice, late
   * and out of order. `reason` says why it failed.
   */
  status(address: string, id: string, state: SentState, reason?: FailureReason): Promise<void>;
  /**
   * This person, who shares where they are as it changes, is here now (degrees, WGS 84); a network tells it
   * every few seconds, and nothing is said about it.
   */
  moved(address: string, place: { readonly lat: number; readonly lon: number }): Promise<void>;
  /** This person told the network that they want no more of our messages. */
  optedOut(address: string): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
  /** Tells the operator, in a sentence without a supporter's words, address or name. */
  tell(level: 'info' | 'warn' | 'error', sentence: string, error?: unknown): void;
};

/** A file that a supporter sent. */
export type ChannelFile = { readonly bytes: Uint8Array; readonly contentType: string };

/** One network on which supporters are reached. */
export type Channel = {
  readonly name: string;
  readonly limits: Limits;
  /** Sending the same message id twice shows it once. */
  readonly exact: boolean;
  /** Sends one message; a failure is a value. Calls for one address are made in order. */
  send(address: string, message: Message, mayLeave: MayLeave): Promise<SendResult>;
  /** Shows that an answer is being prepared; best effort. */
  showTyping(address: string): void;
  /** Where a payload (48 signs of base64url) is opened on this channel, to come back as `linked`. */
  linkTo?(payload: string): Promise<string>;
  /**
   * Fetches a file by the id its event had, unless it is larger than `mostBytes`; undefined when the
   * network has it no more.
   */
  fetchFile?(id: string, mostBytes: number): Promise<ChannelFile | 'too_large' | undefined>;
  /** The file is not asked for any more. */
  dropFile?(id: string): Promise<void>;
};

/**
 * A session that a person begins by scanning a code with a phone, and that one process has: another one has
 * it, it is being opened, somebody is to scan the code, it is there, or the phone ended it.
 */
export type Login =
  | { readonly type: 'standby' | 'opening' | 'connected' | 'logged_out' }
  | { readonly type: 'waiting'; readonly code: string };

/** A channel as the program runs it. */
export type OpenedChannel = {
  readonly channel: Channel;
  /** Its own HTTP routes, by the path they are mounted at, before anything that reads bodies. */
  readonly routes?: ReadonlyMap<string, Router>;
  /** Begins to receive, once all else is up. */
  start?(): Promise<void>;
  /** What keeps it from working, for `/readyz`; undefined when all is well. */
  notReady?(): string | undefined;
  /** How it stands with the one session that it may have, where there is such a thing. */
  login?(): Login;
  /** Receives no more, and lets what is under way end. */
  close(): Promise<void>;
};

/**
 * Whether what a webhook brought is saved, for the answer to the network: what the store refused is told
 * to the operator in that sentence, and the network brings it again. Never rejects.
 */
export async function savedOrTold(
  taking: Promise<boolean>,
  host: Pick<Host, 'tell'>,
  sentence: string,
): Promise<boolean> {
  try {
    return await taking;
  } catch (error) {
    host.tell('error', sentence, error);
    return false;
  }
}
