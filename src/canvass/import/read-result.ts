import type { CsvRow } from '../../csv/open-csv.js';
import { fold } from '../../engine/fold.js';
import type { ResultRow, Votes } from '../results.js';
import { COMMUNE, stationCode } from '../station-code.js';
import { cellsOf, findColumns, plain } from '../../csv/columns.js';
import { refuse, type Refused } from './outcome.js';
import { readCount } from './read-count.js';

/**
 * The columns of data.gouv's aggregated elections, as their headers have been written over the years, and of
 * the ministry's own files by station.
 */
export const RESULT_COLUMNS = {
  election: ['id_election', 'election'],
  whole_station: ['id_brut_miom', 'id_bv', 'station'],
  department: ['code_departement', 'Code du département', 'Code département'],
  commune: ['code_commune', 'Code de la commune', 'Code commune'],
  station: [
    'code_bv',
    'Code du b.vote',
    'Code BV',
    'Code bureau de vote',
    'Code du bureau de vote',
  ],
  city: ['libelle_commune', 'Libellé de la commune', 'Libellé commune'],
  registered: ['inscrits'],
  abstained: ['abstentions'],
  voted: ['votants'],
  cast: ['exprimes', 'Exprimés'],
} as const;

/** What tells of one candidate or list; in wide files it comes again and again in one row. */
const CANDIDATE = {
  panel: ['no_panneau', 'N°Panneau', 'N.Pan.', 'Numéro de panneau', 'panneau', 'N° Panneau'],
  nuance: ['nuance', 'Code Nuance', 'Nuance candidat', 'Nuance liste', 'Nuance Liste'],
  last: ['nom', 'Nom candidat', 'Nom du candidat', 'nom_tete_de_liste', 'Nom Tête de Liste'],
  first: ['prenom', 'Prénom candidat', 'Prénom du candidat'],
  binomial: ['binome', 'Binôme'],
  short: ['libelle_abrege_liste', 'Libellé Abrégé Liste', 'Libellé abrégé de liste'],
  long: ['libelle_etendu_liste', 'Libellé Etendu Liste', 'Libellé de liste', 'liste'],
  votes: ['voix'],
} as const;

type Part = keyof typeof CANDIDATE;
type Group = ReadonlyMap<Part, number>;

/** How a file tells results: its columns, and where candidates stand in a row, once or many times. */
export type ResultLayout = {
  readonly columns: ReadonlyMap<keyof typeof RESULT_COLUMNS, number>;
  groupsOf(row: CsvRow): readonly Group[];
  /** A row may be longer than the header, which then names the first candidate only. */
  readonly repeats: boolean;
};

/** Finds the layout of a file; undefined when it tells no results by polling station. */
export function findResultLayout(header: readonly string[]): ResultLayout | undefined {
  const columns = findColumns(header, RESULT_COLUMNS);
  const hasStation =
    columns.has('whole_station') || (columns.has('commune') && columns.has('station'));
  const numbered = numberedGroups(header);
  const first = findColumns(header, CANDIDATE);
  const tells = columns.has('registered') || first.has('votes') || numbered.length > 0;
  if (!hasStation || !tells) return undefined;
  if (numbered.length > 0) return { columns, groupsOf: () => numbered, repeats: false };
  const votes = first.get('votes');
  if (votes === undefined) return { columns, groupsOf: () => [], repeats: false };
  // In the ministry's older files a row goes on with the next candidates under no header.
  const start = first.get('panel') ?? Math.min(...first.values());
  const width = header.length - start;
  const repeats = columns.has('registered') && start > (columns.get('cast') ?? Infinity);
  return {
    columns,
    repeats,
    groupsOf({ cells }) {
      const count = repeats ? Math.max(1, Math.ceil((cells.length - start) / width)) : 1;
      return Array.from(
        { length: count },
        (_, n): Group => new Map([...first].map(([part, at]) => [part, at + n * width])),
      );
    },
  };
}

/** Columns such as `Voix 1`, `Voix 2`: one group for each number. */
function numberedGroups(header: readonly string[]): readonly Group[] {
  const folded = header.map((name) => fold(name));
  const groups: Group[] = [];
  for (let n = 1; folded.includes(`voix ${n}`); n += 1) {
    const names = Object.fromEntries(
      Object.entries(CANDIDATE).map(([part, aliases]) => [
        part,
        aliases.map((name) => `${name} ${n}`),
      ]),
    );
    const found = findColumns(header, names);
    const group = new Map<Part, number>();
    for (const part of PARTS) {
      const at = found.get(part);
      if (at !== undefined) group.set(part, at);
    }
    groups.push(group);
  }
  return groups;
}

const PARTS: readonly Part[] = [
  'panel',
  'nuance',
  'last',
  'first',
  'binomial',
  'short',
  'long',
  'votes',
];

/**
 * A station's result as its row says it, or a part of it: data.gouv tells of turnout in one file and of each
 * candidate in a row of another. `election` names the election where the file does not.
 */
export function readResult(
  row: CsvRow,
  { columns, groupsOf }: ResultLayout,
  { election: named, at }: { readonly election: string | undefined; readonly at: Date },
): ResultRow | Refused {
  const cell = cellsOf(row, columns);
  const election = cell('election') || (named ?? '');
  if (!/^[\w.-]{1,60}$/.test(election)) {
    return refuse(
      election === ''
        ? 'it does not say of which election: give it with --election, such as 2024_legi_t1'
        : 'the election is no name of letters, digits and _',
    );
  }
  const station = readStation(
    cell('whole_station'),
    cell('department'),
    cell('commune'),
    cell('station'),
  );
  if (station === '' || station.length > 60)
    return refuse('it does not say of which polling station');
  const counts = new Map<string, number>();
  for (const name of ['registered', 'abstained', 'voted', 'cast'] as const) {
    const written = cell(name);
    if (written === '') continue;
    const count = readCount(written);
    if (count === undefined)
      return refuse(`"${written.slice(0, 20)}" is no number of people (${name})`);
    counts.set(name, count);
  }
  const [registered, voted, cast] = ['registered', 'voted', 'cast'].map((name) => counts.get(name));
  if ((voted ?? 0) > (registered ?? Infinity)) return refuse('more voted than were registered');
  if ((cast ?? 0) > (voted ?? Infinity)) return refuse('more ballots were cast than people voted');
  const abstained =
    counts.get('abstained') ??
    (registered === undefined || voted === undefined ? undefined : registered - voted);
  if ((abstained ?? 0) > (registered ?? Infinity))
    return refuse('more abstained than were registered');
  const votes: Votes[] = [];
  for (const group of groupsOf(row)) {
    const found = readVotes(row, group);
    if (found === undefined) continue;
    if ('type' in found) return found;
    if (found.votes > (cast ?? Infinity))
      return refuse('a candidate has more votes than were cast');
    votes.push(found);
  }
  const city = cell('city');
  return {
    _id: `${election}:${station}`,
    election,
    station,
    ...(city === '' ? {} : { city: city.slice(0, 120) }),
    ...(registered === undefined ? {} : { registered }),
    ...(abstained === undefined ? {} : { abstained }),
    ...(cast === undefined ? {} : { cast }),
    votes,
    at,
  };
}

function readStation(whole: string, department: string, commune: string, station: string): string {
  if (whole !== '') return stationCode(whole);
  const town = commune.toUpperCase();
  if (COMMUNE.test(town)) return stationCode(station, town);
  // Older files tell the commune within its department.
  const code = `${department.toUpperCase().padStart(2, '0')}${town.padStart(3, '0')}`.slice(-5);
  return COMMUNE.test(code) ? stationCode(station, code) : '';
}

function readVotes(row: CsvRow, group: Group): Votes | Refused | undefined {
  const part = (name: Part): string => {
    const at = group.get(name);
    return at === undefined ? '' : plain(row.cells[at] ?? '').slice(0, 120);
  };
  const person = [part('first'), part('last')].filter((text) => text !== '').join(' ');
  const labels = [part('nuance'), part('short'), part('long'), part('binomial'), person];
  const named = [...new Set(labels.filter((label) => label !== ''))];
  const written = part('votes');
  // A row of a wide file ends where its last candidate does.
  if (written === '') return undefined;
  const votes = readCount(written);
  if (votes === undefined) return refuse(`"${written.slice(0, 20)}" is no number of votes`);
  if (named.length === 0) return refuse('it does not say for whom the votes were');
  const panel = part('panel');
  return { key: panel === '' ? fold(named.join(' ')) : panel, labels: named, votes };
}

/** Two parts of one station's result put together; what `fresh` says counts. */
export function mergeResult(kept: ResultRow, fresh: ResultRow): ResultRow {
  const votes = new Map(kept.votes.map((one) => [one.key, one]));
  for (const one of fresh.votes) votes.set(one.key, one);
  return { ...kept, ...fresh, votes: [...votes.values()] };
}
