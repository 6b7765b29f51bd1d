/**
 * Where people vote, as far as clocks and days differ: the time zones of a territory, from the one where a
 * day begins first to the one where it ends last.
 */
export type TerritoryFacts = {
  readonly zones: readonly string[];
  /** In national elections it votes on the Saturday before (domain facts 6; decree for each election). */
  readonly saturday?: true;
};

/**
 * The territories of French voters. Those of the Americas and Polynesia vote on Saturday in national
 * elections, the others on Sunday. Consulates have no single clock: the earliest and the latest count.
 */
export const FRENCH_TERRITORIES = {
  metropole: { zones: ['Europe/Paris'] },
  guadeloupe: { zones: ['America/Guadeloupe'], saturday: true },
  martinique: { zones: ['America/Martinique'], saturday: true },
  guyane: { zones: ['America/Cayenne'], saturday: true },
  'saint-pierre-et-miquelon': { zones: ['America/Miquelon'], saturday: true },
  'saint-barthelemy': { zones: ['America/St_Barthelemy'], saturday: true },
  'saint-martin': { zones: ['America/Marigot'], saturday: true },
  polynesie: {
    zones: ['Pacific/Gambier', 'Pacific/Marquesas', 'Pacific/Tahiti'],
    saturday: true,
  },
  'abroad-americas': { zones: ['America/Noronha', 'Pacific/Honolulu'], saturday: true },
  reunion: { zones: ['Indian/Reunion'] },
  mayotte: { zones: ['Indian/Mayotte'] },
  'nouvelle-caledonie': { zones: ['Pacific/Noumea'] },
  'wallis-et-futuna': { zones: ['Pacific/Wallis'] },
  abroad: { zones: ['Pacific/Kiritimati', 'Atlantic/Cape_Verde'] },
} as const satisfies Readonly<Record<string, TerritoryFacts>>;

/** The clocks of the United States, by which quiet hours are kept. */
export const AMERICAN_TERRITORIES = {
  'us-atlantic': { zones: ['America/Puerto_Rico'] },
  'us-eastern': { zones: ['America/New_York'] },
  'us-central': { zones: ['America/Chicago'] },
  'us-mountain': { zones: ['America/Denver', 'America/Phoenix'] },
  'us-pacific': { zones: ['America/Los_Angeles'] },
  'us-alaska': { zones: ['America/Anchorage', 'America/Adak'] },
  'us-hawaii': { zones: ['Pacific/Honolulu'] },
} as const satisfies Readonly<Record<string, TerritoryFacts>>;

/** Names a territory of any country, as the profile keeps it. */
export type Territory = keyof typeof FRENCH_TERRITORIES | keyof typeof AMERICAN_TERRITORIES;

const BY_NAME: ReadonlyMap<string, TerritoryFacts> = new Map(
  Object.entries({ ...FRENCH_TERRITORIES, ...AMERICAN_TERRITORIES }),
);

/** What is known of a territory; undefined for a name that is none. */
export function territoryFacts(name: string): TerritoryFacts | undefined {
  return BY_NAME.get(name);
}

/** French postal codes of places beyond the metropole, longest beginning first. */
const OVERSEAS: readonly (readonly [start: string, territory: Territory])[] = [
  ['97133', 'saint-barthelemy'],
  ['97150', 'saint-martin'],
  ['971', 'guadeloupe'],
  ['972', 'martinique'],
  ['973', 'guyane'],
  ['974', 'reunion'],
  ['975', 'saint-pierre-et-miquelon'],
  ['976', 'mayotte'],
  ['986', 'wallis-et-futuna'],
  ['987', 'polynesie'],
  ['988', 'nouvelle-caledonie'],
];

/** The territory of a French postal code; undefined for what is none, such as that of Monaco. */
export function territoryOfPostalCode(code: string): Territory | undefined {
  if (!/^\d{5}$/.test(code)) return undefined;
  const overseas = OVERSEAS.find(([start]) => code.startsWith(start));
  if (overseas !== undefined) return overseas[1];
  return /^(?:0[1-9]|[1-8]\d|9[0-5])/.test(code) ? 'metropole' : undefined;
}
