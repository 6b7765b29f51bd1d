/**
 * The parts of France that have a clock of their own, and the day they vote on in national elections: far
 * to the west it is the Saturday, so that nobody votes when results of the mainland are known already. In
 * local elections all vote on Sunday. `zone` is an IANA time zone, the capital's where there are several.
 */
export const TERRITORIES = {
  metropole: { zone: 'Europe/Paris', votes: 'sunday' },
  guadeloupe: { zone: 'America/Guadeloupe', votes: 'saturday' },
  martinique: { zone: 'America/Martinique', votes: 'saturday' },
  guyane: { zone: 'America/Cayenne', votes: 'saturday' },
  reunion: { zone: 'Indian/Reunion', votes: 'sunday' },
  mayotte: { zone: 'Indian/Mayotte', votes: 'sunday' },
  saint_pierre_et_miquelon: { zone: 'America/Miquelon', votes: 'saturday' },
  saint_barthelemy: { zone: 'America/St_Barthelemy', votes: 'saturday' },
  saint_martin: { zone: 'America/Marigot', votes: 'saturday' },
  wallis_et_futuna: { zone: 'Pacific/Wallis', votes: 'sunday' },
  polynesie_francaise: { zone: 'Pacific/Tahiti', votes: 'saturday' },
  nouvelle_caledonie: { zone: 'Pacific/Noumea', votes: 'sunday' },
} as const satisfies Readonly<
  Record<string, { readonly zone: string; readonly votes: 'saturday' | 'sunday' }>
>;

export type Territory = keyof typeof TERRITORIES;

/** Territories overseas by the code of their department or collectivity, which postal codes begin with. */
const BY_DEPARTMENT: Readonly<Record<string, Territory>> = {
  '971': 'guadeloupe',
  '972': 'martinique',
  '973': 'guyane',
  '974': 'reunion',
  '975': 'saint_pierre_et_miquelon',
  '976': 'mayotte',
  '977': 'saint_barthelemy',
  '978': 'saint_martin',
  '986': 'wallis_et_futuna',
  '987': 'polynesie_francaise',
  '988': 'nouvelle_caledonie',
};

/** Islands whose clock is not that of their territory's capital, by the INSEE code of the commune. */
const OWN_ZONES: ReadonlyMap<string, string> = new Map([
  ...['98718', '98723', '98731', '98746', '98756', '98757'].map(
    (commune) => [commune, 'Pacific/Marquesas'] as const,
  ),
  ['98719', 'Pacific/Gambier'],
]);

/** The territory of a department or collectivity that people live and vote in; undefined for the others. */
export function territoryOf(department: string): Territory | undefined {
  return department.length === 2 ? 'metropole' : BY_DEPARTMENT[department];
}

/** The time zone of a commune, or of the territory where no commune is named. */
export function zoneOf(territory: Territory, commune?: string): string {
  return OWN_ZONES.get(commune ?? '') ?? TERRITORIES[territory].zone;
}
