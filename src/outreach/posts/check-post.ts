import type { Campaign } from '../../engine/campaign.js';
import {
  countText,
  POST_NETWORKS,
  type PostNetworkName,
  type TextSize,
} from '../../engine/count-post.js';
import {
  fieldAt,
  isWhole,
  missingField,
  quoted,
  tellProblem,
  writeTime,
  type DraftLine,
  type DraftProblem,
} from '../messages/check-draft.js';
import type { PostDraft } from './post-draft.js';
import type { PostDefinition } from './post.js';
import { readPost, type PostContext } from './read-post.js';

export type PostCheck = {
  /** Absent when there is any error. */
  readonly post?: PostDefinition;
  readonly bytes?: Uint8Array;
  readonly problems: readonly DraftProblem[];
  /** How much of its limit the text of each network takes. */
  readonly sizes: readonly (TextSize & { readonly network: PostNetworkName })[];
};

const PICTURE = 'picture';

/** Checks what a form holds as the file of a post would be checked; each mistake is told by its field. */
export function checkPost(draft: PostDraft, context: Omit<PostContext, 'picture'>): PostCheck {
  const bytes = draft.picture === undefined ? undefined : Buffer.from(draft.picture.data, 'base64');
  const lines = linesOf(draft, context.campaign);
  const missing = missingIn(draft).map(missingField);
  const text = lines.map((line) => `${line.text}\n`).join('');
  const { problems, ...read } = readPost(
    { path: 'post', text },
    { ...context, picture: () => bytes },
  );
  const told = problems.flatMap((problem) => {
    const field = fieldAt(problem, lines);
    const isSaid = problem.code === 'missing-key' || missing.some((one) => one.field === field);
    return isSaid && missing.length > 0 ? [] : [tellProblem(field, problem)];
  });
  return {
    ...(missing.length === 0 ? read : {}),
    problems: [...missing, ...told],
    sizes: POST_NETWORKS.filter((network) => draft.networks.includes(network)).map((network) => ({
      network,
      ...countText(network, textFor(draft, network), {
        mastodon: context.mastodonLimit,
        hasPicture: bytes !== undefined,
      }),
    })),
  };
}

function textFor({ texts, text }: PostDraft, network: string): string {
  const own = texts[network] ?? '';
  return own.trim() === '' ? text : own;
}

function missingIn(draft: PostDraft): readonly string[] {
  const { networks, text, texts } = draft;
  const isSilent = networks.some((network) => textFor(draft, network).trim() === '');
  return [
    ...(draft.name.trim() === '' ? ['name'] : []),
    ...(isWhole(draft.at) ? [] : ['at']),
    ...(networks.length === 0 ? ['networks'] : []),
    ...(isSilent || (text.trim() === '' && Object.keys(texts).length === 0) ? ['text'] : []),
    ...(draft.picture !== undefined && draft.picture.alt.trim() === '' ? ['alt'] : []),
  ];
}

function linesOf(draft: PostDraft, campaign: Campaign): readonly DraftLine[] {
  const line = (field: string, text: string): DraftLine => ({ field, text });
  const own = Object.entries(draft.texts).filter(
    ([network, text]) => draft.networks.includes(network) && text.trim() !== '',
  );
  return [
    line('name', `name: ${quoted(draft.name)}`),
    line('content', `content: ${draft.content}`),
    line('language', `language: ${quoted(draft.language)}`),
    ...(isWhole(draft.at) ? [line('at', `at: ${writeTime(draft.at, campaign)}`)] : []),
    line('networks', `networks: [${draft.networks.map(quoted).join(', ')}]`),
    ...(draft.text.trim() === '' ? [] : [line('text', `text: ${quoted(draft.text)}`)]),
    ...(own.length === 0
      ? []
      : [
          line('texts', 'texts:'),
          ...own.map(([network, text]) =>
            line(`texts.${network}`, `  ${network}: ${quoted(text)}`),
          ),
        ]),
    ...(draft.picture === undefined
      ? []
      : [
          line(PICTURE, 'picture:'),
          line(PICTURE, '  file: picture'),
          line('alt', `  alt: ${quoted(draft.picture.alt)}`),
        ]),
  ];
}
