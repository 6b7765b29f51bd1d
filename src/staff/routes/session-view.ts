import { z } from 'zod';
import { MAY } from '../permissions.js';
import { role } from './inputs.js';

/** Who is signed in, as the API tells it. */
export const sessionView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  permissions: z.array(z.enum(MAY.admin)),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  csrf: z.string(),
  campaign: z.object({
    name: z.string(),
    languages: z.array(z.string()),
    timezone: z.string(),
  }),
});
