import { Fragment, useEffect, useRef } from 'react';
import type { They } from '../../../../engine/transcript.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { Move, Played, SaidLine } from '../checking/protocol.js';

/** The conversation so far. */
export function Turns({
  moves,
  played,
}: {
  readonly moves: readonly Move[];
  readonly played: Played | undefined;
}) {
  const words = useWords(simulatorWords);
  const end = useRef<HTMLLIElement>(null);
  const count = played?.moves.length ?? 0;
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [count, played]);
  return (
    <ol className="turns" aria-live="polite">
      {moves.map(({ they }, at) => {
        const turn = played?.moves[at];
        const asked = played?.moves[at - 1]?.said.findLast((line) => line.buttons !== undefined);
        return (
          // Turns are only ever added to or taken from the end.
          <Fragment key={at}>
            <li
              className={
                they.type === 'text' || they.type === 'choose'
                  ? 'sim-bubble sim-bubble-they'
                  : 'event'
              }
            >
              <span className="hidden">{words.they}: </span>
              {describe(they, asked, words)}
            </li>
            {(turn?.done ?? []).map((action, index) => (
              <li key={`${action} ${index}`} className="event">
                {words.done(action)}
              </li>
            ))}
            {(turn?.said ?? []).map((line, index) => (
              <li key={`${line.flow}.${line.key} ${index}`} className="sim-bubble sim-bubble-we">
                <span className="hidden">{words.we}: </span>
                <span className="sim-bubble-text">{line.text}</span>
                <span className="sim-bubble-key">
                  {line.flow}.{line.key}
                </span>
              </li>
            ))}
          </Fragment>
        );
      })}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}

function describe(
  they: They,
  asked: SaidLine | undefined,
  words: {
    readonly starts: string;
    readonly opens: string;
    readonly skipped: string;
    readonly contact: string;
    readonly location: string;
    readonly photo: string;
    passes(span: string): string;
  },
): string {
  switch (they.type) {
    case 'text':
      return they.text;
    case 'choose': {
      const labels = they.values.map(
        (value) => asked?.buttons?.find((button) => button.value === value)?.label ?? value,
      );
      return labels.join(', ');
    }
    case 'skip':
      return asked?.skip ?? words.skipped;
    case 'share':
      return they.what === 'location' ? words.location : words.contact;
    case 'send':
      return words.photo;
    case 'after': {
      const hours = Math.round(they.ms / 3_600_000);
      return words.passes(hours % 24 === 0 ? `${hours / 24} × 24 h` : `${hours} h`);
    }
    case 'start':
      return `${they.flow} ${words.starts}`;
    case 'open':
      return words.opens;
    default:
      return they satisfies never;
  }
}
