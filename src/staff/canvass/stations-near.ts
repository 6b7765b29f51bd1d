import { overlap } from './box-of.js';
import type { LookAgain } from './look-again.js';
import type { SeenAreas } from './look-at-areas.js';
import type { BoxInput } from '../api.js';

/**
 * The stations that may have doors in a box, and null when some doors have none: an index finds the doors
 * of those by where they lie.
 */
export async function stationsNear(
  areas: LookAgain<SeenAreas>,
  box: BoxInput,
): Promise<readonly (string | null)[]> {
  const seen = await areas.see();
  const near = seen.areas.filter((area) => overlap(area.box, box)).map(({ code }) => code);
  return seen.strayDoors === 0 ? near : [...near, null];
}
