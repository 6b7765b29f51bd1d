import { useEffect, useId, useRef, type ReactNode } from 'react';
import { shellWords } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { IconButton } from './button.js';

/** A question or a form above the page; Escape and a press beside it close it. */
export function Dialog({
  isOpen,
  close,
  title,
  children,
  actions,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const words = useWords(shellWords);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onClose={close}
      onMouseDown={(event) => event.target === dialog.current && close()}
    >
      {isOpen ? (
        <div className="dialog-panel">
          <header className="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={words.close} onClick={close} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions === undefined ? null : <footer className="dialog-actions">{actions}</footer>}
        </div>
      ) : null}
    </dialog>
  );
}
