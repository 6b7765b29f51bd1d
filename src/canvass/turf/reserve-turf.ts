import { oweNotice } from '../turf-notices.js';
import type { TurfRow } from '../turfs.js';

/**
 * A turf kept for a volunteer, who hears of it and gets it when they ask for one, as does whoever it was kept
 * for until now hear of that; `leader` is told when they need help.
 */
export function reserveTurf(turf: TurfRow, volunteer: string, leader?: string): TurfRow {
  const before = turf.reserved_for;
  const row = {
    ...turf,
    reserved_for: volunteer,
    ...(leader === undefined ? {} : { leader }),
  };
  if (before === volunteer) return row;
  const told = before === undefined ? row : oweNotice(row, before, 'taken');
  return turf.canvassers.includes(volunteer) ? told : oweNotice(told, volunteer, 'kept');
}
