import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { Permit, type Content } from '../../engine/calendar/permit.js';
import { timeOf } from '../../outreach/messages/check-draft.js';
import { instantFor } from '../../outreach/messages/timing.js';
import { POST_STATES } from '../../outreach/posts/post.js';
import { LATE_MS } from '../../outreach/posts/settle-post.js';
import type { PostRow } from '../../outreach/posts/posts.js';
import type { PostDraft, PostRefusal, PostRowView } from '../api.js';
import { draftTime } from './message-shapes.js';

/** What routes about posts take and give. */
export const postDraft = z.strictObject({
  name: z.string().max(200),
  content: z.enum(['campaign', 'neutral']),
  language: z.string().max(20),
  at: draftTime,
  networks: z.array(z.string().max(20)).max(10),
  text: z.string().max(20_000),
  texts: z.record(z.string().max(20), z.string().max(20_000)),
  picture: z.strictObject({ data: z.base64(), alt: z.string().max(10_000) }).exactOptional(),
});
export const postRow = z.object({
  id: z.string(),
  name: z.string(),
  content: z.enum(['campaign', 'neutral']),
  createdAt: z.string(),
  goesAt: z.string(),
  text: z.string(),
  hasPicture: z.boolean(),
  sends: z.array(
    z.object({
      network: z.string(),
      state: z.enum(POST_STATES),
      at: z.string(),
      reason: z.string().exactOptional(),
      url: z.string().exactOptional(),
    }),
  ),
});
export const postRefusal = z.object({
  rule: z.string(),
  until: z.string(),
  isTooLate: z.boolean(),
});
export const postOptions = z.object({
  networks: z.array(
    z.object({
      name: z.string(),
      isOn: z.boolean(),
      account: z.string().exactOptional(),
      settings: z.array(z.string()),
    }),
  ),
  mastodonLimit: z.number(),
  languages: z.array(z.string()),
  election: z.object({ date: z.string(), secondRound: z.string().exactOptional() }).exactOptional(),
  timezone: z.string(),
});

/** A post in a list. */
export function tellPost(
  { _id: of, definition, created_at: created, goes_at: goesAt, sends }: PostRow,
  campaign: Campaign,
): PostRowView {
  const { name, content, texts, picture, at } = definition;
  const longest = Object.values(texts).toSorted((one, other) => other.length - one.length)[0];
  return {
    id: of,
    name,
    content,
    createdAt: created.toISOString(),
    goesAt: (goesAt ?? new Date(instantFor(at, campaign, undefined))).toISOString(),
    text: longest ?? '',
    hasPicture: picture !== undefined,
    sends: sends.map(({ network, state, at: since, reason, shown_as: shown }) => ({
      network,
      state,
      at: since.toISOString(),
      ...(reason === undefined ? {} : { reason }),
      ...(shown?.startsWith('https://') === true ? { url: shown } : {}),
    })),
  };
}

/** A post as a form has it: what most networks say, or else the longest, is the text; others have their own. */
export function tellDraft({ definition }: PostRow, { timezone }: Campaign): PostDraft {
  const { name, content, language, at, texts } = definition;
  const said = Object.entries(texts);
  const countOf = (text: string): number => said.filter(([, one]) => one === text).length;
  const [common] = said.toSorted(
    ([, one], [, other]) => countOf(other) - countOf(one) || other.length - one.length,
  );
  const text = common?.[1] ?? '';
  return {
    name,
    content,
    language,
    at: timeOf(at, timezone),
    networks: said.map(([network]) => network),
    text,
    texts: Object.fromEntries(said.filter(([, own]) => own !== text)),
  };
}

/** What the calendar says of a post at an instant; undefined: it may go. */
export function refusalAt(
  { calendar }: Campaign,
  content: Exclude<Content, 'service'>,
  at: number,
): PostRefusal | undefined {
  const answer = Permit.ask(calendar, { way: 'post', content }, at);
  if (answer.type === 'permit') return undefined;
  const { rule, until } = answer;
  return { rule, until: new Date(until).toISOString(), isTooLate: until > at + LATE_MS };
}
