import { useState } from 'react';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { inboxWords } from '../../words/inbox-words.js';
import { useWords } from '../../words/use-words.js';

/** Ready answers in the supporter's language; a press sends one. */
export function ReadyAnswers({
  replies,
  choose,
}: {
  readonly replies: readonly { readonly name: string; readonly text: string }[];
  choose(name: string): void;
}) {
  const words = useWords(inboxWords);
  const [isOpen, setOpen] = useState(false);
  if (replies.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className="tab tab-end"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="list" size={16} /> {words.ready}
      </button>
      <Dialog isOpen={isOpen} close={() => setOpen(false)} title={words.ready}>
        <p className="muted">{words.readyText}</p>
        <ul className="choices">
          {replies.map(({ name, text }) => (
            <li key={name}>
              <button
                type="button"
                className="choice"
                onClick={() => {
                  setOpen(false);
                  choose(name);
                }}
              >
                <span>{text}</span>
              </button>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
