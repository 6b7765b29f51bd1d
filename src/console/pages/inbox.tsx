import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { InboxView } from '../../staff/api.js';
import { Empty } from '../ui/empty.js';
import { Page } from '../ui/page.js';
import { inboxWords } from '../words/inbox-words.js';
import { useWords } from '../words/use-words.js';
import { ConversationPane } from './inbox/conversation-pane.js';
import { ConversationList } from './inbox/conversation-list.js';
import './inbox/inbox.css';

/** Conversations beside the one that is open; on phones one of the two. */
export function Inbox() {
  const words = useWords(inboxWords);
  const { id } = useParams();
  const [, go] = useLocation();
  const [view, setView] = useState<InboxView>('waiting');
  return (
    <Page title={words.title} isWide>
      <div className={id === undefined ? 'inbox' : 'inbox inbox-open'}>
        <ConversationList view={view} choose={setView} open={id} />
        <section className="inbox-pane" aria-label={words.conversation}>
          {id === undefined ? (
            <Empty icon="inbox" title={words.choose} text={words.chooseText} />
          ) : (
            <ConversationPane key={id} id={id} back={() => go('/inbox')} />
          )}
        </section>
      </div>
    </Page>
  );
}
