import type { Permit, Refusal } from '../../../engine/calendar/permit.js';
import type { PostOutcome } from '../network.js';

const WITHIN_MS = 30_000;

/** What a network answered. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs?: number;
};

/** Thrown when a step before the post itself did not succeed: nothing is to be seen yet. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
  constructor(readonly outcome: PostOutcome) {
    super('not prepared');
  }
}

/** Calls a network, and reads what it answers; rejects when there is no answer. */
export async function call(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(WITHIN_MS),
    ...init,
  });
  const text = await response.text();
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(wait) ? { retryAfterMs: wait * 1_000 } : {};
  return { status: response.status, body: parse(text), ...retryAfterMs };
}

/** A call that makes nothing public: repeating it does no harm. */
export async function prepare(url: string, init: RequestInit): Promise<Answer> {
  const answer = await call(url, init).catch(() => {
    throw new NotPrepared({ type: 'not_yet', reason: 'unreachable' });
  });
  const refused = refusedBy(answer, false);
  if (refused !== undefined) throw new NotPrepared(refused);
  return answer;
}

/** Makes the post itself, if it may leave; `idOf` reads from the answer what it is called there. */
export async function publishBy(
  url: string,
  init: RequestInit,
  mayLeave: () => Permit | Refusal,
  idOf: (body: unknown) => string | undefined,
): Promise<PostOutcome> {
  const permit = mayLeave();
  if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
  const answer = await call(url, init).catch(() => undefined);
  if (answer === undefined) return { type: 'in_doubt', reason: 'no_answer' };
  const refused = refusedBy(answer, true);
  if (refused !== undefined) return refused;
  return { type: 'sent', id: idOf(answer.body) ?? '' };
}

/** A text at a path in what was answered. */
export function textAt(body: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(body, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' ? found : undefined;
}

/** What is at a path in what was answered. */
export function valueAt(body: unknown, ...path: readonly string[]): unknown {
  let found = body;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !(key in found)) return undefined;
    found = (Object.entries(found).find(([name]) => name === key) ?? [])[1];
  }
  return found;
}

/** What a refusal comes to; after the last call a fault of the network leaves it in doubt. */
function refusedBy({ status, retryAfterMs }: Answer, isPublic: boolean): PostOutcome | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 429) {
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    return { type: 'not_yet', reason: 'throttled', ...wait };
  }
  if (status === 401 || status === 403) return { type: 'failed', reason: 'misconfigured' };
  if (status >= 500) {
    return isPublic
      ? { type: 'in_doubt', reason: `status_${status}` }
      : { type: 'not_yet', reason: `status_${status}` };
  }
  return { type: 'failed', reason: `rejected_${status}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
