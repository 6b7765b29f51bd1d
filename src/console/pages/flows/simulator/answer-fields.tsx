import { useState } from 'react';
import type { They } from '../../../../engine/transcript.js';
import { Button } from '../../../ui/button.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { SaidLine } from '../checking/protocol.js';

const HOUR_MS = 3_600_000;

/** All that a supporter can do next in the simulator: press, write, share, wait. */
export function AnswerFields({
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
