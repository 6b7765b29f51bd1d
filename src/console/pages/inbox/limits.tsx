import type { ConversationView } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { Time } from '../../ui/time.js';
import { inboxWords } from '../../words/inbox-words.js';
import { useWords } from '../../words/use-words.js';

/** What keeps staff from answering now, or soon: the election silence, and the network's own limits. */
export function Limits({ view }: { readonly view: ConversationView }) {
  const words = useWords(inboxWords);
  if (view.silence !== undefined) {
    return <Limit text={words.silence} isHard />;
  }
  if (view.isClosed) return <Limit text={words.closed} isHard />;
  if (view.answerBy !== undefined) {
    return (
      <p className="limit">
        <Icon name="clock" size={16} />
        <span>
          {words.answerBy} <Time at={view.answerBy} />
        </span>
      </p>
    );
  }
  return null;
}

function Limit({ text, isHard }: { readonly text: string; readonly isHard: boolean }) {
  return (
    <p className={isHard ? 'limit limit-hard' : 'limit'}>
      <Icon name="alert" size={16} />
      <span>{text}</span>
    </p>
  );
}
