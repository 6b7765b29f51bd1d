import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { useLocation } from 'wouter';
import type { MessageDraft, MessageOptions, MessageView, PlanView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Page, Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useAsked } from '../../use-asked.js';
import { useAutosave } from '../../use-autosave.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';
import { DraftForm } from './draft-form.js';
import { PlanPicture } from './plan-picture.js';
import { Previews } from './previews.js';
import { SendDialog } from './send-dialog.js';
import { TestButton } from './test-button.js';
import { useMessageFailure } from './use-message-failure.js';

/** Writes a message: it saves itself, tells what is wrong, and shows who would get it when. */
export function DraftPage({
  view,
  options,
  changed,
}: {
  readonly view: MessageView;
  readonly options: MessageOptions;
  changed(): void;
}) {
  const words = useWords(messageWords);
  const toast = useToast();
  const { may } = useSession();
  const { mutate } = useSWRConfig();
  const [, go] = useLocation();
  const tried = useMessageFailure();
  const { run, isBusy } = useAction();
  const { id } = view.row;
  const [message, setMessage] = useState<MessageDraft>(view.message);
  const [plan, setPlan] = useState<{ readonly of: string; readonly plan: PlanView }>();
  const [open, setOpen] = useState<'send' | 'discard'>();
  const saving = useAutosave({
    id,
    value: message,
    first: { value: view.message, revision: view.revision ?? 0 },
    async save(value, revision) {
      const saved = await call('PUT /messages/:id', { id, message: value, revision });
      return saved.revision ?? revision + 1;
    },
  });
  const checked = useAsked('POST /message-checks', { message });
  const problems = checked.data?.problems ?? view.problems;
  const isSound = !problems.some(({ severity }) => severity === 'error');
  const written = JSON.stringify(message);

  const lookAtPlan = (): Promise<PlanView | undefined> =>
    tried(async () => {
      if ((await saving.settle()) === undefined) return undefined;
      const found = await call('GET /messages/:id/plan', { id });
      setPlan({ of: written, plan: found });
      return found;
    });

  async function discard(): Promise<void> {
    setOpen(undefined);
    await run(async () => {
      const revision = await saving.settle();
      if (revision === undefined) return;
      await call('DELETE /messages/:id', { id, revision });
      toast(words.discarded);
      go('/messages');
      await mutate(() => true);
    });
  }

  return (
    <Page
      title={message.name.trim() === '' ? words.untitled : message.name}
      actions={
        <>
          <span className="saving" role="status">
            {saving.state === 'conflict' ? null : words[saving.state]}
          </span>
          <Button look="quiet" icon="trash" isBusy={isBusy} onClick={() => setOpen('discard')}>
            {words.discard}
          </Button>
          <TestButton
            id={id}
            languages={options.languages}
            isReady={isSound}
            settle={saving.settle}
          />
          {may('messages.send') ? (
            <Button
              look="primary"
              icon="send"
              disabled={!isSound}
              onClick={() => void lookAtPlan().then((found) => found && setOpen('send'))}
            >
              {words.send}
            </Button>
          ) : null}
        </>
      }
    >
      {saving.state === 'conflict' ? (
        <p className="form-failure" role="alert">
          {words.conflict}
        </p>
      ) : null}
      <div className="beside">
        <DraftForm message={message} options={options} problems={problems} change={setMessage} />
        <div className="beside-panel">
          <section className="card card-body">
            <h2>{words.preview}</h2>
            <Previews
              previews={checked.data?.previews ?? {}}
              languages={options.languages}
              isFlow={message.says === 'flow'}
            />
          </section>
        </div>
      </div>
      <Section
        title={words.planTitle}
        actions={
          <>
            {plan !== undefined && plan.of !== written ? (
              <Badge tone="warn">{words.planOld}</Badge>
            ) : null}
            <Button disabled={!isSound} icon="clock" onClick={() => void lookAtPlan()}>
              {plan === undefined ? words.plan : words.planAgain}
            </Button>
          </>
        }
      >
        {plan === undefined ? null : <PlanPicture plan={plan.plan} />}
      </Section>
      {plan === undefined ? null : (
        <SendDialog
          isOpen={open === 'send'}
          close={() => setOpen(undefined)}
          id={id}
          plan={plan.plan}
          settle={saving.settle}
          sent={changed}
        />
      )}
      <Confirm
        isOpen={open === 'discard'}
        close={() => setOpen(undefined)}
        title={words.discardTitle}
        back={words.cancel}
        action={words.discard}
        act={() => void discard()}
      >
        <p>{words.discardText}</p>
      </Confirm>
    </Page>
  );
}
