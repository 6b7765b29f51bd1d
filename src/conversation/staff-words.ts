import { Permit, type Content, type Refusal } from '../engine/calendar/permit.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import { viewSupporter } from '../supporters/profile.js';
import type { SupporterRecord } from '../supporters/record.js';

/** Names of ready answers in `common.yaml`, which are neutral, come below this. */
const READY = 'replies.';

/** What a person of the team wants to say: words of their own, or a ready answer by its name. */
export type StaffAnswer =
  | { readonly type: 'free'; readonly text: string }
  | { readonly type: 'ready'; readonly name: string };

/** What may be said now, or why not. */
export type StaffWords =
  | { readonly type: 'words'; readonly text: string; readonly content: Content }
  | { readonly type: 'unknown'; readonly names: readonly string[] }
  | { readonly type: 'withheld'; readonly refusal: Refusal; readonly names: readonly string[] };

/**
 * The words of an answer of the team to somebody. In the election silence only ready answers are given:
 * nobody reads free words before they leave.
 */
export function staffWords(
  { common, campaign }: Pick<Library, 'common' | 'campaign'>,
  record: SupporterRecord,
  answer: StaffAnswer,
  at: number,
): StaffWords {
  const languages = [record.language, ...campaign.languages];
  const names = [...(common.get(campaign.languages[0] ?? '')?.keys() ?? [])]
    .filter((key) => key.startsWith(READY))
    .map((key) => key.slice(READY.length));
  if (answer.type === 'ready') {
    const phrase = names.includes(answer.name)
      ? commonPhrase(common, languages, `${READY}${answer.name}`)
      : undefined;
    if (phrase === undefined) return { type: 'unknown', names };
    return { type: 'words', text: phrase.render({ campaign: campaign.name }), content: 'neutral' };
  }
  const territory = territoryOf(campaign.country, viewSupporter(record).profile);
  const leaving = { way: 'reply', content: 'campaign', territory } as const;
  const permit = Permit.ask(campaign.calendar, leaving, at);
  if (permit.type === 'refused') return { type: 'withheld', refusal: permit, names };
  return { type: 'words', text: answer.text, content: 'campaign' };
}
