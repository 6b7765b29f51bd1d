import { useEffect, useMemo, useState } from 'react';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { They } from '../../../../engine/transcript.js';
import type { FlowSurroundings } from '../../../../staff/api.js';
import { IconButton } from '../../../ui/button.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { EngineBeside } from '../checking/ask-engine.js';
import type { Opening, Played } from '../checking/protocol.js';
import { ActionResult } from './action-result.js';
import { AnswerFields } from './answer-fields.js';
import { OpeningFields } from './opening-fields.js';
import { RecordDialog } from './record-dialog.js';
import { Turns } from './turns.js';
import { useSimulation } from './use-simulation.js';

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
        <OpeningFields opening={opening} surroundings={surroundings} set={setOpening} />
      </details>
      {isUnsound ? <p className="form-failure simulator-notice">{words.unsound}</p> : null}
      <Turns moves={moves} played={played} />
      {last?.awaits === undefined ? (
        <AnswerFields
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
      <RecordDialog
        isOpen={isRecording}
        close={() => setRecording(false)}
        name={name}
        transcript={played?.transcript ?? ''}
      />
    </section>
  );
}
