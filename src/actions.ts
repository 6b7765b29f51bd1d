import { CANVASS_ACTIONS } from './canvass/actions.js';
import { DONATION_ACTIONS } from './donations/actions.js';
import type { ActionDeclaration } from './engine/action.js';
import { OUTREACH_ACTIONS } from './outreach/actions.js';
import { SUPPORTER_ACTIONS } from './supporters/actions.js';
import { VOLUNTEER_ACTIONS } from './volunteers/actions.js';

/** Every action that flows can ask for, as the domains declare them. */
export const ACTIONS: readonly ActionDeclaration[] = [
  ...SUPPORTER_ACTIONS,
  ...DONATION_ACTIONS,
  ...VOLUNTEER_ACTIONS,
  ...CANVASS_ACTIONS,
  ...OUTREACH_ACTIONS,
];
