import type { Campaign } from '../campaign.js';
import { fold } from '../fold.js';
import type { CatalogueEntry } from '../parse/words.js';
import type { Checked } from './reading.js';

/** Checks that a flow marked neutral, which may be sent during election silence, carries no campaign. */
export function checkNeutral(checked: Checked, campaignFlows: ReadonlySet<string>): void {
  const { draft, catalogues, campaign, report } = checked;
  if (draft.content !== 'neutral') return;
  const cure = 'take it away, or mark the flow `content: campaign`';
  if (draft.purpose === 'donation') {
    report.error(
      draft.place,
      'neutral-content',
      'a flow that asks for donations is never neutral; mark it `content: campaign`',
    );
  }
  for (const step of draft.steps) {
    if (step.type === 'action' && step.action.text.startsWith('donation.')) {
      report.error(
        step.action.place,
        'neutral-content',
        `a neutral flow cannot do ${step.action.text}; ${cure}`,
      );
    } else if (
      (step.type === 'call' || step.type === 'link') &&
      campaignFlows.has(step.flow.text)
    ) {
      report.error(
        step.flow.place,
        'neutral-content',
        `a neutral flow cannot go to "${step.flow.text}", which is marked campaign; ${cure}`,
      );
    }
  }
  const forbidden = forbiddenIn(campaign);
  for (const { entries } of catalogues) {
    for (const [key, entry] of entries) {
      const what = campaignIn(entry, forbidden);
      if (what === undefined) continue;
      report.error(
        entry.place,
        'neutral-content',
        `"${key}" has ${what} in a neutral flow; ${cure}`,
      );
    }
  }
}

type Forbidden = {
  readonly candidate: string | undefined;
  readonly slogans: readonly string[];
  readonly host: string | undefined;
};

function forbiddenIn({ candidate, site }: Campaign): Forbidden {
  const slogans = Object.values(site.headline ?? {}).map(fold);
  return {
    candidate: candidate === undefined ? undefined : fold(candidate),
    slogans: slogans.filter((slogan) => slogan !== ''),
    host: site.url === undefined ? undefined : new URL(site.url).host.replace(/^www\./, ''),
  };
}

function campaignIn(
  { text, reading }: CatalogueEntry,
  { candidate, slogans, host }: Forbidden,
): string | undefined {
  if (reading?.uses.some(({ name }) => name === 'candidate') === true) return 'the {candidate}';
  const folded = fold(text);
  if (candidate !== undefined && folded.includes(candidate)) return 'the name of the candidate';
  if (slogans.some((slogan) => folded.includes(slogan))) return 'the slogan';
  return host !== undefined && text.includes(host) ? 'a link to the campaign’s site' : undefined;
}
