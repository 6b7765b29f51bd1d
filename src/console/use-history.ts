import { useLive } from './use-live.js';
import { useList } from './use-api.js';

/** Somebody's history, oldest first as far as it was read back, and kept up to date. */
export function useHistory(id: string) {
  const list = useList('GET /supporters/:id/timeline', { id });
  useLive((event) => {
    if (event.type === 'conversation' && event.supporter === id) list.again();
  });
  return { ...list, items: list.parts.toReversed().flatMap(({ items }) => items) };
}
