import { Permit } from '../engine/calendar/permit.js';
import { dayAt } from '../engine/calendar/wall-clock.js';
import type { Campaign } from '../engine/campaign.js';

/**
 * The campaign as its page shows it, without days that are over: during an election silence as it was when
 * that began, or when the program started, for a page may stay up unchanged but not be updated (Conseil
 * constitutionnel on art. L.49).
 */
export function shownCampaign(campaign: () => Campaign, now: () => number): () => Campaign {
  let shown: { readonly of: Campaign; readonly day: string; readonly as: Campaign } | undefined;
  return () => {
    const current = campaign();
    const leaving = { way: 'publish', content: 'campaign' } as const;
    const isHeld = Permit.ask(current.calendar, leaving, now()).type === 'refused';
    if (shown !== undefined && isHeld) return shown.as;
    const day = dayAt(now(), current.timezone);
    if (shown?.of !== current || shown.day !== day) {
      shown = { of: current, day, as: withoutPast(current, day) };
    }
    return shown.as;
  };
}

function withoutPast(campaign: Campaign, day: string): Campaign {
  const { site } = campaign;
  return { ...campaign, site: { ...site, dates: site.dates.filter(({ on }) => on >= day) } };
}
