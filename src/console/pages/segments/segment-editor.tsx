import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { Link, useLocation } from 'wouter';
import type { Group, OutputOf, Segment, SegmentUse } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { TextField } from '../../ui/field.js';
import { Page, Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useAsked } from '../../use-asked.js';
import { segmentWords } from '../../words/segment-words.js';
import { useWords } from '../../words/use-words.js';
import { nameFor } from './edit-group.js';
import { GroupEditor } from './group-editor.js';
import { NEW_SEGMENT } from './new-segment.js';
import { Reach } from './reach.js';
import './segments.css';

/** Writes a segment, with how many are meant while one writes. */
export function SegmentEditor({
  segment,
  uses,
  options,
  isNew,
  mayWrite,
}: {
  readonly segment: Segment;
  readonly uses: readonly SegmentUse[];
  readonly options: OutputOf<'GET /segment-fields'>;
  readonly isNew: boolean;
  readonly mayWrite: boolean;
}) {
  const words = useWords(segmentWords);
  const toast = useToast();
  const [, go] = useLocation();
  const { mutate } = useSWRConfig();
  const { run, isBusy, failureText } = useAction();
  const [title, setTitle] = useState(segment.title);
  const [group, setGroup] = useState<Group>(groupOf(segment));
  const [isRemoving, setRemoving] = useState(false);
  const live = useAsked('POST /segment-counts', { segment: group });
  const faults = live.data?.faults ?? [];
  const name = isNew ? nameFor(title) : segment.name;
  const isChanged =
    title !== segment.title || JSON.stringify(group) !== JSON.stringify(groupOf(segment));

  const refresh = () =>
    mutate((key) => Array.isArray(key) && /\/(segment|message-options)/.test(String(key[0])));

  async function save(asNew: boolean, as: string, titled: string): Promise<void> {
    await run(async () => {
      await call('PUT /segments/:name', { name: as, title: titled, segment: group, isNew: asNew });
      toast(words.isSaved);
      await refresh();
      if (asNew) go(`/segments/${as}`);
    }, 'quiet');
  }

  async function remove(): Promise<void> {
    setRemoving(false);
    await run(async () => {
      try {
        await call('DELETE /segments/:name', { name: segment.name });
      } catch (error) {
        if (error instanceof ApiFailure && error.code === 'in_use') {
          return toast(words.inUse, true);
        }
        throw error;
      }
      toast(words.isRemoved);
      go('/segments');
      return refresh().then(() => undefined);
    });
  }

  const actions = mayWrite ? (
    <>
      {isNew ? null : (
        <>
          <Button look="quiet" icon="trash" isBusy={isBusy} onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
          <Button
            icon="copy"
            isBusy={isBusy}
            onClick={() => {
              const copied = words.copyOf(title);
              void save(true, nameFor(copied), copied);
            }}
          >
            {words.copy}
          </Button>
        </>
      )}
      <Button
        look="primary"
        isBusy={isBusy}
        disabled={!isChanged || faults.length > 0 || name === '' || title.trim() === ''}
        onClick={() => void save(isNew, name, title)}
      >
        {words.save}
      </Button>
    </>
  ) : null;

  return (
    <Page title={isNew ? words.make : segment.title} actions={actions}>
      {failureText === undefined ? null : (
        <p className="form-failure" role="alert">
          {failureText}
        </p>
      )}
      <div className="beside">
        <div>
          <TextField
            label={words.titleField}
            value={title}
            maxLength={200}
            readOnly={!mayWrite}
            autoFocus={isNew}
            hint={name === '' || name === NEW_SEGMENT ? words.titleHint : words.idHint(name)}
            onChange={(event) => setTitle(event.target.value)}
          />
          <Section title={words.whoTitle}>
            <fieldset className="bare" disabled={!mayWrite}>
              <GroupEditor
                group={group}
                place={[]}
                options={options}
                faults={faults}
                change={setGroup}
                root={group}
              />
            </fieldset>
          </Section>
        </div>
        <div className="beside-panel">
          <Reach group={group} live={live} />
          {uses.length === 0 ? null : (
            <section className="card card-body">
              <h2>{words.uses}</h2>
              <ul className="uses">
                {uses.map((use) => (
                  <li key={`${use.type} ${use.id}`}>
                    <Badge>{words.kinds[use.type]}</Badge>{' '}
                    <Link href={`/${use.type}s/${use.id}`}>{use.name}</Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
      <Confirm
        isOpen={isRemoving}
        close={() => setRemoving(false)}
        title={words.removeTitle}
        back={words.cancel}
        action={words.remove}
        act={() => void remove()}
      >
        <p>{words.removeText}</p>
      </Confirm>
    </Page>
  );
}

function groupOf({ combinator, not, rules }: Segment): Group {
  return { combinator, ...(not === true ? { not } : {}), rules };
}
