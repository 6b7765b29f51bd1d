import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPlacesIn, NO_PLACES, readPlaceIndex, type PlaceIndex } from './place-index.js';
import type { FindPlaces } from './place.js';

/** The official lists of communes, as the build wrote them. */
export type Places = {
  readonly find: FindPlaces;
  /** Where the lists come from, with their version. */
  source(): string;
};

/** Beside the build; sources that run by themselves use the last build's. */
const FILES = [join('..', '..'), join('..', '..', '..', 'dist')].map((folder) =>
  join(__dirname, folder, 'places.txt'),
);

/** The file that the build wrote; undefined when it did not. */
export function placesFile(): string | undefined {
  return FILES.find((file) => existsSync(file));
}

/**
 * Opens the lists; they are read when first asked, and take some 3 MB. Without them nobody is placed
 * anywhere, and `report` hears of it once.
 */
export function openPlaces(
  file: string | undefined,
  report: (sentence: string, error?: unknown) => void,
): Places {
  let index: PlaceIndex | undefined;
  const read = (): PlaceIndex => {
    if (file === undefined) {
      report('The list of communes is missing: run "npm run build".');
      return NO_PLACES;
    }
    try {
      return readPlaceIndex(readFileSync(file, 'utf8'));
    } catch (error) {
      report('The list of communes cannot be read: run "npm run build".', error);
      return NO_PLACES;
    }
  };
  const opened = (): PlaceIndex => (index ??= read());
  return {
    find: (postalCode) => findPlacesIn(opened(), postalCode),
    source: () => opened().source,
  };
}
