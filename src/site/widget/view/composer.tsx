import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { ChatWords } from '../words.js';
import { Attach } from './attach.js';
import { SendIcon } from './icons.js';

/** Characters the server takes in one message. */
const LONGEST = 4000;

type Keyboard = Pick<
  JSX.IntrinsicElements['textarea'],
  'inputMode' | 'autoComplete' | 'autoCapitalize'
>;

type ComposerProps = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly words: ChatWords;
  /** The type of the answer that is awaited. */
  readonly awaited: string | undefined;
  readonly say: (text: string) => void;
  readonly attach: (file: File) => void;
};

/** Where the supporter writes: Enter sends, Shift and Enter begin a line. */
export function Composer({ field, words, awaited, say, attach }: ComposerProps): JSX.Element {
  const [text, setText] = useState('');
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  function send(event: Event): void {
    event.preventDefault();
    if (text.trim() !== '') say(text.trim());
    setText('');
    field.current?.focus();
  }

  return (
    <form class="composer" onSubmit={send}>
      <label class="unseen" for="field">
        {words.write}
      </label>
      <textarea
        id="field"
        ref={field}
        rows={1}
        maxLength={LONGEST}
        placeholder={words.placeholder}
        enterkeyhint="send"
        value={text}
        {...keyboardFor(awaited)}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          // While an input method composes, Enter chooses a word.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
        }}
      />
      <Attach words={words} attach={attach} />
      <button class="send" type="submit" aria-label={words.send} disabled={text.trim() === ''}>
        <SendIcon />
      </button>
    </form>
  );
}

/** The keyboard and the suggestions that fit an answer. */
function keyboardFor(awaited: string | undefined): Keyboard {
  switch (awaited) {
    case 'email':
      return { inputMode: 'email', autoComplete: 'email', autoCapitalize: 'off' };
    case 'phone':
      return { inputMode: 'tel', autoComplete: 'tel', autoCapitalize: 'off' };
    case 'postal_code':
      return { inputMode: 'text', autoComplete: 'postal-code', autoCapitalize: 'characters' };
    case 'number':
      return { inputMode: 'decimal', autoComplete: 'off', autoCapitalize: 'off' };
    case 'name':
      return { inputMode: 'text', autoComplete: 'given-name', autoCapitalize: 'words' };
    case undefined:
    default:
      return { inputMode: 'text', autoComplete: 'off', autoCapitalize: 'sentences' };
  }
}
