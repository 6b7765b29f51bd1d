import { useState } from 'react';
import type { MessageProgress } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { useAction } from '../../ui/use-action.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';
import { useMessageFailure } from './use-message-failure.js';

/** Holds a message up, goes on, ends it for good, or sends the uncertain again. */
export function SendMoves({
  id,
  progress,
  moved,
}: {
  readonly id: string;
  readonly progress: MessageProgress;
  /** Told how far it is after a move; absent: to be asked again. */
  moved(progress?: MessageProgress): void;
}) {
  const words = useWords(messageWords);
  const tried = useMessageFailure();
  const { run, isBusy } = useAction();
  const [open, setOpen] = useState<'cancel' | 'resend'>();
  const { state, unknown } = progress;

  const move = (to: 'pause' | 'resume' | 'cancel'): void =>
    void run(async () => {
      setOpen(undefined);
      await tried(async () => moved(await call(`POST /messages/:id/${to}`, { id })));
    });
  const resend = (): void =>
    void run(async () => {
      setOpen(undefined);
      await tried(async () => {
        await call('POST /messages/:id/resend', { id });
        moved();
      });
    });

  return (
    <>
      {state === 'planned' || state === 'sending' ? (
        <Button icon="pause" isBusy={isBusy} onClick={() => move('pause')}>
          {words.pause}
        </Button>
      ) : null}
      {state === 'paused' ? (
        <Button icon="play" isBusy={isBusy} onClick={() => move('resume')}>
          {words.resume}
        </Button>
      ) : null}
      {['planned', 'sending', 'paused'].includes(state) ? (
        <Button look="danger" isBusy={isBusy} onClick={() => setOpen('cancel')}>
          {words.cancelSend}
        </Button>
      ) : null}
      {unknown > 0 && (state === 'done' || state === 'sending') ? (
        <Button isBusy={isBusy} onClick={() => setOpen('resend')}>
          {words.resend}
        </Button>
      ) : null}
      <Confirm
        isOpen={open !== undefined}
        close={() => setOpen(undefined)}
        title={open === 'resend' ? words.resendTitle : words.cancelTitle}
        back={open === 'resend' ? words.cancel : words.keep}
        action={open === 'resend' ? words.resend : words.cancelSend}
        act={() => (open === 'resend' ? resend() : move('cancel'))}
      >
        <p>{open === 'resend' ? words.resendText(words.inSegment(unknown)) : words.cancelText}</p>
      </Confirm>
    </>
  );
}
