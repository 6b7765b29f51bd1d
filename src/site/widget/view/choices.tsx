import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CardAction, Choice, OpenQuestion } from '../../../channels/webchat/protocol.js';
import type { Bubble } from '../client/state.js';
import type { ChatWords } from '../words.js';
import { CheckIcon } from './icons.js';

export type Answer = (text: string, value: string | Choice) => void;

type ChoicesProps = {
  readonly asked: Bubble;
  readonly words: ChatWords;
  readonly answer: Answer;
};

/** What may be answered to the open question by pressing. */
export function Choices({ asked, words, answer }: ChoicesProps): JSX.Element | null {
  const { question, actions, locale } = asked;
  if (question?.multiple !== undefined && question.options.length > 0) {
    return <Several question={question} locale={locale} words={words} answer={answer} />;
  }
  if (actions.length === 0) return null;
  return (
    <div class="choices" role="group" aria-label={words.answers} lang={locale}>
      {actions.map((action) => (
        <button
          key={action.value}
          type="button"
          class={isSkip(action) ? 'choice skip' : 'choice'}
          onClick={() => answer(action.displayText || action.title, action.value)}
        >
          {action.title}
        </button>
      ))}
    </div>
  );
}

type SeveralProps = Omit<ChoicesProps, 'asked'> & {
  readonly question: OpenQuestion;
  readonly locale: string | undefined;
};

function Several({ question, locale, words, answer }: SeveralProps): JSX.Element {
  const { turn, options, multiple, skip } = question;
  const { min, max } = multiple ?? { min: 0, max: options.length };
  const [chosen, choose] = useState<readonly string[]>([]);
  const isFull = chosen.length >= max;
  const hint = max < options.length ? words.atMost(max) : min > 0 ? words.atLeast(min) : '';

  function toggle(value: string): void {
    if (chosen.includes(value)) choose(chosen.filter((other) => other !== value));
    else if (!isFull) choose([...chosen, value]);
  }
  function send(): void {
    const picked = options.filter(({ value }) => chosen.includes(value));
    const text = picked.map(({ label }) => label).join(', ');
    answer(text || words.none, { turn, values: picked.map(({ value }) => value) });
  }

  return (
    <div class="choices" role="group" aria-label={words.answers}>
      {options.map(({ value, label }) => {
        const isChosen = chosen.includes(value);
        return (
          <button
            key={value}
            type="button"
            class="choice toggle"
            role="checkbox"
            lang={locale}
            aria-checked={isChosen}
            aria-disabled={isFull && !isChosen}
            onClick={() => toggle(value)}
          >
            <span class="box">{isChosen && <CheckIcon />}</span>
            {label}
          </button>
        );
      })}
      <div class="finish">
        <button type="button" class="done" disabled={chosen.length < min} onClick={send}>
          {words.done}
          {chosen.length > 0 && (
            <span class="count" aria-hidden="true">
              {chosen.length}
            </span>
          )}
        </button>
        {skip !== undefined && (
          <button
            type="button"
            class="choice skip"
            lang={locale}
            onClick={() => answer(skip, `choose:${turn}:~skip`)}
          >
            {skip}
          </button>
        )}
        <p class="hint" aria-live="polite">
          {hint}
        </p>
      </div>
    </div>
  );
}

function isSkip({ value }: CardAction): boolean {
  return value.endsWith(':~skip');
}
