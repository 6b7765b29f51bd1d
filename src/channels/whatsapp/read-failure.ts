import type { SendResult } from '../channel.js';
import { GraphError } from './graph.js';

type Failed = Extract<SendResult, { readonly type: 'failed' }>;

/** What a refusal of the Cloud API comes to. */
export type Refusal = {
  readonly failed: Failed;
  /** What else it means: */
  readonly means?:
    /** this person stopped messages of this kind; */
    | 'opted_out'
    /** nothing in bulk may go out for now, or the number is lost; */
    | 'frozen'
    /** the account is locked, unpaid or not let in: only the operator can mend it; */
    | 'locked'
    /** the template is paused, changed or gone; */
    | 'template'
    /** the person wrote more than a day ago, whatever we believed; */
    | 'window_closed'
    /** too much at once goes out to this person, */
    | 'pair_limit'
    /** or to all together. */
    | 'too_quick';
};

const DAY_MS = 86_400_000;
/** One message in six seconds to one person, once the burst is used up. */
const PAIR_MS = 6_000;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const REFUSALS: readonly (readonly [codes: readonly number[], refusal: Refusal])[] = [
  // Not on WhatsApp, an old version, terms not accepted, or blocked us: WhatsApp does not say which.
  [[131026], { failed: failed('unreachable') }],
  [[131047], { failed: failed('rejected'), means: 'window_closed' }],
  // So many marketing messages a person gets from all businesses together; another day may do.
  [[131049], { failed: { ...failed('rejected'), retryAfterMs: DAY_MS } }],
  [[131050], { failed: failed('blocked'), means: 'opted_out' }],
  [[131048], { failed: failed('misconfigured'), means: 'frozen' }],
  [[131031, 368], { failed: failed('misconfigured'), means: 'locked' }],
  // No valid token, no right, no payment, a number that is not registered.
  [
    [0, 3, 10, 190, 33, 131005, 131042, 131045, 133010, 131030],
    { failed: failed('misconfigured'), means: 'locked' },
  ],
  [
    [132000, 132001, 132005, 132007, 132012, 132015, 132016],
    { failed: failed('misconfigured'), means: 'template' },
  ],
  [[130429, 4, 80007], { failed: failed('throttled'), means: 'too_quick' }],
  [[131056], { failed: { ...failed('throttled'), retryAfterMs: PAIR_MS }, means: 'pair_limit' }],
  // The service is away, or our number is moved about, and nothing was taken.
  [[2, 131016, 131057], { failed: failed('throttled') }],
  [[1, 131000], { failed: failed('in_doubt') }],
];
const BY_CODE: ReadonlyMap<number, Refusal> = new Map(
  REFUSALS.flatMap(([codes, refusal]) => codes.map((code) => [code, refusal] as const)),
);

/** What a code of the Cloud API means; one that is not known is a refusal of that one message. */
export function readCode(code: number): Refusal {
  if (code >= 200 && code < 300) return { failed: failed('misconfigured'), means: 'locked' };
  return BY_CODE.get(code) ?? { failed: failed('rejected') };
}

/** Errors of the network that come before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Makes a reason of what a call to the Cloud API came to. */
export function readFailure(error: unknown): Refusal {
  // A call that ran out of time or was cut: nobody knows whether it arrived.
  if (!(error instanceof GraphError)) {
    return { failed: failed(NOT_SENT.has(codeOf(error)) ? 'throttled' : 'in_doubt') };
  }
  const { status, code } = error;
  if (code !== undefined && (BY_CODE.has(code) || status < 500)) return readCode(code);
  if (status >= 500) return { failed: failed('in_doubt') };
  if (status === 429) return { failed: failed('throttled'), means: 'too_quick' };
  const isLocked = status === 401 || status === 403 || status === 404;
  return isLocked
    ? { failed: failed('misconfigured'), means: 'locked' }
    : { failed: failed('rejected') };
}

function failed(reason: Failed['reason']): Failed {
  return { type: 'failed', reason };
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}
