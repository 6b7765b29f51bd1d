import { useId, useState } from 'react';
import type { ConversationView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { useAction } from '../../ui/use-action.js';
import { inboxWords } from '../../words/inbox-words.js';
import { useWords } from '../../words/use-words.js';
import { Limits } from './limits.js';
import { ReadyAnswers } from './ready-answers.js';

const MOST_SIGNS = 4_000;

type Mode = 'reply' | 'note';

/** Where staff answer in words of their own, choose a ready answer, or write a note for the team. */
export function Composer({ view, changed }: { readonly view: ConversationView; changed(): void }) {
  const words = useWords(inboxWords);
  const { may } = useSession();
  const id = useId();
  const { run, isBusy } = useAction();
  const [mode, setMode] = useState<Mode>('reply');
  const [text, setText] = useState('');
  const [key, setKey] = useState(newKey);
  if (!may('inbox.answer')) return null;
  const isSilent = mode === 'reply' && (view.silence !== undefined || view.isClosed);

  const send = (what: { readonly text: string } | { readonly ready: string }) =>
    void run(async () => {
      // The same key when it is pressed again, so that an answer lost on the way counts once.
      await call('POST /conversations/:id/reply', { id: view.id, key, ...what });
      setKey(newKey());
      if ('text' in what) setText('');
      changed();
    });

  const write = () =>
    void run(async () => {
      await call('POST /conversations/:id/notes', { id: view.id, text });
      setText('');
      changed();
    });

  const submit = (): void => {
    if (text.trim() === '' || isSilent) return;
    if (mode === 'note') write();
    else send({ text });
  };

  return (
    <div className={mode === 'note' ? 'composer composer-note' : 'composer'}>
      <Limits view={view} />
      <div className="composer-modes" role="group" aria-label={words.modes}>
        {(['reply', 'note'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="tab"
            aria-pressed={one === mode}
            onClick={() => setMode(one)}
          >
            <Icon name={one === 'reply' ? 'send' : 'note'} size={16} /> {words.mode[one]}
          </button>
        ))}
        {mode === 'reply' ? (
          <ReadyAnswers replies={view.replies} choose={(ready) => send({ ready })} />
        ) : null}
      </div>
      <label className="hidden" htmlFor={id}>
        {words.mode[mode]}
      </label>
      <textarea
        id={id}
        className="input"
        rows={3}
        maxLength={MOST_SIGNS}
        placeholder={mode === 'note' ? words.noteHint : words.replyHint}
        disabled={isSilent}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      />
      <div className="composer-foot">
        <span className="muted">
          <kbd>Ctrl</kbd> <kbd>↵</kbd>
        </span>
        <Button look="primary" isBusy={isBusy} disabled={isSilent} onClick={submit}>
          {mode === 'note' ? words.addNote : words.send}
        </Button>
      </div>
    </div>
  );
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
