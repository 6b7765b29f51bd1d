import type { ApiError, InputOf, OutputOf, RouteKey } from '../staff/api.js';

/** A call that was refused: what the server said, or `offline` when it could not be asked. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly { readonly path: string; readonly message: string }[] = [],
    /** Seconds after which to try again. */
    readonly retryAfterS?: number,
  ) {
    super(message);
  }
}

let csrf = '';

/** Keeps what has to go back with every change. */
export function keepCsrf(token: string): void {
  csrf = token;
}

/** Calls a route of the staff API: path, query and body as one object, checked by the compiler. */
export async function call<K extends RouteKey>(
  key: K,
  input: InputOf<K>,
  signal?: AbortSignal,
): Promise<OutputOf<K>> {
  const { method, url, body } = addressOf(key, input);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrf }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiFailure(0, 'offline', 'The server cannot be reached.');
  }
  if (!response.ok) throw await readFailure(response);
  // The server checks what it answers against the same type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await response.json()) as OutputOf<K>;
}

/** Where a route that answers a file, or events, is. */
export function urlOf<K extends RouteKey>(key: K, input: InputOf<K>): string {
  return addressOf(key, input).url;
}

function addressOf(key: RouteKey, input: object) {
  const [method = 'GET', path = ''] = key.split(' ');
  const rest = new Map<string, unknown>(Object.entries(input));
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = String(rest.get(name));
    rest.delete(name);
    return encodeURIComponent(value);
  });
  const url = `/staff/api${filled}`;
  if (method !== 'GET') {
    return { method, url, body: JSON.stringify(Object.fromEntries(rest)) };
  }
  const query = new URLSearchParams();
  for (const [name, value] of rest) {
    if (value === undefined) continue;
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const asked = query.toString();
  return { method, url: asked === '' ? url : `${url}?${asked}`, body: undefined };
}

async function readFailure(response: Response): Promise<ApiFailure> {
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const after = Number.isNaN(wait) ? undefined : wait;
  try {
    // Whatever stands before the server may answer something else, which ends below.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { error } = (await response.json()) as ApiError;
    return new ApiFailure(response.status, error.code, error.message, error.fields, after);
  } catch {
    return new ApiFailure(response.status, 'failed', 'The server gave no answer.', [], after);
  }
}
