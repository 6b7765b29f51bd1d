import { useRef, useState } from 'react';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { readPicture, type ChosenPicture } from './post-form.js';

/** The picture of a post, and what it shows in words. */
export function PictureField({
  picture,
  alt,
  error,
  altError,
  change,
  describe,
}: {
  readonly picture: ChosenPicture | undefined;
  readonly alt: string;
  readonly error: string | undefined;
  readonly altError: string | undefined;
  change(picture: ChosenPicture | undefined): void;
  describe(alt: string): void;
}) {
  const words = useWords(postWords);
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const read = await readPicture(file);
    setWrong(
      read === 'wrong' ? words.pictureWrong : read === 'large' ? words.pictureLarge : undefined,
    );
    if (typeof read !== 'string') change(read);
  }

  const said = wrong ?? error;
  return (
    <div className="form">
      <div className="field">
        <span className="field-label">{words.picture}</span>
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png"
          className="hidden"
          tabIndex={-1}
          aria-label={words.choosePicture}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
        <div className="picture-row">
          {picture === undefined ? null : (
            <img className="picture-thumb" src={picture.url} alt="" />
          )}
          <Button icon="file" onClick={() => input.current?.click()}>
            {picture === undefined ? words.choosePicture : words.changePicture}
          </Button>
          {picture === undefined ? null : (
            <Button look="quiet" icon="trash" onClick={() => change(undefined)}>
              {words.removePicture}
            </Button>
          )}
        </div>
        {said === undefined ? null : (
          <p className="field-error" role="alert">
            {said}
          </p>
        )}
        <p className="field-hint">{words.pictureHint}</p>
      </div>
      {picture === undefined ? null : (
        <TextField
          label={words.alt}
          hint={words.altHint}
          value={alt}
          maxLength={1_500}
          error={altError}
          onChange={({ target }) => describe(target.value)}
        />
      )}
    </div>
  );
}
