import type { JSX } from 'preact';
import type { FileUpload } from '../client/uploads.js';
import type { ChatWords } from '../words.js';

type UploadRowProps = {
  readonly upload: FileUpload;
  readonly words: ChatWords;
  readonly retry: (key: string) => void;
  readonly remove: (key: string) => void;
};

/** A file on its way: its name, how far it has come, or why it was not taken. */
export function UploadRow({ upload, words, retry, remove }: UploadRowProps): JSX.Element {
  const { key, name, state, share } = upload;
  return (
    <div class="row mine first last">
      <div class="bubble file">
        <span class="unseen">{words.you} : </span>
        <p>{name}</p>
      </div>
      {state === 'sending' && (
        <p class="aside">
          <progress max={1} value={share} aria-label={words.sendingFile(name)} />
          <button type="button" class="again" onClick={() => remove(key)}>
            {words.cancel}
            <span class="unseen"> : {name}</span>
          </button>
        </p>
      )}
      {state !== 'sending' && state !== 'sent' && (
        <p class="aside failed">
          {words.notTaken[state]}
          {(state === 'failed' || state === 'too_many') && (
            <button type="button" class="again" onClick={() => retry(key)}>
              {words.retry}
              <span class="unseen"> : {name}</span>
            </button>
          )}
          <button type="button" class="again" onClick={() => remove(key)}>
            {words.remove}
            <span class="unseen"> : {name}</span>
          </button>
        </p>
      )}
    </div>
  );
}
