import { useEffect, useState } from 'react';
import type { DraftProblemRow, PostOptions } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { Select, TextArea, TextField } from '../../ui/field.js';
import { useFailureText } from '../../ui/failure.js';
import { Page, Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useAsked } from '../../use-asked.js';
import { postWords } from '../../words/post-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { TimeField } from '../messages/time-field.js';
import { useProblem } from '../messages/use-problem.js';
import { NetworkTexts } from './network-texts.js';
import { PictureField } from './picture-field.js';
import { draftOf, keepPost, textOn, type ChosenPicture, type PostText } from './post-form.js';
import { Preview } from './preview.js';
import { When } from './when.js';
import '../messages/messages.css';

/** The form of a post, with what each network will show beside it. */
export function Composer({
  begun,
  picture: begunPicture,
  isKept,
  options,
  cleared,
  done,
}: {
  readonly begun: PostText;
  readonly picture: ChosenPicture | undefined;
  readonly isKept: boolean;
  readonly options: PostOptions;
  cleared(): void;
  done(id: string): void;
}) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const { may } = useSession();
  const toast = useToast();
  const say = useFailureText();
  const { run, isBusy } = useAction();
  const [post, setPost] = useState(begun);
  const [picture, setPicture] = useState(begunPicture);
  const [pictureProblems, setPictureProblems] = useState<readonly DraftProblemRow[]>([]);
  // What nobody has written yet is not told of at once.
  const [isTold, setTold] = useState(false);
  const asked = useAsked('POST /post-checks', { post: draftOf(post, undefined) });
  const problems = [
    ...(asked.data?.problems ?? []),
    ...pictureProblems,
    ...(picture !== undefined && post.alt.trim() === ''
      ? [{ field: 'alt', severity: 'error', code: 'missing', message: '' } as const]
      : []),
  ];
  const shown = problems.filter(({ code }) => isTold || code !== 'missing');
  const errorOf = useProblem(shown);
  const set = (part: Partial<PostText>): void => {
    const next = { ...post, ...part };
    setPost(next);
    keepPost(next);
  };

  // A picture is looked at once, and not with every key.
  useEffect(() => {
    setPictureProblems([]);
    if (picture === undefined) return;
    const about = draftOf({ ...post, alt: '-' }, picture);
    call('POST /post-checks', { post: about }).then(
      ({ problems: found }) =>
        setPictureProblems(found.filter(({ field }) => field === 'picture' || field === 'alt')),
      () => undefined,
    );
  }, [picture, post.networks.join(' ')]);

  const said: { readonly [code: string]: string } = {
    faulty: words.faulty,
    is_over: words.isOver,
  };
  const schedule = (): void =>
    void run(async () => {
      setTold(true);
      if (problems.some(({ severity }) => severity === 'error')) {
        toast(words.faulty, true);
        return;
      }
      try {
        const { id } = await call('POST /posts', { post: draftOf(post, picture) });
        toast(words.scheduled);
        done(id);
      } catch (error) {
        const known = error instanceof ApiFailure ? said[error.code] : undefined;
        toast(known ?? say(error), true);
      }
    });
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const refusal = asked.data?.refusal;
  return (
    <Page
      title={words.newTitle}
      {...(isKept ? { text: words.kept } : {})}
      actions={
        <>
          <Button look="quiet" onClick={cleared}>
            {words.clear}
          </Button>
          {may('messages.send') ? (
            <Button look="primary" icon="clock" isBusy={isBusy} onClick={schedule}>
              {refusal === undefined ? words.schedule : words.anyway}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="beside">
        <div className="post-form">
          <Section title={words.what}>
            <div className="form">
              <TextArea
                label={words.body}
                hint={words.bodyHint}
                lang={post.language}
                rows={6}
                value={post.text}
                error={errorOf('text')}
                autoFocus={post.text === ''}
                onChange={({ target }) => set({ text: target.value })}
              />
              <PictureField
                picture={picture}
                alt={post.alt}
                error={errorOf('picture')}
                altError={errorOf('alt')}
                change={setPicture}
                describe={(alt) => set({ alt })}
              />
              <div className="pair">
                <Select
                  label={words.content}
                  hint={words.contentHints[post.content]}
                  value={post.content}
                  error={errorOf('content')}
                  options={[
                    { value: 'campaign', label: words.contents.campaign },
                    { value: 'neutral', label: words.contents.neutral },
                  ]}
                  onChoose={(content) => set({ content })}
                />
                <Select
                  label={words.language}
                  value={post.language}
                  error={errorOf('language')}
                  options={options.languages.map((value) => ({
                    value,
                    label: names.of(value) ?? value,
                  }))}
                  onChoose={(chosen) => set({ language: chosen })}
                />
              </div>
            </div>
          </Section>
          <Section title={words.whereTo}>
            <NetworkTexts
              post={post}
              options={options}
              hasPicture={picture !== undefined}
              errorOf={errorOf}
              set={set}
            />
          </Section>
          <Section title={words.when}>
            <div className="form">
              <TimeField
                label={words.time}
                time={post.at}
                options={options}
                error={errorOf('at')}
                beforeHint={words.beforeHint}
                change={(at) => set({ at })}
              />
              <When goesAt={asked.data?.goesAt} refusal={refusal} />
              <TextField
                label={words.name}
                hint={words.nameHint}
                value={post.name}
                maxLength={200}
                error={errorOf('name')}
                onChange={({ target }) => set({ name: target.value })}
              />
            </div>
          </Section>
        </div>
        <aside className="beside-panel" aria-label={words.preview}>
          <h2>{words.preview}</h2>
          {post.networks.length === 0 || (post.text.trim() === '' && picture === undefined) ? (
            <p className="muted">{words.previewNone}</p>
          ) : (
            post.networks.map((network) => (
              <Preview
                key={network}
                network={network}
                account={options.networks.find(({ name }) => name === network)?.account}
                text={textOn(post, network)}
                language={post.language}
                picture={picture?.url}
                alt={post.alt}
              />
            ))
          )}
        </aside>
      </div>
    </Page>
  );
}
