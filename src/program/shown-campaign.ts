import { Permit } from '../engine/calendar/permit.js';
import type { Campaign } from '../engine/campaign.js';

/**
 * The campaign as its page shows it: during an election silence as it was when that began, or when the
 * program started, for a page may stay up unchanged but not be updated (Conseil constitutionnel on art.
 * L.49).
 */
export function shownCampaign(campaign: () => Campaign, now: () => number): () => Campaign {
  let shown: Campaign | undefined;
  return () => {
    const current = campaign();
    const leaving = { way: 'publish', content: 'campaign' } as const;
    const isHeld = Permit.ask(current.calendar, leaving, now()).type === 'refused';
    if (!isHeld || shown === undefined) shown = current;
    return shown;
  };
}
