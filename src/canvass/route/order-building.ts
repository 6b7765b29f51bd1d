import { fold } from '../../engine/fold.js';

/** A door as it lies in its building. */
export type FlatDoor = { readonly floor?: string; readonly flat?: string };

/** Floors that are named, folded. */
const FLOORS: Readonly<Record<string, number>> = {
  rdc: 0,
  rez: 0,
  'rez de chaussee': 0,
  'rez de jardin': 0,
  ground: 0,
  'ground floor': 0,
  g: 0,
  entresol: 0.5,
  mezzanine: 0.5,
  basement: -1,
  'sous sol': -1,
};
const NUMBERED =
  /^(?:etage |floor |niveau |level )?(\d{1,3}) ?(?:e|er|re|eme|ere|st|nd|rd|th)?(?: etage| floor)?$/;

const byName = new Intl.Collator('fr', { numeric: true });

/** The number of a floor as people write it: `3`, `3e étage`, `RDC`, `-1`; undefined when it says none. */
export function floorOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const text = fold(written);
  const named = FLOORS[text];
  if (named !== undefined) return named;
  const number = NUMBERED.exec(text)?.[1];
  if (number === undefined) return undefined;
  return /^\s*[-–]/.test(written) ? -Number(number) : Number(number);
}

/**
 * The doors of one building from the top floor down, so that stairs are climbed once; on a floor by the
 * names of the flats. Those that say no floor come last.
 */
export function orderBuilding<T extends FlatDoor>(doors: readonly T[]): T[] {
  return doors.toSorted((one, other) => {
    const [a, b] = [floorOf(one.floor) ?? -Infinity, floorOf(other.floor) ?? -Infinity];
    return a === b ? byName.compare(one.flat ?? '', other.flat ?? '') : b - a;
  });
}
