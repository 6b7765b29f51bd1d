import type { Campaign } from '../campaign.js';
import type { Piece } from '../icu.js';
import type { CatalogueEntry } from '../parse/words.js';
import { noticeSaid } from './presence.js';
import type { Checked } from './reading.js';
import { say } from '../sentence.js';

/** What the words of a notice must name and cite, wherever they branch. */
type Rule = {
  readonly names: readonly string[];
  readonly cites: readonly { readonly article: string; readonly pattern: RegExp }[];
};

/**
 * What must be said before a donation is asked for, by country.
 *
 * France: art. L. 52-9 of the code électoral has every appeal for donations name the candidate, the
 * agent who alone may take them and the day the agent was declared, and reproduce L. 52-8 (first
 * three paragraphs: who may give, and how much) and L. 113-1, III (the penalties); see
 * https://legal.tricoteuses.fr/articles/LEGIARTI000035588828. The checker asks for the names and for
 * both articles by their numbers; whether their text is rendered faithfully is for people to read.
 *
 * United States: the committee that pays is named ("Paid for by …"), 52 U.S.C. § 30120.
 */
const RULES: Readonly<Record<Campaign['country'], Rule | undefined>> = {
  fr: {
    names: ['candidate', 'agent', 'agentSince'],
    cites: [
      { article: 'L. 52-8', pattern: /L\.?\s*52[-‑]8(?!\d)/ },
      { article: 'L. 113-1', pattern: /L\.?\s*113[-‑]1(?!\d)/ },
    ],
  },
  us: { names: ['agent'], cites: [] },
  none: undefined,
};

/** Actions that ask for a donation. */
const ASKING: readonly string[] = ['donation.prompt', 'donation.pledge'];

/** Checks that donations are asked for only after the notice of the country, and that it is whole. */
export function checkNotices({ draft, campaign, catalogues, presence, report }: Checked): void {
  const rule = RULES[campaign.country];
  if (rule === undefined) return;
  for (const [index, step] of draft.steps.entries()) {
    if (step.type === 'action' && ASKING.includes(step.action.text)) {
      const known = presence.before(index);
      if (known === undefined || known.has(noticeSaid('donation'))) continue;
      report.error(
        step.action.place,
        'missing-notice',
        say`"${step.id}" asks for a donation, and some path comes here without the notice the law wants; put a \`say\` with \`notice: donation\` before it on every path`,
      );
    } else if (step.type === 'say' && step.notice !== undefined) {
      for (const { language, entries } of catalogues) {
        const entry = entries.get(step.words);
        if (entry === undefined || !campaign.languages.includes(language)) continue;
        const missing = missingIn(entry, rule);
        if (missing.length === 0) continue;
        report.error(
          entry.place,
          'missing-notice',
          say`"${step.words}" is a notice of donations, and it may be said without ${missing.join(', ')}; write it outside of any branch`,
        );
      }
    }
  }
}

/** What a notice may leave out; nothing is told of words that could not be read. */
function missingIn({ reading }: CatalogueEntry, { names, cites }: Rule): readonly string[] {
  if (reading === undefined) return [];
  const isNamed = (name: string) => (piece: Piece) =>
    piece.type === 'argument' && piece.name === name;
  const isCited = (pattern: RegExp) => (piece: Piece) =>
    piece.type === 'text' && pattern.test(piece.text);
  return [
    ...names.filter((name) => !reading.surely(isNamed(name))).map((name) => `{${name}}`),
    ...cites
      .filter(({ pattern }) => !reading.surely(isCited(pattern)))
      .map(({ article }) => `"${article}"`),
  ];
}
