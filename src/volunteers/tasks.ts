/** What volunteers do; flows offer some of these, and every shift is one of them. */
export const TASKS = [
  'doors',
  'leaflets',
  'calls',
  'meetings',
  'lifts',
  'pictures',
  'polls',
] as const;
/** `lifts` drive voters to the poll; `polls` is watching it, for the candidate, in the polling station. */
export type Task = (typeof TASKS)[number];

/** Parts that the campaign gives only to those whom it approved. */
export const ROLES = ['canvasser', 'driver', 'poll_watcher'] as const;
export type Role = (typeof ROLES)[number];

const ROLE_OF: { readonly [task in Task]?: Role } = {
  doors: 'canvasser',
  lifts: 'driver',
  polls: 'poll_watcher',
};

/** The approval a task needs; undefined where everybody is welcome. */
export function roleFor(task: Task): Role | undefined {
  return ROLE_OF[task];
}

/**
 * Whether a task pleads for nobody, so that it may go on during the election silence, when handing out
 * leaflets and canvassing are forbidden (Electoral Code, art. L.49).
 */
export function isNeutralTask(task: Task): boolean {
  return task === 'lifts' || task === 'polls';
}

/** What a shift may need beside willing hands. */
export const SKILLS = [
  'driving',
  'speaking',
  'writing',
  'design',
  'photo',
  'first_aid',
  'law',
  'computers',
] as const;
export type Skill = (typeof SKILLS)[number];

/** When somebody is free; `evenings` are those of weekdays. */
export const TIMES = ['weekdays', 'evenings', 'saturdays', 'sundays'] as const;
export type Times = (typeof TIMES)[number];

/** How far somebody goes: their street, their district, all of the town, or farther. */
export const REACHES = ['street', 'district', 'town', 'beyond'] as const;
export type ReachWord = (typeof REACHES)[number];
