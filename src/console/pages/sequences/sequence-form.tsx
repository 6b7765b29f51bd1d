import { useState } from 'react';
import type { MessageOptions, SequenceDraft } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button, IconButton } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { useFailureText } from '../../ui/failure.js';
import { Select, TextField } from '../../ui/field.js';
import { Page, Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useAsked } from '../../use-asked.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { useProblem } from '../messages/use-problem.js';
import { nextStep } from './empty-sequence.js';
import { gapOf } from './gap-of.js';
import { StartFields } from './start-fields.js';
import { StepFields } from './step-fields.js';
import { StepPreviews } from './step-previews.js';
import { spanMs, useAfter } from './tell-after.js';

const MOST_STEPS = 30;

/** The form of a sequence: what begins and ends it, and its steps along time. */
export function SequenceForm({
  begun,
  options,
  done,
}: {
  readonly begun: SequenceDraft;
  readonly options: MessageOptions;
  done(id: string): void;
}) {
  const words = useWords(sequenceWords);
  const { may } = useSession();
  const toast = useToast();
  const say = useFailureText();
  const tellAfter = useAfter();
  const { run, isBusy } = useAction();
  const [draft, setDraft] = useState(begun);
  const [isTold, setTold] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const asked = useAsked('POST /sequence-form-checks', { sequence: draft });
  const problems = asked.data?.problems ?? [];
  const errorOf = useProblem(problems.filter(({ code }) => isTold || code !== 'missing'));
  const set = (part: Partial<SequenceDraft>): void => setDraft({ ...draft, ...part });
  const { steps, leave } = draft;
  const isFaulty = problems.some(({ severity }) => severity === 'error');
  const ask = (): void => {
    setTold(true);
    if (isFaulty || asked.isWaiting) toast(words.faulty, true);
    else setAsking(true);
  };
  const said: { readonly [code: string]: string } = {
    faulty: words.faulty,
    name_taken: words.nameTaken,
  };
  const begin = (): void =>
    void run(async () => {
      setAsking(false);
      try {
        const { id } = await call('POST /sequences', { sequence: draft });
        toast(words.begun);
        done(id);
      } catch (error) {
        const known = error instanceof ApiFailure ? said[error.code] : undefined;
        toast(known ?? say(error), true);
      }
    });
  return (
    <Page
      title={words.newTitle}
      actions={
        may('messages.send') ? (
          <Button look="primary" icon="play" isBusy={isBusy} onClick={ask}>
            {words.begin}
          </Button>
        ) : null
      }
    >
      <div className="beside">
        <div className="message-form">
          <Section title={words.start}>
            <div className="form">
              <TextField
                label={words.name}
                hint={words.nameHint}
                value={draft.name}
                maxLength={200}
                autoFocus={draft.name === ''}
                error={errorOf('name')}
                onChange={({ target }) => set({ name: target.value })}
              />
              <StartFields
                start={draft.start}
                options={options}
                error={errorOf('start')}
                change={(start) => set({ start })}
              />
            </div>
          </Section>
          <Section title={words.path}>
            <ol className="time-line">
              {steps.map((step, index) => {
                const earlier = steps[index - 1];
                const wait = spanMs(step.after) - (earlier ? spanMs(earlier.after) : 0);
                return (
                  <li key={index} className="stop" style={{ paddingTop: gapOf(wait) }}>
                    <div className="step-head">
                      <p className="time-line-when">
                        {words.step(index + 1)} – {tellAfter(step.after)}
                      </p>
                      {steps.length === 1 ? null : (
                        <IconButton
                          icon="trash"
                          label={words.removeStep(index + 1)}
                          onClick={() => set({ steps: steps.filter((_one, at) => at !== index) })}
                        />
                      )}
                    </div>
                    <StepFields
                      step={step}
                      number={index + 1}
                      options={options}
                      errorOf={(field) => errorOf(`steps.${index}.${field}`)}
                      change={(next) =>
                        set({ steps: steps.map((one, at) => (at === index ? next : one)) })
                      }
                    />
                  </li>
                );
              })}
            </ol>
            <div className="add-step">
              <Button
                icon="plus"
                disabled={steps.length >= MOST_STEPS}
                onClick={() => set({ steps: [...steps, nextStep(steps.at(-1), options)] })}
              >
                {words.addStep}
              </Button>
            </div>
          </Section>
          <Section title={words.leave}>
            <div className="form">
              <label className="step-choice">
                <input
                  type="checkbox"
                  checked={leave.answered}
                  onChange={({ target }) => set({ leave: { ...leave, answered: target.checked } })}
                />
                {words.leaveAnswered}
              </label>
              <Select
                label={words.leaveSegment}
                value={leave.segment}
                error={errorOf('leave')}
                options={[
                  { value: '', label: words.leaveNowhere },
                  ...options.segments.map(({ name, title }) => ({ value: name, label: title })),
                ]}
                onChoose={(segment) => set({ leave: { ...leave, segment } })}
              />
            </div>
          </Section>
        </div>
        <aside className="beside-panel" aria-label={words.preview}>
          <h2>{words.preview}</h2>
          <StepPreviews steps={steps} previews={asked.data?.previews ?? []} />
        </aside>
      </div>
      <Dialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={words.beginTitle}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{words.cancel}</Button>
            <Button look="primary" onClick={begin}>
              {words.beginNow}
            </Button>
          </>
        }
      >
        <p>{words.beginText}</p>
      </Dialog>
    </Page>
  );
}
