import type { Calendar } from './calendar/calendar.js';
import type { Json } from './json.js';
import type { Purpose } from './flow.js';

/** The types a profile field, an answer or an action's argument can have. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'amount' | 'location';

/**
 * A profile field: its type (`any` when it could not be read), whether it reveals an opinion, and the
 * consent it needs first.
 */
export type Field = {
  readonly type: FieldType | 'any';
  readonly sensitive: boolean;
  readonly needs?: Purpose;
  /** What the privacy notice calls it; absent: by the question that asks for it. */
  readonly label?: Translated;
};

/** A text in each language of the campaign, by language tag. */
export type Translated = Readonly<Record<string, string>>;

/** A day on the campaign's page that everybody may come to: a meeting, a market, a walk. */
export type SiteDate = {
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** `HH:MM` on the clocks of the campaign. */
  readonly at?: string;
  readonly title: Translated;
  readonly place?: Translated;
};

/** Who answers for the data of supporters (GDPR art. 4(7) and 13(1)(a) and (b)). */
export type Controller = {
  readonly name: string;
  readonly address?: string;
  readonly email?: string;
  /** How the data protection officer is reached, where there is one. */
  readonly officer?: string;
};

/** What the campaign's page shows, and what all of its pages share. */
export type Site = {
  readonly headline?: Translated;
  readonly summary?: Translated;
  /** What the campaign stands for. */
  readonly issues: readonly { readonly title: Translated; readonly text: Translated }[];
  readonly dates: readonly SiteDate[];
  /** Who publishes the site, as the law wants it said on every page. */
  readonly notice?: Translated;
  /** What else has to be said below every page, such as who paid or who printed. */
  readonly notices: readonly { readonly title: Translated; readonly text: Translated }[];
  readonly controller?: Controller;
  /** The campaign's own site; neutral flows may not link to it. */
  readonly url?: string;
  readonly colours: { readonly primary: string; readonly accent: string };
  /** A picture in the flows folder, relative to it. */
  readonly picture?: string;
  /** What the picture shows, for whoever does not see it. */
  readonly pictureText?: Translated;
};

/** How many campaign messages one supporter gets at most within so many days. */
export type FrequencyCap = { readonly messages: number; readonly days: number };

export type Election = {
  readonly name: Translated;
  /** The day of the first ballot, `YYYY-MM-DD`. */
  readonly date: string;
  /** That of the second one, where there are two. */
  readonly secondRound?: string;
  /** Instants when polling stations open and close that day, in epoch milliseconds. */
  readonly opens: number;
  readonly closes: number;
};

/** How much each reason counts when areas are ranked for canvassing; see `canvass/targeting`. */
export type CanvassWeights = {
  readonly mobilisation: number;
  readonly persuasion: number;
  /** Below 0, poorer areas come first. */
  readonly income: number;
  readonly density: number;
  readonly unvisited: number;
};

/** By which past results areas are ranked: labels as results name lists, nuances or candidates. */
export type CanvassRules = {
  readonly own: readonly string[];
  /** Whose voters might be won over. */
  readonly near: readonly string[];
  readonly weights: CanvassWeights;
};

/** Who takes donations, and what counsel set otherwise than the law of the country has it. */
export type DonationTerms = {
  /**
   * Who alone may take them (in France the agent that the candidate declared, a person or an
   * association; in the United States the committee that pays), and since when, `YYYY-MM-DD`.
   */
  readonly agent: string;
  readonly agentSince?: string;
  /** Who is written to about what is to be looked at among gifts. */
  readonly agentEmail?: string;
  /** What one person may give in all for one election, in whole euros or dollars. */
  readonly ceiling?: number;
  /** The first and the last day on which gifts are taken, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly until?: string;
  /** What is suggested to whoever gives for the first time, in whole euros or dollars. */
  readonly amounts?: readonly number[];
};

/** What `flows/campaign.yaml` says; everything but `name` and `languages` may be left out there. */
export type Campaign = {
  readonly name: string;
  readonly candidate?: string;
  /** Language tags, the first is the default. */
  readonly languages: readonly string[];
  /** IANA time zone. */
  readonly timezone: string;
  readonly country: 'fr' | 'us' | 'none';
  readonly election?: Election;
  /** When what may leave. */
  readonly calendar: Calendar;
  readonly frequencyCap: FrequencyCap | 'none';
  readonly donations?: DonationTerms;
  readonly canvass?: CanvassRules;
  /** Profile fields, by path below `supporter` (`email`, `preferences.*`, `fields.round`). */
  readonly fields: Readonly<Record<string, Field>>;
  /** Channels whose limits the checker applies. */
  readonly channels: readonly string[];
  /** What the landing page shows. */
  readonly site: Site;
  /** The campaign as conditions see it: `campaign.election.opens` is a timestamp there. */
  readonly facts: { readonly [key: string]: Json };
};
