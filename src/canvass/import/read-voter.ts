import { fold } from '../../engine/fold.js';
import type { Cells } from '../../csv/columns.js';
import { stationCode } from '../station-code.js';
import type { RollList } from '../roll.js';
import { buildingKey } from './building-key.js';
import { refuse, type Refused } from './outcome.js';
import { splitNumber } from './read-door.js';

/**
 * The columns of the répertoire électoral unique that are read, under the names they have had. Names, dates
 * of birth and nationalities are not among them.
 */
export const VOTER_COLUMNS = {
  commune: ['code de l ugle', 'code du l ugle', 'code ugle', 'code commune'],
  list: ['libellé du type de liste', 'type de liste'],
  number: ['numéro de voie', 'numero voie'],
  street: ['libellé de voie', 'voie'],
  locality: ['lieu-dit', 'lieu dit'],
  postcode: ['code postal'],
  city: ['commune', 'libellé de l ugle', 'libellé du l ugle'],
  station: ['code du bureau de vote', 'code bureau de vote'],
} as const;

/** Where somebody of the roll votes and lives, and nothing else of them. */
export type Voter = {
  readonly building: string;
  readonly station: string;
  readonly list: RollList;
};

/** Reads a row; one without an address (abroad, or none of their own) has no door to knock at. */
export function readVoter(cell: Cells<keyof typeof VOTER_COLUMNS>): Voter | Refused {
  const street = cell('street') || cell('locality');
  if (street === '') return refuse('no address: there is no door to knock at');
  const station = stationCode(cell('station'), cell('commune').toUpperCase());
  if (station === '') return refuse('no polling station');
  const { number, suffix } = splitNumber(cell('number'), '');
  const building = buildingKey({ city: cell('city'), street, number, suffix });
  return { building, station, list: readList(cell('list')) };
}

/** Every list that is not told to be a complementary one is the main one. */
function readList(written: string): RollList {
  const text = fold(written);
  if (!text.includes('complementaire')) return 'main';
  return text.includes('europ') ? 'european' : 'municipal';
}
