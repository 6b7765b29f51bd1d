import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { IconButton } from '../ui/button.js';
import { shellWords } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

/** A panel that comes in from the side, on phones. */
export function Drawer({
  isOpen,
  close,
  children,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly children: ReactNode;
}) {
  const words = useWords(shellWords);
  const dialog = useRef<HTMLDialogElement>(null);
  const [path] = useLocation();
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  // Where one went, the menu has served.
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => closing.current(), [path]);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={words.menu}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="drawer-panel">
        <div className="drawer-close">
          <IconButton icon="close" label={words.close} onClick={close} />
        </div>
        {isOpen ? children : null}
      </div>
    </dialog>
  );
}
