import { z } from 'zod';
import { SIGNUP_STATES } from '../../supporters/record.js';
import { ROLES, TASKS } from '../../volunteers/tasks.js';

const text = (most: number) => z.string().max(most);
const texts = z.array(text(40)).max(20);

/** A form about a shift, half written as it may be. */
export const shiftDraft = z.strictObject({
  title: z.record(text(20), text(200)),
  task: text(40),
  place: z.strictObject({
    name: text(200),
    address: text(300),
    postalCode: text(20),
    point: text(60),
  }),
  timezone: text(60),
  starts: text(20),
  ends: text(20),
  capacity: z.number().int().min(0).max(100_000),
  skills: texts,
  languages: texts,
  checkIn: texts,
  leader: text(200),
});

export const shiftProblem = z.object({
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
});

export const role = z.enum(ROLES);
export const signupState = z.enum(SIGNUP_STATES);

/** A shift in a list, as the API tells it. */
export const shiftRow = z.object({
  name: z.string(),
  title: z.record(z.string(), z.string()),
  task: z.enum(TASKS),
  state: z.enum(['open', 'cancelled', 'over']),
  place: z.object({ name: z.string(), address: z.string() }),
  starts: z.string(),
  ends: z.string(),
  timezone: z.string(),
  capacity: z.number(),
  taken: z.number(),
  waiting: z.number(),
  confirmed: z.number(),
  came: z.number(),
  missed: z.number(),
});

/** All that staff see of one. */
export const shiftView = shiftRow.extend({
  version: z.string(),
  draft: shiftDraft,
  map: z.string(),
  leader: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  role: role.exactOptional(),
  isUpcoming: z.boolean(),
  canMark: z.boolean(),
  signups: z.array(
    z.object({
      n: z.number(),
      name: z.string(),
      supporter: z.string().exactOptional(),
      state: signupState,
      since: z.string(),
      arrivedBy: z.enum(['button', 'code', 'location', 'leader', 'staff']).exactOptional(),
      waits: z.number().exactOptional(),
    }),
  ),
});

export const shiftOptions = z.object({
  languages: z.array(z.string()),
  timezone: z.string(),
  tasks: z.array(z.enum(TASKS)),
  skills: z.array(z.string()),
  checkIns: z.array(z.string()),
  mostPlaces: z.number(),
  places: z.array(shiftDraft.shape.place),
});

export const hoursRow = z.object({
  supporter: z.string().exactOptional(),
  name: z.string(),
  shifts: z.number(),
  hours: z.number(),
});

export const roleView = z.object({
  supporter: z.string(),
  name: z.string(),
  role,
  state: z.enum(['asked', 'approved', 'declined']),
  since: z.string(),
});
