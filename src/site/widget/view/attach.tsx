import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChatWords } from '../words.js';
import { ClipIcon } from './icons.js';

/** What file pickers offer first; the server looks at the bytes. */
const KINDS = 'image/*,application/pdf,audio/*,video/*';

/** The button that sends a file. */
export function Attach(props: {
  readonly words: ChatWords;
  readonly attach: (file: File) => void;
}): JSX.Element {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept={KINDS}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file may be picked again.
          currentTarget.value = '';
          if (file !== undefined) props.attach(file);
        }}
      />
      <button
        type="button"
        class="tool attach"
        aria-label={props.words.attach}
        title={props.words.attach}
        onClick={() => picker.current?.click()}
      >
        <ClipIcon />
      </button>
    </>
  );
}
