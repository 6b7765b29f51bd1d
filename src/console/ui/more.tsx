import { listWords } from '../words/list-words.js';
import { useWords } from '../words/use-words.js';
import { Button } from './button.js';

/** Below a list: more of it, while there is. */
export function More({
  list,
}: {
  readonly list: { readonly hasMore: boolean; readonly isAdding: boolean; more(): void };
}) {
  const words = useWords(listWords);
  if (!list.hasMore) return null;
  return (
    <div className="list-more">
      <Button isBusy={list.isAdding} onClick={list.more}>
        {words.more}
      </Button>
    </div>
  );
}
