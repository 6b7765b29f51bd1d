import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findPlacesIn,
  readPlaceIndex,
  writePlaceIndex,
  type OfficialLists,
} from '../../../src/supporters/places/place-index.js';
import type { Places } from '../../../src/supporters/places/open-places.js';

const DATA = join(__dirname, '../../../node_modules/@etalab/decoupage-administratif/data');

/** The official lists as their package has them. */
export function readLists(): OfficialLists {
  const read = (name: string) => JSON.parse(readFileSync(join(DATA, `${name}.json`), 'utf8'));
  return { communes: read('communes'), departements: read('departements') };
}

/** The lists as the program uses them, written and read again. */
export function placesOf(lists: OfficialLists): Places {
  const index = readPlaceIndex(writePlaceIndex(lists, 'lists 6.0.0'));
  return { find: (code) => findPlacesIn(index, code), source: () => index.source };
}
