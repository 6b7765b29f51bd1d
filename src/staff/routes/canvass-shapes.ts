import { z } from 'zod';
import { CANVASS_RESULTS } from '../../canvass/canvass-result.js';

/** What routes about canvassing take and tell. */
export const language = z.enum(['fr', 'en']);
export const turfState = z.enum(['free', 'walked', 'done']);
export const canvassResult = z.enum(CANVASS_RESULTS);
export const latitude = z.coerce.number().min(-90).max(90);
export const longitude = z.coerce.number().min(-180).max(180);

export const place = z.object({ lat: z.number(), lon: z.number() });
export const outline = z.array(z.array(z.number()));
export const silence = z.object({ until: z.string() });
export const volunteerName = z.object({ id: z.string(), name: z.string() });

export const areaView = z.object({
  code: z.string(),
  city: z.string().exactOptional(),
  rank: z.number().exactOptional(),
  score: z.number().exactOptional(),
  why: z.string().exactOptional(),
  doors: z.number(),
  done: z.number(),
  turfs: z.object({ free: z.number(), walked: z.number(), done: z.number() }),
  outline,
  centre: place,
});

export const turfRow = z.object({
  id: z.string(),
  name: z.string(),
  state: turfState,
  stations: z.array(z.string()),
  doors: z.number(),
  done: z.number(),
  metres: z.number(),
  canvassers: z.array(volunteerName),
  reservedFor: volunteerName.exactOptional(),
  leader: volunteerName.exactOptional(),
  help: z.object({ by: volunteerName, at: z.string() }).exactOptional(),
});

export const figures = z.object({
  visits: z.number(),
  contacts: z.number(),
  contactRate: z.number().exactOptional(),
  told: z.number(),
  supporters: z.number(),
  conversionRate: z.number().exactOptional(),
  results: z.partialRecord(canvassResult, z.number()),
  firstAt: z.string(),
  lastAt: z.string(),
});
