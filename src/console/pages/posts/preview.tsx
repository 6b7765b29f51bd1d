import { Fragment } from 'react';
import { findLinks } from '../../../engine/count-post.js';
import { NETWORK_NAMES } from '../../words/post-words.js';
import { useSession } from '../../session.js';
import { NetworkMark } from './network-mark.js';

/** A post as a network shows it. */
export function Preview({
  network,
  account,
  text,
  language,
  picture,
  alt,
}: {
  readonly network: string;
  readonly account: string | undefined;
  readonly text: string;
  readonly language: string;
  readonly picture: string | undefined;
  readonly alt: string;
}) {
  const { session } = useSession();
  return (
    <article className="card post-preview" aria-label={NETWORK_NAMES[network] ?? network}>
      <header>
        <NetworkMark network={network} />
        <span className="network-words">
          <span>{session.campaign.name}</span>
          <span className="muted">{account ?? NETWORK_NAMES[network]}</span>
        </span>
      </header>
      {picture !== undefined && network === 'telegram' ? <img src={picture} alt={alt} /> : null}
      <p lang={language}>
        {pieces(text).map(({ at, piece, isMarked }) =>
          isMarked ? (
            <span key={at} className="post-link">
              {piece}
            </span>
          ) : (
            <Fragment key={at}>{piece}</Fragment>
          ),
        )}
      </p>
      {picture !== undefined && network !== 'telegram' ? <img src={picture} alt={alt} /> : null}
    </article>
  );
}

type Piece = { readonly at: number; readonly piece: string; readonly isMarked: boolean };

/** The text in pieces: links and hashtags, and what stands between them. */
function pieces(text: string): readonly Piece[] {
  const links = findLinks(text).map(({ from, url }) => ({ from, until: from + url.length }));
  const tags = [...text.matchAll(/(?<![\w#/&])#\p{L}[\p{L}\p{N}_]*/gu)]
    .map(({ index, 0: tag }) => ({ from: index, until: index + tag.length }))
    .filter(({ from }) => !links.some((link) => link.from <= from && from < link.until));
  const found: Piece[] = [];
  let done = 0;
  for (const { from, until } of [...links, ...tags].toSorted((a, b) => a.from - b.from)) {
    if (from > done) found.push({ at: done, piece: text.slice(done, from), isMarked: false });
    found.push({ at: from, piece: text.slice(from, until), isMarked: true });
    done = until;
  }
  if (done < text.length) found.push({ at: done, piece: text.slice(done), isMarked: false });
  return found;
}
