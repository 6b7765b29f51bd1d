import './flow-editor.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { PURPOSES, type Purpose } from '../../../engine/flow.js';
import type { FlowRow } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { SearchField, Select, TextField } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { flowWords } from '../../words/flow-words.js';
import { useWords } from '../../words/use-words.js';
import { newFlow } from './new-flow.js';

/** Every flow with its state. */
export function FlowList() {
  const words = useWords(flowWords);
  const { may } = useSession();
  const { data, error, mutate } = useApi('GET /flows', {});
  const [sought, setSought] = useState('');
  const [isCreating, setCreating] = useState(false);
  const wanted = sought.trim().toLowerCase();
  const flows = (data?.items ?? []).filter(
    ({ name, title, startsOn }) =>
      wanted === '' ||
      [name, title, ...startsOn.map(({ text }) => text)].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  );
  return (
    <Page
      title={words.title}
      text={words.text}
      actions={
        may('flows.write') ? (
          <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
            {words.create}
          </Button>
        ) : null
      }
    >
      <div className="flow-search">
        <SearchField
          label={words.search}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
      {data === undefined && error === undefined ? <Skeleton lines={10} /> : null}
      {data !== undefined && flows.length === 0 ? (
        <Empty icon="flow" title={words.none} text={words.noneText} />
      ) : null}
      <ul className="flow-list">
        {flows.map((flow) => (
          <FlowItem key={flow.name} flow={flow} />
        ))}
      </ul>
      {isCreating ? (
        <NewFlow
          taken={(data?.items ?? []).map(({ name }) => name)}
          close={() => setCreating(false)}
        />
      ) : null}
    </Page>
  );
}

function FlowItem({ flow }: { readonly flow: FlowRow }) {
  const words = useWords(flowWords);
  const { name, title, purpose, content, steps, startsOn, inForce, draft, errors, warnings } = flow;
  const purposes: Readonly<Record<string, string>> = words.purposes;
  const last = draft ?? inForce;
  return (
    <li className="flow-item">
      <div className="flow-what">
        <p className="flow-name">
          <Link href={`/flows/${name}`}>{title}</Link>
          <code>{name}</code>
        </p>
        <p className="muted">
          {purposes[purpose] ?? purpose} · {words.steps(steps)}
          {content === 'neutral' ? ` · ${words.neutral}` : ''}
        </p>
        <p className="flow-starts">
          {startsOn.slice(0, 4).map(({ type, text }) => (
            <span
              key={`${type} ${text}`}
              className={`trigger trigger-${type}`}
              title={type === 'intent' ? words.meaning : undefined}
            >
              {type === 'command' ? `/${text}` : text}
            </span>
          ))}
          {startsOn.length > 4 ? <span className="muted">+{startsOn.length - 4}</span> : null}
        </p>
      </div>
      <div className="flow-state">
        <p>
          {draft === undefined ? null : (
            <Badge tone={draft.isBehind ? 'warn' : 'accent'}>
              {draft.isBehind ? words.behind : words.draft}
            </Badge>
          )}
          {inForce === undefined ? (
            <Badge>{words.never}</Badge>
          ) : (
            <Badge tone="good">{words.inForce}</Badge>
          )}
          {errors > 0 ? <Badge tone="bad">{words.errors(errors)}</Badge> : null}
          {errors === 0 && warnings > 0 ? (
            <Badge tone="warn">{words.warnings(warnings)}</Badge>
          ) : null}
        </p>
        {last === undefined ? null : (
          <p className="muted">
            <Time at={last.at} isShort /> {words.by(last.author)}
          </p>
        )}
      </div>
    </li>
  );
}

function NewFlow({ taken, close }: { readonly taken: readonly string[]; close(): void }) {
  const words = useWords(flowWords);
  const [, go] = useLocation();
  const { session } = useSession();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('engagement');
  const [isTried, setTried] = useState(false);
  const { isBusy, run } = useAction();
  const isName = /^[a-z][a-z0-9-]{0,40}$/.test(name);
  const wrong = isName ? (taken.includes(name) ? words.nameTaken : undefined) : words.badName;
  const create = (): void => {
    setTried(true);
    if (wrong !== undefined || title.trim() === '') return;
    void run(async () => {
      const made = newFlow(title.trim(), purpose, session.campaign.languages);
      await call('PUT /flows/:name/draft', { name, revision: 0, ...made });
      close();
      go(`/flows/${name}`);
    });
  };
  return (
    <Dialog
      isOpen
      close={close}
      title={words.create}
      actions={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button look="primary" isBusy={isBusy} onClick={create}>
            {words.create}
          </Button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <TextField
          label={words.flowTitle}
          hint={words.flowTitleHint}
          value={title}
          autoFocus
          required
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={words.name}
          hint={words.nameHint}
          value={name}
          error={isTried || name !== '' ? wrong : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={words.purpose}
          value={purpose}
          options={PURPOSES.map((value) => ({ value, label: words.purposes[value] }))}
          onChoose={(chosen) => setPurpose(chosen)}
        />
      </form>
    </Dialog>
  );
}
