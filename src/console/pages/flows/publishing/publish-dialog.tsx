import { useEffect, useState } from 'react';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { FlowView, PublishOutcome, PublishPreview } from '../../../../staff/api.js';
import { call } from '../../../client.js';
import { Button } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { Failure } from '../../../ui/failure.js';
import { TextField } from '../../../ui/field.js';
import { Skeleton } from '../../../ui/skeleton.js';
import { useAction } from '../../../ui/use-action.js';
import { publishWords } from '../../../words/publish-words.js';
import { useLanguage, useWords } from '../../../words/use-words.js';
import { Check } from '../panel/check.js';
import { storedOf } from '../texts-of.js';
import { diffLines, type DiffLine } from './diff-lines.js';
import { useTelling } from '../use-telling.js';
import { useOutcomeText } from './outcome-text.js';

/** What publishing the draft would do, and the button that does it. */
export function PublishDialog({
  view,
  texts,
  save,
  published,
  close,
}: {
  readonly view: FlowView;
  readonly texts: FlowTexts;
  /** Saves the draft; answers its revision. */
  save(): Promise<number | undefined>;
  published(outcome: PublishOutcome): void;
  close(): void;
}) {
  const words = useWords(publishWords);
  const say = useOutcomeText();
  const [preview, setPreview] = useState<PublishPreview>();
  const [failure, setFailure] = useState<unknown>();
  const [comment, setComment] = useState('');
  const [isDespite, setDespite] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const { isBusy, run } = useAction();

  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<void> => {
      const revision = await save();
      if (revision === undefined || revision === 0) return;
      const seen = await call('POST /flows/:name/preview', { name: view.name, revision });
      if (!isGone) setPreview(seen);
    };
    look().catch((error: unknown) => !isGone && setFailure(error));
    return () => {
      isGone = true;
    };
  }, [save, view.name]);

  const differences = compare(view, texts);
  const fails = (preview?.failed.length ?? 0) > 0;
  const isReady = preview !== undefined && !preview.isFaulty && (!fails || isDespite);
  const publish = (): void => {
    void run(async () => {
      if (preview === undefined) return;
      const outcome = await call('POST /flows/:name/publish', {
        name: view.name,
        revision: preview.revision,
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
        ...(isDespite ? { despiteTranscripts: true } : {}),
      });
      if (outcome.type === 'published' || outcome.type === 'unchanged') published(outcome);
      else setRefusal(say(outcome));
    });
  };
  return (
    <Dialog
      isOpen
      close={close}
      title={words.title}
      actions={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button
            look="primary"
            isBusy={isBusy}
            aria-disabled={!isReady}
            onClick={() => isReady && publish()}
          >
            {words.publish}
          </Button>
        </>
      }
    >
      <section className="publish-part">
        <h3>{words.diff}</h3>
        {view.published === undefined ? <p className="muted">{words.newFlow}</p> : null}
        {differences.length === 0 ? <p className="muted">{words.noDiff}</p> : null}
        {differences.map(({ name, lines }) => (
          <Difference key={name} title={name} lines={lines} />
        ))}
      </section>
      {failure === undefined ? null : <Failure error={failure} />}
      {differences.length > 0 && preview === undefined && failure === undefined ? (
        <div aria-busy="true">
          <p className="muted">{words.looking}</p>
          <Skeleton lines={3} />
        </div>
      ) : null}
      {preview === undefined ? null : <Preview preview={preview} />}
      {fails ? <Check label={words.despite} isOn={isDespite} set={setDespite} /> : null}
      {refusal === undefined ? null : (
        <p className="form-failure" role="alert">
          {refusal}
        </p>
      )}
      {preview === undefined || preview.isFaulty ? null : (
        <TextField
          label={words.comment}
          value={comment}
          maxLength={500}
          onChange={(event) => setComment(event.target.value)}
        />
      )}
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: PublishPreview }) {
  const words = useWords(publishWords);
  const tell = useTelling();
  const { isFaulty, played, failed, replay, standers, problems } = preview;
  if (isFaulty) {
    return (
      <div className="form-failure" role="alert">
        <p>{words.faulty}</p>
        <ul>
          {problems.slice(0, 5).map((problem) => (
            <li key={`${problem.file} ${problem.line} ${problem.message}`}>
              {problem.file}:{problem.line} {tell(problem)}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <>
      <section className="publish-part">
        <h3>{words.tests}</h3>
        <p>
          {failed.length === 0 ? words.testsPass(played) : words.testsFail(failed.length, played)}
        </p>
        {failed.map(({ file, title, text }) => (
          <details key={file} className="more">
            <summary>{title}</summary>
            <pre className="transcript">{text}</pre>
          </details>
        ))}
      </section>
      {replay === undefined ? null : (
        <section className="publish-part">
          <h3>{words.replay}</h3>
          <p>
            {words.replayed(replay.conversations, replay.turns)}{' '}
            {replay.changed === 0 ? words.replaySame : words.replayChanged(replay.changed)}
          </p>
          {replay.examples.map(({ title, text }) => (
            <details key={title} className="more">
              <summary lang="en">{title}</summary>
              <pre className="transcript">{text}</pre>
            </details>
          ))}
        </section>
      )}
      <section className="publish-part">
        <h3>{words.standing}</h3>
        {standers.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{words.step}</th>
                  <th scope="col" className="number">
                    {words.sessions}
                  </th>
                  <th scope="col">{words.fate}</th>
                </tr>
              </thead>
              <tbody>
                {standers.map(({ version, step, sessions, change, moves }) => (
                  <tr key={`${version} ${step}`}>
                    <td>
                      <code>{step}</code>
                    </td>
                    <td className="number">{sessions}</td>
                    <td>
                      {words.change[change]} ; {moves ? words.moves : words.stays}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}

function Difference({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly DiffLine[];
}) {
  const words = useWords(publishWords);
  const { language } = useLanguage();
  const name = title === 'flow' ? words.flowFile : words.wordsFile(languageName(title, language));
  return (
    <figure className="diff">
      <figcaption>{name}</figcaption>
      <pre tabIndex={0} aria-label={name}>
        {lines.map(({ type, text }, at) => (
          // Lines of one comparison never change places.
          <span key={at} className={`diff-${type}`}>
            {{ same: '  ', gone: '− ', new: '+ ', gap: '⋯' }[type]}
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </figure>
  );
}

function languageName(tag: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
}

/** What differs between what is in force and what is written, file by file. */
function compare(
  { published }: FlowView,
  texts: FlowTexts,
): readonly { readonly name: string; readonly lines: readonly DiffLine[] }[] {
  const now = storedOf(texts);
  const files = [
    { name: 'flow', was: published?.flow ?? '', is: now.flow },
    ...Object.entries(now.words).map(([language, is]) => ({
      name: language,
      was: published?.words[language] ?? '',
      is,
    })),
  ];
  return files
    .map(({ name, was, is }) => ({ name, lines: diffLines(was, is) }))
    .filter(({ lines }) => lines.length > 0);
}
