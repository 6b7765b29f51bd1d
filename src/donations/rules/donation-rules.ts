import type { Campaign } from '../../engine/campaign.js';
import { currencyOf, MINOR_UNITS, type Currency } from '../../engine/currency.js';
import { instantOf } from '../../engine/parse/instant.js';
import { dayAfter, monthsBefore } from './days.js';

/** What the law of a country, and the campaign's counsel, say of gifts to one election. */
export type DonationRules = {
  readonly country: Campaign['country'];
  readonly currency: Currency;
  /** Names the election that gifts are counted for; all gifts of one name count together. */
  readonly election: string;
  /** What one person may give for it in all; absent: there is no ceiling. */
  readonly ceilingCents?: number;
  /** Instants between which gifts are taken, in epoch milliseconds; absent: no bound. */
  readonly opens?: number;
  readonly closes?: number;
  /** The donor declares first who they are before the law, and that it is their own money. */
  readonly declares: boolean;
};

/**
 * France: 4,600 EUR from one person to one or several candidates at the same election (art. L. 52-8 of
 * the code électoral, https://www.saveurope.fr/articles_du_code_electoral_francais_et_aux_articles_11-4_et_11-5_de_la_loi_88-227_du_11_mars_1988).
 * United States: 3,500 USD for each election in 2025–2026
 * (https://caplindrysdale.com/publication-fec-updates-contribution-limits-for-2025-2026).
 */
const CEILING: Readonly<Record<Campaign['country'], number | undefined>> = {
  fr: 4_600,
  us: 3_500,
  none: undefined,
};

/**
 * Gifts are collected from the sixth month before the first day of the month of the election on
 * (https://juriblio.fr/docs/mise-a-jour-du-memento-du/158675640/292893379); for the president, a year:
 * `from` in campaign.yaml says so. Nothing is taken after the last ballot unless `until` says when the
 * account is filed.
 */
const FRENCH_MONTHS = 6;

/**
 * The rules for a gift at an instant; undefined when nobody may take any: no agent is named, or the law
 * counts gifts by elections and there is none. Those of a `trial`, where no money moves, count apart.
 */
export function rulesFor(campaign: Campaign, at: number, trial = false): DonationRules | undefined {
  const { country, donations } = campaign;
  if (donations === undefined) return undefined;
  if (campaign.election === undefined && country !== 'none') return undefined;
  const ceiling = donations.ceiling ?? CEILING[country];
  return {
    country,
    currency: currencyOf(country),
    // What is only tried out never counts with what is given.
    election: `${trial ? 'trial ' : ''}${country} ${electionDay(campaign, at)}`,
    ...(ceiling === undefined ? {} : { ceilingCents: ceiling * MINOR_UNITS }),
    ...collectionWindow(campaign),
    declares: country !== 'none',
  };
}

/**
 * The day that names the election. The two rounds of a French ballot are one election (L. 52-8: "lors des
 * mêmes élections"); in the United States a primary and the general election count apart.
 */
function electionDay({ country, election, timezone }: Campaign, at: number): string {
  if (election === undefined) return 'always';
  const { date, secondRound } = election;
  if (country !== 'us' || secondRound === undefined) return date;
  return at < instantOf(dayAfter(date), '00:00', timezone) ? date : secondRound;
}

function collectionWindow(campaign: Campaign): Pick<DonationRules, 'opens' | 'closes'> {
  const { country, donations, election, timezone } = campaign;
  const midnight = (day: string): number => instantOf(day, '00:00', timezone);
  const { agentSince = '', from, until } = donations ?? {};
  const lawful =
    country === 'fr' && election !== undefined
      ? monthsBefore(election.date, FRENCH_MONTHS)
      : undefined;
  // Nobody could take them before the agent was declared.
  const opens = from ?? (lawful === undefined || lawful > agentSince ? lawful : agentSince);
  const last = until ?? election?.secondRound ?? election?.date;
  return {
    ...(opens === undefined ? {} : { opens: midnight(opens) }),
    ...(last === undefined ? {} : { closes: midnight(dayAfter(last)) }),
  };
}
