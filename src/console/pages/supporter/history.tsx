import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Timeline } from '../../ui/timeline.js';
import { Button } from '../../ui/button.js';
import { useHistory } from '../../use-history.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useWords } from '../../words/use-words.js';

/** What was said and done, from the latest back. */
export function History({ id }: { readonly id: string }) {
  const words = useWords(supporterWords);
  const history = useHistory(id);
  return (
    <section className="section profile-history">
      <h2>{words.history}</h2>
      {history.error === undefined ? null : <Failure error={history.error} />}
      {history.isLoading ? <Skeleton lines={8} /> : null}
      {!history.isLoading && history.items.length === 0 && history.error === undefined ? (
        <Empty icon="history" title={words.noHistory} />
      ) : null}
      {history.hasMore ? (
        <div className="list-more">
          <Button size="small" isBusy={history.isAdding} onClick={history.more}>
            {words.earlier}
          </Button>
        </div>
      ) : null}
      <Timeline items={history.items} />
    </section>
  );
}
