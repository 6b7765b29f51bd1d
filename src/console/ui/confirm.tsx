import type { ReactNode } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

/** Asks once more before something that cannot be taken back. */
export function Confirm({
  isOpen,
  close,
  title,
  children,
  back,
  action,
  act,
  isBusy = false,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** On the button that does nothing. */
  readonly back: string;
  /** On the button that does it. */
  readonly action: string;
  act(): void;
  readonly isBusy?: boolean;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={title}
      actions={
        <>
          <Button onClick={close}>{back}</Button>
          <Button look="danger" isBusy={isBusy} onClick={act}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
