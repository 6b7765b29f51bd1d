import type { Campaign } from '../campaign.js';
import { fold } from '../fold.js';
import type { Report } from '../parse/report.js';
import type { CatalogueEntry } from '../parse/words.js';
import type { Checked } from './reading.js';
import { say, type Sentence } from '../sentence.js';

/** Checks that a flow marked neutral, which may be sent during election silence, carries no campaign. */
export function checkNeutral(checked: Checked, campaignFlows: ReadonlySet<string>): void {
  const { draft, catalogues, campaign, report } = checked;
  if (draft.content !== 'neutral') return;
  const cure = say`take it away, or mark the flow \`content: campaign\``;
  if (draft.purpose === 'donation') {
    report.error(
      draft.place,
      'neutral-content',
      say`a flow that asks for donations is never neutral; mark it \`content: campaign\``,
    );
  }
  for (const step of draft.steps) {
    if (step.type === 'action' && step.action.text.startsWith('donation.')) {
      report.error(
        step.action.place,
        'neutral-content',
        say`a neutral flow cannot do ${step.action.text}; ${cure}`,
      );
    } else if (
      (step.type === 'call' || step.type === 'link') &&
      campaignFlows.has(step.flow.text)
    ) {
      report.error(
        step.flow.place,
        'neutral-content',
        say`a neutral flow cannot go to "${step.flow.text}", which is marked campaign; ${cure}`,
      );
    }
  }
  for (const { entries } of catalogues) {
    checkNeutralWords(entries, campaign, say`in a neutral flow; ${cure}`, report);
  }
}

/** Checks that words which neutral flows say, those that all flows share among them, carry no campaign. */
export function checkNeutralWords(
  entries: ReadonlyMap<string, CatalogueEntry>,
  campaign: Campaign,
  where: Sentence,
  report: Report,
): void {
  const forbidden = forbiddenIn(campaign);
  for (const [key, entry] of entries) {
    for (const what of campaignIn(entry, forbidden)) {
      report.error(entry.place, 'neutral-content', say`"${key}" has ${what} ${where}`);
    }
  }
}

type Forbidden = {
  readonly candidate: string | undefined;
  /** What is left of the name without the first word, as it is written. */
  readonly surname: RegExp | undefined;
  readonly slogans: readonly string[];
  readonly host: string | undefined;
};

const FORBIDDEN = new WeakMap<Campaign, Forbidden>();

function forbiddenIn(campaign: Campaign): Forbidden {
  const known = FORBIDDEN.get(campaign);
  if (known !== undefined) return known;
  const { candidate, site } = campaign;
  const slogans = Object.values(site.headline ?? {}).map(fold);
  const surname = candidate?.trim().replace(/^\S+\s*/, '') ?? '';
  const forbidden: Forbidden = {
    candidate: candidate === undefined ? undefined : fold(candidate),
    surname: surname.length < 3 ? undefined : wordPattern(surname),
    slogans: slogans.filter((slogan) => slogan !== ''),
    host: site.url === undefined ? undefined : new URL(site.url).host.replace(/^www\./, ''),
  };
  FORBIDDEN.set(campaign, forbidden);
  return forbidden;
}

/** A name as a word of its own; with a capital, for some names are also common words. */
function wordPattern(name: string): RegExp {
  const plain = withoutMarks(name);
  const either = [plain, plain.toUpperCase()].map((form) =>
    form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${either.join('|')})(?![\\p{L}\\p{N}])`, 'u');
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '');
}

function campaignIn(
  { text, reading }: CatalogueEntry,
  { candidate, surname, slogans, host }: Forbidden,
): readonly Sentence[] {
  const folded = fold(text);
  const named =
    (candidate !== undefined && folded.includes(candidate)) ||
    surname?.test(withoutMarks(text)) === true;
  return [
    ...(reading?.uses.some(({ name }) => name === 'candidate') === true
      ? [say`the {candidate}`]
      : []),
    ...(named ? [say`the name of the candidate`] : []),
    ...(slogans.some((slogan) => folded.includes(slogan)) ? [say`the slogan`] : []),
    ...(host !== undefined && text.includes(host) ? [say`a link to the campaign’s site`] : []),
  ];
}
