import { useEffect, useMemo, useRef, useState } from 'react';
import { PURPOSES } from '../../../../engine/flow.js';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { They } from '../../../../engine/transcript.js';
import type { FlowSurroundings } from '../../../../staff/api.js';
import { call } from '../../../client.js';
import { Button, IconButton } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { Select, TextField } from '../../../ui/field.js';
import { useAction } from '../../../ui/use-action.js';
import { useToast } from '../../../ui/toast.js';
import { flowWords } from '../../../words/flow-words.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { EngineBeside } from '../checking/ask-engine.js';
import type { Opening, Played, SaidLine } from '../checking/protocol.js';
import { Check } from '../panel/check.js';
import { ActionResult } from './action-result.js';
import { Turns } from './turns.js';
import { useSimulation } from './use-simulation.js';

const HOUR_MS = 3_600_000;

/** A conversation with the flow as it is being written, as somebody would have it. */
export function SimulatorPanel({
  engine,
  name,
  texts,
  surroundings,
  startsAtOnce,
  isWritable,
  follow,
  close,
}: {
  readonly engine: EngineBeside | undefined;
  readonly name: string;
  readonly texts: FlowTexts;
  readonly surroundings: FlowSurroundings;
  /** Whether a first contact begins with this flow. */
  readonly startsAtOnce: boolean;
  readonly isWritable: boolean;
  /** Told how far the conversation has come. */
  follow(played: Played | undefined): void;
  close(): void;
}) {
  const words = useWords(simulatorWords);
  const [opening, setOpening] = useState<Opening>(() => ({
    language: surroundings.languages[0] ?? 'en',
    channel: surroundings.channels[0] ?? 'web',
    at: Math.floor(Date.now() / 60_000) * 60_000,
    supporter: {},
    consents: {},
  }));
  const first = useMemo(
    (): They => (startsAtOnce ? { type: 'text', text: '/start' } : { type: 'start', flow: name }),
    [startsAtOnce, name],
  );
  const simulation = useSimulation(engine, texts, opening, name, first);
  const { moves, played, isUnsound } = simulation;
  const [isRecording, setRecording] = useState(false);

  useEffect(() => follow(played), [follow, played]);
  useEffect(() => () => follow(undefined), [follow]);

  const last = played?.moves.at(-1);
  const question = last?.said.findLast((line) => line.buttons !== undefined);
  return (
    <section className="simulator" aria-label={words.title}>
      <header className="panel-head">
        <h2>{words.title}</h2>
        <div className="panel-tools">
          <IconButton icon="undo" label={words.back} onClick={simulation.back} />
          <IconButton icon="history" label={words.again} onClick={simulation.again} />
          {isWritable ? (
            <IconButton
              icon="record"
              label={words.record}
              disabled={played === undefined}
              onClick={() => setRecording(true)}
            />
          ) : null}
        </div>
        <IconButton icon="close" label={words.close} onClick={close} />
      </header>
      <details className="more simulator-settings">
        <summary>{words.settings}</summary>
        <Settings opening={opening} surroundings={surroundings} set={setOpening} />
      </details>
      {isUnsound ? <p className="form-failure simulator-notice">{words.unsound}</p> : null}
      <Turns moves={moves} played={played} />
      {last?.awaits === undefined ? (
        <Answering
          key={moves.length}
          question={question}
          say={simulation.say}
          act={simulation.do}
          isOver={played !== undefined && played.standing.length === 0}
        />
      ) : (
        <ActionResult
          action={last.awaits}
          declared={surroundings.actions.find((action) => action.name === last.awaits)}
          end={simulation.end}
        />
      )}
      <Recording
        isOpen={isRecording}
        close={() => setRecording(false)}
        name={name}
        transcript={played?.transcript ?? ''}
      />
    </section>
  );
}

function Settings({
  opening,
  surroundings,
  set,
}: {
  readonly opening: Opening;
  readonly surroundings: FlowSurroundings;
  set(opening: Opening): void;
}) {
  const words = useWords(simulatorWords);
  const { purposes } = useWords(flowWords);
  const channels: Readonly<Record<string, string>> = words.channels;
  const profile = (key: string, value: string): void => {
    const { [key]: _, ...rest } = opening.supporter;
    set({ ...opening, supporter: value === '' ? rest : { ...rest, [key]: value } });
  };
  const text = (key: string): string => {
    const value = opening.supporter[key];
    return typeof value === 'string' ? value : '';
  };
  const local = new Date(opening.at - new Date(opening.at).getTimezoneOffset() * 60_000);
  return (
    <div className="form">
      <div className="pair">
        <Select
          label={words.channel}
          value={opening.channel}
          options={surroundings.channels.map((value) => ({
            value,
            label: channels[value] ?? value,
          }))}
          onChoose={(channel) => set({ ...opening, channel })}
        />
        <Select
          label={words.language}
          value={opening.language}
          options={surroundings.languages.map((value) => ({ value, label: value.toUpperCase() }))}
          onChoose={(language) => set({ ...opening, language })}
        />
      </div>
      <TextField
        label={words.at}
        type="datetime-local"
        value={local.toISOString().slice(0, 16)}
        onChange={({ target: { value } }) => {
          const at = new Date(value).getTime();
          if (!Number.isNaN(at)) set({ ...opening, at });
        }}
      />
      <div className="pair">
        <TextField
          label={words.firstName}
          value={text('first_name')}
          onChange={({ target }) => profile('first_name', target.value)}
        />
        <TextField
          label={words.email}
          value={text('email')}
          onChange={({ target }) => profile('email', target.value)}
        />
      </div>
      <fieldset className="ways">
        <legend>{words.consents}</legend>
        {PURPOSES.filter((purpose) => purpose !== 'service').map((purpose) => (
          <Check
            key={purpose}
            label={purposes[purpose]}
            isOn={opening.consents[purpose] === true}
            set={(isOn) => {
              const { [purpose]: _, ...rest } = opening.consents;
              set({ ...opening, consents: isOn ? { ...rest, [purpose]: true } : rest });
            }}
          />
        ))}
      </fieldset>
    </div>
  );
}

function Answering({
  question,
  say,
  act,
  isOver,
}: {
  readonly question: SaidLine | undefined;
  say(text: string): Promise<void>;
  act(they: They): void;
  readonly isOver: boolean;
}) {
  const words = useWords(simulatorWords);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const several = question?.isMultiple === true;
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    const said = text;
    setText('');
    await say(said);
  };
  return (
    <footer className="simulator-foot">
      {isOver ? <p className="muted">{words.ended}</p> : null}
      {question?.buttons === undefined ? null : (
        <div className="simulator-buttons">
          {question.buttons.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={several ? chosen.includes(value) : undefined}
              onClick={() => {
                if (!several) return act({ type: 'choose', values: [value] });
                setChosen((now) =>
                  now.includes(value) ? now.filter((one) => one !== value) : [...now, value],
                );
              }}
            >
              {label}
            </button>
          ))}
          {several && chosen.length > 0 ? (
            <Button
              size="small"
              look="primary"
              onClick={() => act({ type: 'choose', values: chosen })}
            >
              {words.choose}
            </Button>
          ) : null}
          {question.skip === undefined ? null : (
            <button type="button" className="chip chip-quiet" onClick={() => act({ type: 'skip' })}>
              {question.skip}
            </button>
          )}
        </div>
      )}
      <form
        className="simulator-say"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <input
          ref={field}
          className="input"
          aria-label={words.say}
          placeholder={words.say}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="primary">
          {words.send}
        </Button>
      </form>
      <div className="simulator-more">
        <span className="muted">{words.pass}</span>
        {(
          [
            [words.spans.h1, HOUR_MS],
            [words.spans.d1, 24 * HOUR_MS],
            [words.spans.d7, 168 * HOUR_MS],
          ] as const
        ).map(([label, ms]) => (
          <button
            key={label}
            type="button"
            className="chip chip-quiet"
            onClick={() => act({ type: 'after', ms })}
          >
            {label}
          </button>
        ))}
        <span className="muted">{words.share}</span>
        <button
          type="button"
          className="chip chip-quiet"
          onClick={() => act({ type: 'share', what: 'contact' })}
        >
          {words.contact}
        </button>
        <button
          type="button"
          className="chip chip-quiet"
          onClick={() => act({ type: 'share', what: 'location' })}
        >
          {words.location}
        </button>
        <button
          type="button"
          className="chip chip-quiet"
          onClick={() => act({ type: 'send', media: 'photo' })}
        >
          {words.photo}
        </button>
      </div>
    </footer>
  );
}

function Recording({
  isOpen,
  close,
  name,
  transcript,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly name: string;
  readonly transcript: string;
}) {
  const words = useWords(simulatorWords);
  const [title, setTitle] = useState('');
  const { isBusy, run } = useAction();
  const toast = useToast();
  const keep = (): void => {
    void run(async () => {
      const text = transcript.replace(
        /^title: .*$/m,
        () => `title: ${JSON.stringify(title.trim())}`,
      );
      const { file } = await call('POST /flows/:name/transcripts', { name, text });
      toast(words.recorded(file));
      setTitle('');
      close();
    });
  };
  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={words.record}
      actions={
        <Button
          look="primary"
          isBusy={isBusy}
          aria-disabled={title.trim() === ''}
          onClick={() => title.trim() !== '' && keep()}
        >
          {words.record}
        </Button>
      }
    >
      <TextField
        label={words.recordTitle}
        hint={words.recordHint}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <pre className="transcript">{transcript}</pre>
    </Dialog>
  );
}
