import useSWR, { type SWRResponse } from 'swr';
import useSWRInfinite from 'swr/infinite';
import type { InputOf, OutputOf, Page, RouteKey } from '../staff/api.js';
import { ApiFailure, call } from './client.js';

/** Routes that only read. */
export type Reading = Extract<RouteKey, `GET ${string}`>;

/** What a reading route answers, kept and asked again when the page comes back; `undefined` asks nothing. */
export function useApi<K extends Reading>(
  key: K,
  input: InputOf<K> | undefined,
  options: {
    readonly keepPrevious?: boolean;
    /** Asks again by itself so often; 0: never. */
    readonly everyMs?: number;
  } = {},
): SWRResponse<OutputOf<K>, ApiFailure> {
  return useSWR<OutputOf<K>, ApiFailure>(
    input === undefined ? null : [key, input],
    () => call(key, input ?? emptyInput()),
    {
      keepPreviousData: options.keepPrevious === true,
      shouldRetryOnError: isPassing,
      refreshInterval: options.everyMs ?? 0,
    },
  );
}

type Paged = {
  [K in Reading]: OutputOf<K> extends Page<unknown>
    ? InputOf<K> extends { readonly before?: string }
      ? K
      : never
    : never;
}[Reading];
type ItemOf<K extends Paged> = OutputOf<K> extends Page<infer T> ? T : never;

/** A list that is read part by part: what is there so far, and how to get more. */
export function useList<K extends Paged>(key: K, input: InputOf<K>) {
  const asked = useSWRInfinite<Page<ItemOf<K>>, ApiFailure>(
    (index: number, last: Page<ItemOf<K>> | null) => {
      if (index > 0 && last?.next === undefined) return null;
      return [key, index === 0 ? input : { ...input, before: last?.next }];
    },
    // The pairs were made above, of this very route.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    ([, part]: [K, InputOf<K>]) => call(key, part) as Promise<Page<ItemOf<K>>>,
    { revalidateFirstPage: true, keepPreviousData: true, shouldRetryOnError: isPassing },
  );
  const parts = asked.data ?? [];
  return {
    parts,
    items: parts.flatMap(({ items }) => items),
    error: asked.error,
    isLoading: asked.isLoading,
    hasMore: parts.at(-1)?.next !== undefined,
    isAdding: asked.isValidating && asked.size > parts.length,
    more: () => void asked.setSize(asked.size + 1),
    again: () => void asked.mutate(),
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 0 || error.status >= 500);
}

function emptyInput(): never {
  throw new Error('A call that was not to be made.');
}
