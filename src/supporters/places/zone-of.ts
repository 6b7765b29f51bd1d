import { territoryFacts, type Territory } from '../../engine/calendar/territories.js';

/** The clock of the capital, where a territory has several. */
const CAPITALS: Partial<Readonly<Record<Territory, string>>> = { polynesie: 'Pacific/Tahiti' };

/** Islands whose clock is not that of their territory's capital, by the INSEE code of the commune. */
const OWN_ZONES: ReadonlyMap<string, string> = new Map([
  ...['98718', '98723', '98731', '98746', '98756', '98757'].map(
    (commune) => [commune, 'Pacific/Marquesas'] as const,
  ),
  ['98719', 'Pacific/Gambier'],
]);

/** The time zone of a commune, or of the territory's capital where no commune is named. */
export function zoneOf(territory: Territory, commune?: string): string | undefined {
  const own = OWN_ZONES.get(commune ?? '');
  return own ?? CAPITALS[territory] ?? territoryFacts(territory)?.zones[0];
}
