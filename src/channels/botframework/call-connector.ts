import { z } from 'zod';
import { ConnectorError } from './connector-error.js';

export type ConnectorCall = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long it may take; a call that is cut is in doubt. */
  readonly withinMs: number;
};

const refusal = z.object({
  error: z.object({
    code: z.string().optional().catch(undefined),
    innerHttpError: z
      .object({ body: z.object({ code: z.string() }) })
      .optional()
      .catch(undefined),
  }),
});
const answer = z.object({ id: z.string() });

/**
 * Makes one call to a connector, once: whoever calls decides whether it is made again. Answers the id of
 * what was created, if the connector says it. Throws `ConnectorError`.
 */
export async function callConnector(call: ConnectorCall): Promise<string | undefined> {
  const { url, method, headers, body, withinMs } = call;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      // Elsewhere our token would be somebody else's.
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.text();
    if (response.ok) return answer.safeParse(asJson(text)).data?.id;
    throw new ConnectorError(response.status, codeIn(text), retryAfterMs(response.headers));
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw new ConnectorError(undefined, undefined, undefined, { cause: error });
  }
}

function codeIn(text: string): string | undefined {
  const error = refusal.safeParse(asJson(text)).data?.error;
  return error?.innerHttpError?.body.code ?? error?.code;
}

/** `Retry-After` in seconds, or as a date. */
function retryAfterMs(headers: Headers): number | undefined {
  const given = headers.get('Retry-After');
  if (given === null) return undefined;
  const seconds = Number(given);
  const ms = Number.isNaN(seconds) ? Date.parse(given) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
