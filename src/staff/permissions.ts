import type { Permission, Role } from './api.js';

export const ROLES = [
  'admin',
  'editor',
  'organiser',
  'treasurer',
  'privacy',
  'agent',
  'viewer',
] as const satisfies readonly Role[];

const ALL = [
  'dashboard.read',
  'supporters.read',
  'supporters.write',
  'supporters.merge',
  'supporters.export',
  'supporters.erase',
  'inbox.read',
  'inbox.answer',
  'flows.read',
  'flows.write',
  'flows.publish',
  'site.write',
  'segments.read',
  'segments.write',
  'messages.read',
  'messages.write',
  'messages.send',
  'donations.read',
  'donations.write',
  'volunteers.read',
  'volunteers.write',
  'canvass.read',
  'canvass.write',
  'channels.read',
  'channels.write',
  'team.write',
  'audit.read',
] as const satisfies readonly Permission[];

/** The one table of who may what. */
export const MAY: { readonly [role in Role]: readonly Permission[] } = {
  admin: ALL,
  editor: [
    'dashboard.read',
    'flows.read',
    'flows.write',
    'flows.publish',
    'site.write',
    'segments.read',
    'segments.write',
    'messages.read',
    'messages.write',
    'channels.read',
  ],
  organiser: [
    'dashboard.read',
    'supporters.read',
    'supporters.write',
    'supporters.merge',
    'inbox.read',
    'inbox.answer',
    'flows.read',
    'segments.read',
    'segments.write',
    'messages.read',
    'messages.write',
    'messages.send',
    'volunteers.read',
    'volunteers.write',
    'canvass.read',
    'canvass.write',
    'channels.read',
  ],
  // Money, and nobody's conversations.
  treasurer: ['dashboard.read', 'donations.read', 'donations.write'],
  // What the law asks of whoever answers for the data (GDPR art. 15 to 17, 30 and 39).
  privacy: [
    'dashboard.read',
    'supporters.read',
    'supporters.write',
    'supporters.merge',
    'supporters.export',
    'supporters.erase',
    'audit.read',
  ],
  agent: ['supporters.read', 'inbox.read', 'inbox.answer'],
  // Counts and plans, and no person.
  viewer: ['dashboard.read', 'flows.read', 'segments.read', 'messages.read'],
};

/** Whether somebody of this role may do that. */
export function may(role: Role, permission: Permission): boolean {
  return MAY[role].includes(permission);
}
