import type { PlanView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';
import { PlanFigures } from './plan-figures.js';
import { useMessageFailure } from './use-message-failure.js';

/** Asks once more before a message leaves, with what the plan says. */
export function SendDialog({
  isOpen,
  close,
  id,
  plan,
  settle,
  sent,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly id: string;
  readonly plan: PlanView;
  settle(): Promise<number | undefined>;
  sent(): void;
}) {
  const words = useWords(messageWords);
  const toast = useToast();
  const tried = useMessageFailure();
  const { run, isBusy } = useAction();
  const isLate = Object.keys(plan.late).length > 0;

  async function send(): Promise<void> {
    await run(async () => {
      await tried(async () => {
        const revision = await settle();
        if (revision === undefined) return;
        await call('POST /messages/:id/send', { id, revision, anyway: isLate });
        toast(words.isSent);
        sent();
      });
      close();
    });
  }

  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={words.sendTitle}
      actions={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button
            look={isLate ? 'danger' : 'primary'}
            isBusy={isBusy}
            disabled={plan.recipients === 0}
            onClick={() => void send()}
          >
            {isLate ? words.sendAnyway : words.sendNow}
          </Button>
        </>
      }
    >
      <p>
        {plan.recipients === 0 ? words.nobody : words.sendText(words.inSegment(plan.recipients))}
      </p>
      {isLate ? (
        <p className="form-failure" role="alert">
          {words.sendLate}
        </p>
      ) : null}
      <PlanFigures plan={plan} />
    </Dialog>
  );
}
