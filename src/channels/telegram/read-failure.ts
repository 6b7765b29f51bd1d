import { GrammyError, HttpError } from 'grammy';
import type { SendResult } from '../channel.js';

type Failed = Extract<SendResult, { readonly type: 'failed' }>;

/** Errors of the network that come before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Makes a reason of what a call to the Bot API came to; what is no failure of a call is thrown on. */
export function readFailure(error: unknown): Failed {
  if (error instanceof GrammyError) return readAnswer(error);
  // A call that ran out of time or was cut: nobody knows whether it arrived.
  if (error instanceof HttpError) {
    return failed(NOT_SENT.has(codeOf(error.error)) ? 'throttled' : 'in_doubt');
  }
  throw error;
}

/** https://core.telegram.org/bots/api#making-requests; the words of a refusal are Telegram's own. */
function readAnswer({ error_code: code, description, parameters }: GrammyError): Failed {
  if (code === 429) {
    return { ...failed('throttled'), retryAfterMs: (parameters.retry_after ?? 1) * 1_000 };
  }
  if (code >= 500) return failed('in_doubt');
  if (code === 401 || code === 404) return failed('misconfigured');
  if (code === 403)
    return failed(/blocked by the user/i.test(description) ? 'blocked' : 'unreachable');
  // A group that became another one has no supporter in it.
  const isGone =
    /chat not found|user not found|PEER_ID_INVALID|deactivated|upgraded to a supergroup/i;
  return failed(isGone.test(description) ? 'unreachable' : 'rejected');
}

function failed(reason: Failed['reason']): Failed {
  return { type: 'failed', reason };
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
