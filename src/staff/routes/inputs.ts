import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../accounts/password.js';
import { ROLES } from '../permissions.js';

/** What several routes take in. */
export const NOTHING = z.strictObject({});
export const DONE = z.object({ done: z.literal(true) });
export const id = z.string().min(1).max(200);
export const role = z.enum(ROLES);
export const email = z.email('is no e-mail address').max(254);
export const personName = z.string().trim().min(1, 'is missing').max(100, 'is too long');
export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `needs ${SHORTEST_PASSWORD} characters or more`)
  .max(LONGEST_PASSWORD, `has more than ${LONGEST_PASSWORD} characters`);
/** A password as it was chosen once, or not. */
export const password = z.string().max(1_000);
export const code = z.string().max(20);
export const secret = z.string().min(1).max(200);
/** How many of a list; queries are texts. */
export const limit = z.coerce.number().int().min(1).max(200);
