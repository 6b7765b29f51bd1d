import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { PostRowView } from '../../../staff/api.js';
import { ApiFailure, call, urlOf } from '../../client.js';
import { useSession } from '../../session.js';
import { Awaited } from '../../ui/awaited.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { useFailureText } from '../../ui/failure.js';
import { Icon } from '../../ui/icon.js';
import { Page, Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { NETWORK_NAMES, postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { NetworkMark } from './network-mark.js';
import { textOn } from './post-form.js';
import { Preview } from './preview.js';
import { POST_TONES } from './send-badges.js';
import { useReason } from './use-reason.js';
import './posts.css';

/** How often a post that is not over is looked at. */
const LIVE_MS = 2_000;

/** One post: what became of it on each network, what it says there, and what can be done. */
export function PostPage() {
  const words = useWords(postWords);
  const { id = '' } = useParams();
  const { may } = useSession();
  const [, go] = useLocation();
  const { data, error, mutate } = useApi('GET /posts/:id', { id }, { everyMs: LIVE_MS });
  const { data: options } = useApi('GET /post-options', {});
  const [isAsking, setAsking] = useState(false);
  const { run, isBusy } = useAction();
  const toast = useToast();
  if (data === undefined) {
    return (
      <Page title={words.title}>
        <Awaited error={error} again={() => void mutate()} lines={10} />
      </Page>
    );
  }
  const { row, post, pictureAlt } = data;
  const changed = (next: PostRowView): void => void mutate({ ...data, row: next });
  const isOpen = row.sends.some(({ state }) => state === 'planned');
  const cancel = (): void =>
    void run(async () => {
      setAsking(false);
      changed(await call('POST /posts/:id/cancel', { id }));
      toast(words.cancelled);
    });
  const picture = row.hasPicture ? urlOf('GET /posts/:id/picture', { id }) : undefined;
  return (
    <Page
      title={row.name}
      actions={
        may('messages.send') ? (
          <>
            <Button icon="copy" onClick={() => go(`/posts/new?from=${id}`)}>
              {words.copy}
            </Button>
            {isOpen ? (
              <Button look="danger" isBusy={isBusy} onClick={() => setAsking(true)}>
                {words.cancel}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      <div className="beside">
        <div>
          <Section title={words.perNetwork}>
            <ul className="card rows">
              {row.sends.map((send) => (
                <SendRow key={send.network} id={id} send={send} changed={changed} />
              ))}
            </ul>
          </Section>
          <Section title={words.facts}>
            <dl className="facts">
              <div>
                <dt>{words.when}</dt>
                <dd>
                  <Time at={row.goesAt} />
                </dd>
              </div>
              <div>
                <dt>{words.content}</dt>
                <dd>{words.contents[row.content]}</dd>
              </div>
              <div>
                <dt>{words.made}</dt>
                <dd>
                  <Time at={row.createdAt} />
                </dd>
              </div>
              {pictureAlt === undefined ? null : (
                <div>
                  <dt>{words.picture}</dt>
                  <dd>{pictureAlt}</dd>
                </div>
              )}
            </dl>
          </Section>
          <p className="post-back">
            <Link href="/posts">
              <Icon name="left" size={16} /> {words.title}
            </Link>
          </p>
        </div>
        <aside className="beside-panel" aria-label={words.preview}>
          <h2>{words.preview}</h2>
          {post.networks.map((network) => (
            <Preview
              key={network}
              network={network}
              account={options?.networks.find(({ name }) => name === network)?.account}
              text={textOn(post, network)}
              language={post.language}
              picture={picture}
              alt={pictureAlt ?? words.pictureOf}
            />
          ))}
        </aside>
      </div>
      <Confirm
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={words.cancelTitle}
        back={words.keep}
        action={words.cancel}
        act={cancel}
      >
        <p>{words.cancelText}</p>
      </Confirm>
    </Page>
  );
}

function SendRow({
  id,
  send,
  changed,
}: {
  readonly id: string;
  readonly send: PostRowView['sends'][number];
  changed(row: PostRowView): void;
}) {
  const words = useWords(postWords);
  const { may } = useSession();
  const tellReason = useReason();
  const toast = useToast();
  const say = useFailureText();
  const { run, isBusy } = useAction();
  const [isAsking, setAsking] = useState(false);
  const { network, state, at, reason, url } = send;
  const name = NETWORK_NAMES[network] ?? network;
  const isHeld = state === 'planned' && reason !== undefined;
  const said: { readonly [code: string]: string } = {
    ...words.refused,
    network_off: words.networkOff,
    wrong_state: words.wrongState,
  };
  const retry = (anyway: boolean): void =>
    void run(async () => {
      setAsking(false);
      try {
        changed(await call('POST /posts/:id/retry', { id, network, anyway }));
        toast(words.retried);
      } catch (error) {
        const known = error instanceof ApiFailure ? said[error.code] : undefined;
        toast(known ?? say(error), true);
      }
    });
  const mayRepeat =
    may('messages.send') && (state === 'failed' || state === 'skipped' || state === 'unknown');
  return (
    <li className="send-row">
      <NetworkMark network={network} />
      <div className="send-words">
        <p className="send-head">
          <strong>{name}</strong>
          <Badge tone={isHeld ? 'warn' : POST_TONES[state]}>
            {isHeld ? words.waits : words.states[state]}
          </Badge>
        </p>
        <p className="muted">
          {isHeld ? `${words.again} ` : ''}
          <Time at={at} />
        </p>
        {reason === undefined ? null : <p className="post-reason">{tellReason(reason)}</p>}
      </div>
      <div className="send-tools">
        {url === undefined ? null : (
          <a href={url} target="_blank" rel="noreferrer">
            {words.see} <Icon name="external" size={16} />
          </a>
        )}
        {mayRepeat ? (
          <Button
            size="small"
            icon="redo"
            isBusy={isBusy}
            onClick={() => (state === 'unknown' ? setAsking(true) : retry(false))}
          >
            {words.retry}
          </Button>
        ) : null}
      </div>
      <Confirm
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={words.retryTitle}
        back={words.close}
        action={words.retryAnyway}
        act={() => retry(true)}
      >
        <p>{words.retryText(name)}</p>
      </Confirm>
    </li>
  );
}
