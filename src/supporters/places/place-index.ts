import { territoryOfPostalCode } from '../../engine/calendar/territories.js';
import type { Place } from './place.js';
import { zoneOf } from './zone-of.js';

/** Clipperton has a postal code, and nobody lives there. */
const UNINHABITED = '989';

/** What the official lists of France say, as far as it is used. */
export type OfficialLists = {
  readonly communes: readonly OfficialCommune[];
  readonly departements: readonly { readonly code: string; readonly region: string }[];
};
export type OfficialCommune = {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  /** Of an arrondissement: the town it is part of. */
  readonly commune?: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
};

/** A line begins with what it is: where the lists come from, a department, a postal code. */
const [SOURCE, DEPARTMENT, CODE] = ['#', '=', ':'];

/**
 * Writes the present communes of every postal code, the largest first, as a small text: `:35000`, then
 * code, name and arrondissement of each, parted by tabs. Throws on a name that has a tab.
 */
export function writePlaceIndex({ communes, departements }: OfficialLists, source: string): string {
  const arrondissements = new Map(
    communes
      .filter(({ type }) => type === 'arrondissement-municipal')
      .flatMap(({ code, codesPostaux = [] }) => codesPostaux.map((postal) => [postal, code])),
  );
  const byCode = new Map<string, OfficialCommune[]>();
  for (const commune of communes) {
    if (commune.type !== 'commune-actuelle') continue;
    if (departmentOf(commune.code) === UNINHABITED) continue;
    if (/[\t\n]/.test(commune.nom)) throw new Error(`${commune.code} has a tab in its name.`);
    for (const postal of commune.codesPostaux ?? []) {
      byCode.set(postal, [...(byCode.get(postal) ?? []), commune]);
    }
  }
  const lines = [`${SOURCE}${source}`];
  for (const { code, region } of departements) {
    lines.push(`${DEPARTMENT}${code}\t${region}`);
  }
  for (const [postal, found] of [...byCode].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const largestFirst = found.sort((a, b) => (b.population ?? 0) - (a.population ?? 0));
    const cells = largestFirst.flatMap(({ code, nom }) => [
      code,
      nom,
      arrondissements.get(postal) ?? '',
    ]);
    lines.push(`${CODE}${postal}\t${cells.join('\t')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The index as it is used: lines by postal code, cut into places when one is asked for. */
export type PlaceIndex = {
  readonly source: string;
  /** Regions by department. */
  readonly regions: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<string, string>;
};

/** An index that knows nothing. */
export const NO_PLACES: PlaceIndex = { source: '', regions: new Map(), lines: new Map() };

/** Reads what `writePlaceIndex` wrote. */
export function readPlaceIndex(text: string): PlaceIndex {
  const regions = new Map<string, string>();
  const lines = new Map<string, string>();
  let source = '';
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (line.startsWith(SOURCE ?? '')) source = line.slice(1);
    else if (line.startsWith(DEPARTMENT ?? ''))
      regions.set(line.slice(1, tab), line.slice(tab + 1));
    else if (tab > 0) lines.set(line.slice(1, tab), line.slice(tab + 1));
  }
  return { source, regions, lines };
}

/**
 * The communes of a postal code, the largest first. A code of the right form that no commune has (a CEDEX)
 * gives its department alone, where its first digits tell it.
 */
export function findPlacesIn(index: PlaceIndex, postalCode: string): readonly Place[] {
  const line = index.lines.get(postalCode);
  if (line === undefined) return areaOf(index, postalCode);
  const cells = line.split('\t');
  const places: Place[] = [];
  for (let at = 0; at + 2 < cells.length; at += 3) {
    const [commune = '', commune_name = '', arrondissement = ''] = cells.slice(at, at + 3);
    const department = departmentOf(commune);
    const area = inDepartment(index, postalCode, department, commune);
    if (area === undefined) continue;
    places.push({
      commune,
      commune_name,
      ...(arrondissement === '' ? {} : { arrondissement }),
      department,
      ...area,
    });
  }
  return places;
}

function areaOf(index: PlaceIndex, postalCode: string): readonly Place[] {
  if (postalCode.startsWith('20')) return [corsica(index, postalCode)].flat();
  const department = postalCode.slice(0, /^9[78]/.test(postalCode) ? 3 : 2);
  const area = inDepartment(index, postalCode, department);
  return area === undefined ? [] : [{ department, ...area }];
}

/** Codes of Corsica begin with 20, of the south 200 and 201, of the north 202 and 206. */
function corsica(index: PlaceIndex, postalCode: string): readonly Place[] {
  const area = inDepartment(index, postalCode, '2A');
  if (area === undefined) return [];
  if (/^20[01]/.test(postalCode)) return [{ department: '2A', ...area }];
  return /^20[26]/.test(postalCode) ? [{ department: '2B', ...area }] : [area];
}

function inDepartment(
  { regions }: PlaceIndex,
  postalCode: string,
  department: string,
  commune?: string,
): Pick<Place, 'region' | 'territory' | 'timezone'> | undefined {
  const [region, territory] = [regions.get(department), territoryOfPostalCode(postalCode)];
  const timezone = territory && zoneOf(territory, commune);
  if (region === undefined || territory === undefined || timezone === undefined) return undefined;
  return { region, territory, timezone };
}

/** The department, or the collectivity overseas, that the code of a commune begins with. */
function departmentOf(commune: string): string {
  return commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
}
