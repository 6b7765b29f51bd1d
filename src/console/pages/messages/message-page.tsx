import { useParams } from 'wouter';
import { useSession } from '../../session.js';
import { Failure } from '../../ui/failure.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';
import { DraftPage } from './draft-page.js';
import { SentPage } from './sent-page.js';
import './messages.css';

/** One message: a draft to write on, or how far it got. */
export function MessagePage() {
  const words = useWords(messageWords);
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data, error, mutate } = useApi('GET /messages/:id', { id });
  const options = useApi('GET /message-options', {});
  const failed = error ?? options.error;
  if (failed !== undefined || data === undefined || options.data === undefined) {
    return (
      <Page title={words.title}>
        {failed === undefined ? (
          <Skeleton lines={10} />
        ) : (
          <Failure error={failed} again={() => void mutate()} />
        )}
      </Page>
    );
  }
  const changed = (): void => void mutate();
  if (data.row.state === 'draft' && may('messages.write')) {
    return <DraftPage key={id} view={data} options={options.data} changed={changed} />;
  }
  return <SentPage key={id} view={data} changed={changed} />;
}
