import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatWords } from '../words.js';
import { CheckIcon, ClockIcon, ForgetIcon, MoreIcon } from './icons.js';

type MenuProps = {
  readonly words: ChatWords;
  readonly showTimes: boolean;
  readonly setShowTimes: (show: boolean) => void;
  readonly forget: () => void;
};

type Shown = 'nothing' | 'options' | 'question';

/** What is seldom wanted, behind one button: times, and forgetting, which is asked once more. */
export function Menu({ words, showTimes, setShowTimes, forget }: MenuProps): JSX.Element {
  const [shown, show] = useState<Shown>('nothing');
  const box = useRef<HTMLDivElement>(null);
  const door = useRef<HTMLButtonElement>(null);
  const isOpen = shown !== 'nothing';
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = (event: Event): void => {
      const isInside = box.current !== null && event.composedPath().includes(box.current);
      if (!isInside) show('nothing');
    };
    addEventListener('pointerdown', closeOutside);
    return () => removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  function close(): void {
    show('nothing');
    door.current?.focus();
  }

  return (
    <div
      class="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        // Only the menu is closed, not the chat around it.
        event.stopPropagation();
        close();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !box.current?.contains(relatedTarget)) show('nothing');
      }}
    >
      <button
        type="button"
        class="tool"
        ref={door}
        aria-expanded={isOpen}
        aria-label={words.options}
        title={words.options}
        onClick={() => show(isOpen ? 'nothing' : 'options')}
      >
        <MoreIcon />
      </button>
      {shown === 'options' && (
        <div class="sheet">
          <button
            type="button"
            class="option"
            aria-pressed={showTimes}
            onClick={() => {
              setShowTimes(!showTimes);
              close();
            }}
          >
            <ClockIcon />
            <span>{words.showTimes}</span>
            {showTimes && <CheckIcon />}
          </button>
          <button type="button" class="option" onClick={() => show('question')}>
            <ForgetIcon />
            <span>{words.forget}</span>
          </button>
        </div>
      )}
      {shown === 'question' && (
        <Question
          words={words}
          cancel={close}
          confirm={() => {
            show('nothing');
            forget();
          }}
        />
      )}
    </div>
  );
}

type QuestionProps = {
  readonly words: ChatWords;
  readonly cancel: () => void;
  readonly confirm: () => void;
};

function Question({ words, cancel, confirm }: QuestionProps): JSX.Element {
  const safe = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => safe.current?.focus(), []);
  return (
    <div
      class="sheet question"
      role="alertdialog"
      aria-labelledby="forget"
      aria-describedby="forgetting"
    >
      <strong id="forget">{words.forget}</strong>
      <p id="forgetting">{words.forgetting}</p>
      <div class="finish">
        <button type="button" class="choice skip" ref={safe} onClick={cancel}>
          {words.cancel}
        </button>
        <button type="button" class="done" onClick={confirm}>
          {words.forgetNow}
        </button>
      </div>
    </div>
  );
}
