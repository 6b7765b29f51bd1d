import { useRef, useState } from 'react';
import type { SitePictureView } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { useAction } from '../../ui/use-action.js';
import { siteWords } from '../../words/site-words.js';
import { useWords } from '../../words/use-words.js';
import { encodePicture } from './encode-picture.js';

/** The picture of the page: chosen, looked at, taken away. */
export function PictureField({
  name,
  error,
  change,
}: {
  readonly name: string | undefined;
  readonly error: string | undefined;
  change(name: string | undefined): void;
}) {
  const words = useWords(siteWords);
  const input = useRef<HTMLInputElement>(null);
  const [taken, setTaken] = useState<SitePictureView>();
  const { run, isBusy } = useAction();
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    void run(async () => {
      const data = await encodePicture(file).catch(() => {
        throw new ApiFailure(422, 'picture_unknown_kind', 'This cannot be drawn.');
      });
      const picture = await call('POST /site/pictures', { data });
      setTaken(picture);
      change(picture.name);
    });
  };
  return (
    <div className="field">
      <span className="field-label">{words.picture}</span>
      <div className="site-picture">
        {name === undefined ? null : <img src={`/site/picture/${name}`} alt="" />}
        <div className="site-picture-tools">
          <input
            ref={input}
            type="file"
            hidden
            aria-label={words.choosePicture}
            accept="image/jpeg,image/png,image/webp,image/avif,image/heic"
            onChange={({ target }) => {
              take(target.files?.[0]);
              target.value = '';
            }}
          />
          <Button icon="file" isBusy={isBusy} onClick={() => input.current?.click()}>
            {name === undefined ? words.choosePicture : words.changePicture}
          </Button>
          {name === undefined ? null : (
            <Button look="quiet" icon="trash" onClick={() => change(undefined)}>
              {words.removePicture}
            </Button>
          )}
          {taken === undefined || taken.name !== name ? null : (
            <span className="muted">
              {words.pictureSize(taken.width, taken.height, Math.round(taken.bytes / 1_000))}
            </span>
          )}
        </div>
      </div>
      {error === undefined ? null : <p className="field-error">{error}</p>}
      <p className="field-hint">{words.pictureHint}</p>
    </div>
  );
}
