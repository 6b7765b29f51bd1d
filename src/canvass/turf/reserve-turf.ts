import type { TurfRow } from '../turfs.js';

/** A turf kept for a volunteer, who gets it when they ask for one; `leader` is told when they need help. */
export function reserveTurf(turf: TurfRow, volunteer: string, leader?: string): TurfRow {
  return {
    ...turf,
    reserved_for: volunteer,
    ...(leader === undefined ? {} : { leader }),
  };
}
