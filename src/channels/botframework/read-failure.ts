import { errorCode } from '../../error-code.js';
import type { SendResult } from '../channel.js';
import { ConnectorError } from './connector-error.js';

type Failed = Extract<SendResult, { readonly type: 'failed' }>;

/** Errors of the network that come before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** How Microsoft names that an app may not have a token (RFC 6749, 5.2, and its own). */
const NOT_LET_IN =
  /^(?:invalid_client|unauthorized_client|invalid_grant|invalid_request|invalid_tenant|invalid_resource|access_denied)$/;

/** Makes a reason of what a send came to. */
export function readFailure(error: unknown): Failed {
  // Without a token nothing was sent.
  if (!(error instanceof ConnectorError)) {
    return failed(isNotLetIn(error) ? 'misconfigured' : 'throttled');
  }
  const { status, retryAfterMs } = error;
  if (status === undefined) {
    const cause = error.cause instanceof Error ? error.cause.cause : undefined;
    return failed(NOT_SENT.has(String(errorCode(cause))) ? 'throttled' : 'in_doubt');
  }
  // 412: too many calls for one conversation at once; nothing was taken.
  if (status === 429 || status === 412) {
    return { ...failed('throttled'), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  return status >= 500 ? failed('in_doubt') : readRefusal(status, error.code ?? '');
}

/**
 * What a refusal for good means.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
function readRefusal(status: number, code: string): Failed {
  switch (status) {
    case 401:
      return failed('misconfigured');
    case 403:
      return failed(/blocked/i.test(code) ? 'blocked' : 'unreachable');
    case 404:
    case 410:
      return failed('unreachable');
    default:
      return failed('rejected');
  }
}

/** Whether Microsoft does not know the app or its password, so that only the operator can mend it. */
export function isNotLetIn(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errorCode' in error &&
    typeof error.errorCode === 'string' &&
    NOT_LET_IN.test(error.errorCode)
  );
}

function failed(reason: Failed['reason']): Failed {
  return { type: 'failed', reason };
}
