import type { AreaDoors } from './area.js';

/**
 * Seconds at a door that is knocked at, waiting and talking included. With it, a street of houses 40 m
 * apart comes to the 20 doors an hour that campaigns plan (domain facts, 8: victoryguide.us).
 */
const AT_DOOR_S = 150;
/** Metres a second, at a stroll. */
const WALK = 1.1;
/** The length of a short tour through n points on an area A tends to 0.7124·√(n·A) (Beardwood, Halton, Hammersley 1959). */
const TOUR = 0.7124;

/** How many doors a pair does in an hour, from how far its buildings lie apart. */
export function doorsPerHour({ count, buildings, squareMetres }: AreaDoors): number {
  const metres = TOUR * Math.sqrt(buildings * squareMetres);
  return 3_600 / (AT_DOOR_S + metres / WALK / Math.max(1, count));
}
