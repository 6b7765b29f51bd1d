import { useState } from 'react';
import type { CutInput, CutPreview } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Select, TextField } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import type { Asked } from '../../use-asked.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';
import { useCanvassFailure } from './use-canvass-failure.js';

/** How a cut is wished for: in numbers as they are written. */
export type CutWish = {
  readonly by: 'size' | 'turfs';
  readonly size: string;
  readonly turfs: string;
};

/** The wish as the server takes it; undefined while it is no number. */
export function readWish({
  by,
  size,
  turfs,
}: CutWish): Pick<CutInput, 'size' | 'turfs'> | undefined {
  const number = Number(by === 'size' ? size : turfs);
  if (!Number.isInteger(number) || number < 1) return undefined;
  return by === 'size' ? { size: number } : { turfs: number };
}

/** Cuts what was chosen: how, what would come of it, and then for good. */
export function CutPanel({
  what,
  wish,
  change,
  input,
  preview,
  cancel,
  made,
}: {
  /** What was chosen, in words. */
  readonly what: string;
  readonly wish: CutWish;
  change(wish: CutWish): void;
  readonly input: CutInput | undefined;
  readonly preview: Asked<CutPreview>;
  cancel(): void;
  made(): void;
}) {
  const words = useWords(canvassWords);
  const toast = useToast();
  const say = useCanvassFailure();
  const { run, isBusy } = useAction();
  const [failure, setFailure] = useState<string>();
  const seen = preview.error === undefined && !preview.isWaiting ? preview.data : undefined;
  const wrong = failure ?? (preview.error === undefined ? undefined : say(preview.error));

  async function make(): Promise<void> {
    if (input === undefined) return;
    setFailure(undefined);
    await run(async () => {
      try {
        const { turfs } = await call('POST /canvass/cuts', input);
        toast(words.made(turfs));
        made();
      } catch (error) {
        setFailure(say(error));
      }
    });
  }

  return (
    <section className="cut-panel" aria-label={words.cut}>
      <header className="cut-head">
        <h2>{words.cut}</h2>
        <p className="muted">{what}</p>
      </header>
      <div className="cut-fields">
        <Select<CutWish['by']>
          label={words.cutBy}
          value={wish.by}
          onChoose={(by) => change({ ...wish, by })}
          options={[
            { value: 'size', label: words.bySize },
            { value: 'turfs', label: words.byNumber },
          ]}
        />
        <TextField
          label={wish.by === 'size' ? words.howManyDoors : words.howManyTurfs}
          inputMode="numeric"
          value={wish[wish.by]}
          error={readWish(wish) === undefined ? words.refusals.invalid : undefined}
          onChange={(event) => change({ ...wish, [wish.by]: event.target.value.trim() })}
        />
      </div>
      <div className="cut-outcome" aria-live="polite">
        {wrong === undefined ? null : <p className="form-failure">{wrong}</p>}
        {preview.isWaiting ? (
          <>
            <p className="muted">{words.planning}</p>
            <Skeleton lines={1} />
          </>
        ) : null}
        {seen === undefined ? null : <Outcome seen={seen} />}
        {wish.by === 'size' && seen === undefined && !preview.isWaiting ? (
          <p className="muted">{words.sizeHint}</p>
        ) : null}
      </div>
      <div className="form-actions">
        <Button onClick={cancel}>{words.cancel}</Button>
        <Button
          look="primary"
          isBusy={isBusy}
          disabled={seen === undefined || input === undefined}
          onClick={() => void make()}
        >
          {seen === undefined ? words.cut : words.make(seen.turfs.length)}
        </Button>
      </div>
    </section>
  );
}

function Outcome({ seen }: { readonly seen: CutPreview }) {
  const words = useWords(canvassWords);
  const sizes = seen.turfs.map(({ doors }) => doors);
  const off = seen.turfs.filter((turf) => turf.off !== undefined);
  return (
    <>
      <p>
        <strong>{words.planned(sizes.length, Math.min(...sizes), Math.max(...sizes))}</strong>
      </p>
      {seen.replaced === 0 ? null : <p className="muted">{words.replacedTurfs(seen.replaced)}</p>}
      {seen.keptDoors === 0 ? null : (
        <p className="muted">{words.keptTurfs(seen.kept, seen.keptDoors)}</p>
      )}
      {off.length === 0 ? null : (
        <details>
          <summary>
            {words.offTitle} ({off.length})
          </summary>
          <ul className="cut-off">
            {off.map(({ name, doors, off: why }) => (
              <li key={name}>
                {name} · {words.doors(doors)}
                {why === undefined ? '' : ` · ${words.off[why]}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
