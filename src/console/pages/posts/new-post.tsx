import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { PostOptions } from '../../../staff/api.js';
import { call, urlOf } from '../../client.js';
import { Failure } from '../../ui/failure.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { Composer } from './composer.js';
import {
  dropPost,
  emptyPost,
  keptPost,
  readPicture,
  type ChosenPicture,
  type PostText,
} from './post-form.js';
import './posts.css';

type Begun = {
  readonly post: PostText;
  readonly picture?: ChosenPicture;
  readonly isKept: boolean;
};

/** Writes a post: a new one, one that was being written, or one after the model of another. */
export function NewPost() {
  const words = useWords(postWords);
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const model = search.get('from') ?? undefined;
  const options = useApi('GET /post-options', {});
  const [begun, setBegun] = useState<Begun>();
  const [failure, setFailure] = useState<unknown>();
  const [round, setRound] = useState(0);
  const known = options.data;
  useEffect(() => {
    if (known === undefined || begun !== undefined) return;
    begin(model, known).then(setBegun, setFailure);
  }, [known, model, begun]);
  const error = options.error ?? failure;
  if (known === undefined || begun === undefined) {
    return (
      <Page title={words.newTitle}>
        {error === undefined ? <Skeleton lines={10} /> : <Failure error={error} />}
      </Page>
    );
  }
  return (
    <Composer
      key={round}
      begun={begun.post}
      picture={begun.picture}
      isKept={begun.isKept}
      options={known}
      cleared={() => {
        dropPost();
        setBegun({ post: emptyPost(known), isKept: false });
        setRound(round + 1);
      }}
      done={(id) => {
        dropPost();
        go(`/posts/${id}`);
      }}
    />
  );
}

async function begin(model: string | undefined, options: PostOptions): Promise<Begun> {
  if (model === undefined) {
    const kept = keptPost();
    return { post: kept ?? emptyPost(options), isKept: kept !== undefined };
  }
  const { post, pictureAlt } = await call('GET /posts/:id', { id: model });
  const { picture: _, ...text } = post;
  const taken = {
    ...text,
    at: { type: 'instant', at: '' } as const,
    networks: post.networks.filter((name) =>
      options.networks.some((one) => one.name === name && one.isOn),
    ),
    alt: pictureAlt ?? '',
  };
  const picture = pictureAlt === undefined ? undefined : await fetchPicture(model);
  return { post: taken, isKept: false, ...(picture === undefined ? {} : { picture }) };
}

async function fetchPicture(id: string): Promise<ChosenPicture | undefined> {
  const response = await fetch(urlOf('GET /posts/:id/picture', { id }));
  if (!response.ok) return undefined;
  const read = await readPicture(await response.blob());
  return typeof read === 'string' ? undefined : read;
}
