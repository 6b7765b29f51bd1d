import { createHash } from 'node:crypto';
import { isGiven } from '../supporters/consents-in-force.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SignupState, SupporterRecord } from '../supporters/record.js';
import { arrive, callOff, giveUp, isUpcoming, signUp, signupOf } from './book.js';
import { EARLY_MS } from './check-in.js';
import { editShift, type EditRefusal } from './edit-shift.js';
import type { RoleDesk } from './role-desk.js';
import type { Settling } from './settle-owed.js';
import type { Shift, ShiftDefinition } from './shift.js';
import type { Shifts } from './shifts.js';
import { isActive, takesPlace } from './signup-state.js';
import { roleFor } from './tasks.js';

/** Why staff cannot do something with a shift. */
export const STAFF_REFUSALS = [
  'not_open',
  'begun',
  'no_consent',
  'unapproved',
  'elsewhere',
  'already',
  'list_full',
  'not_signed_up',
  'too_early',
  'no_place',
] as const;
export type StaffRefusal = (typeof STAFF_REFUSALS)[number];

export type StaffAct<R extends string = StaffRefusal> =
  | { readonly type: 'done'; readonly shift: Shift; readonly state?: SignupState }
  | { readonly type: 'refused'; readonly reason: R }
  | { readonly type: 'unknown' };

export type StaffDeskOptions = {
  readonly shifts: Pick<Shifts, 'of'>;
  readonly settling: Pick<Settling, 'change'>;
  readonly roles: Pick<RoleDesk, 'approvedOf'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  now(): number;
};

/** What staff do with shifts by hand; each may be said again, and changes nothing more. */
export function createStaffDesk({ shifts, settling, roles, find, now }: StaffDeskOptions) {
  async function change<R extends string>(
    id: string,
    make: (
      shift: Shift,
    ) =>
      | { readonly shift: Shift; readonly state?: SignupState | undefined }
      | { readonly refused: R },
  ): Promise<StaffAct<R>> {
    const made = await settling.change<StaffAct<R> | SignupState | undefined>(id, (before) => {
      const next = make(before);
      return 'refused' in next
        ? { shift: before, answer: { type: 'refused', reason: next.refused } }
        : { shift: next.shift, answer: next.state };
    });
    if (made === undefined) return { type: 'unknown' };
    const { shift, answer } = made;
    if (typeof answer === 'object') return answer;
    return { type: 'done', shift, ...(answer === undefined ? {} : { state: answer }) };
  }

  return {
    /** Signs somebody up who asked elsewhere; they wait when it is full. */
    async place(shift: Shift, supporter: string, key: string): Promise<StaffAct> {
      const record = await find(supporter);
      if (record === undefined || record.erasing !== undefined) return { type: 'unknown' };
      const ids = identitiesOf(record);
      const refused = (reason: StaffRefusal): StaffAct => ({ type: 'refused', reason });
      // What is kept of volunteers is kept of those who agreed to it.
      if (!isGiven(record.consents, 'volunteering')) return refused('no_consent');
      const role = roleFor(shift.task);
      if (role !== undefined && !(await roles.approvedOf(ids)).includes(role)) {
        return refused('unapproved');
      }
      const others = await shifts.of(ids);
      if (others.some((other) => other._id !== shift._id && clash(shift, other, ids))) {
        return refused('elsewhere');
      }
      return change<StaffRefusal>(shift._id, (before) => {
        const own = signupOf(before, ids);
        if (before.state !== 'open') return { refused: 'not_open' };
        if (own !== undefined && !own.acts.includes(`staff ${key}`)) {
          if (isActive(own.state) || takesPlace(own.state)) return { refused: 'already' };
        }
        if (!isUpcoming(before, now())) return { refused: 'begun' };
        const act = { supporter: record._id, ids, key: `staff ${key}`, at: now() };
        const booked = signUp(before, act);
        return booked.state === 'declined' ? { refused: 'list_full' } : booked;
      });
    },

    /** Takes somebody out; who waits longest gets the place. */
    async remove(id: string, n: number): Promise<StaffAct> {
      return change<StaffRefusal>(id, (before) => {
        const signup = before.signups.find((one) => one.n === n);
        if (signup === undefined) return { refused: 'not_signed_up' };
        if (before.state !== 'open') return { refused: 'not_open' };
        if (signup.state === 'declined') return { shift: before, state: signup.state };
        if (!isActive(signup.state)) return { refused: 'begun' };
        // Of one person the one that was named, whatever merges made of the others.
        const { supporter } = signup;
        return giveUp(before, { supporter, ids: [supporter], key: `staff out ${n}`, at: now() });
      });
    },

    /** Notes that somebody was there. */
    async arrived(id: string, n: number): Promise<StaffAct> {
      return change<StaffRefusal>(id, (before) => {
        const signup = before.signups.find((one) => one.n === n);
        if (signup === undefined) return { refused: 'not_signed_up' };
        if (before.state === 'cancelled') return { refused: 'not_open' };
        if (now() < before.starts.getTime() - EARLY_MS) return { refused: 'too_early' };
        const booked = arrive(before, n, 'staff', now());
        return booked.state === 'completed' ? booked : { refused: 'no_place' };
      });
    },

    /** Calls it off; whoever was expected or waited hears of it. */
    async cancel(id: string): Promise<StaffAct> {
      return change<StaffRefusal>(id, (before) =>
        before.state === 'over' ? { refused: 'not_open' } : { shift: callOff(before, now()) },
      );
    },

    /** Makes it what staff wrote anew; `conflict`: it was changed since they read `definition`'s like. */
    async edit(
      id: string,
      seen: string,
      definition: ShiftDefinition,
      leader: string | undefined,
    ): Promise<StaffAct<EditRefusal | 'conflict'>> {
      return change<EditRefusal | 'conflict'>(id, (before) => {
        if (versionOf(before) !== seen) return { refused: 'conflict' };
        const edited = editShift(before, definition, leader, now());
        return edited.type === 'refused' ? { refused: edited.reason } : { shift: edited.shift };
      });
    },
  };
}

export type StaffDesk = ReturnType<typeof createStaffDesk>;

/**
 * Names what staff wrote of a shift, so that two who write at once do not overwrite each other; people who
 * sign up meanwhile change the revision, and not this.
 */
export function versionOf(shift: Shift): string {
  const { title, task, place, timezone, starts, ends, capacity, skills, languages } = shift;
  const written = [title, task, place, timezone, starts, ends, capacity, skills, languages];
  return createHash('sha256')
    .update(JSON.stringify([...written, shift.check_in, shift.leader ?? '']))
    .digest('base64url')
    .slice(0, 16);
}

/** Whether somebody has, or waits for, a place on another shift at the same time. */
function clash(shift: Shift, other: Shift, ids: readonly string[]): boolean {
  const own = signupOf(other, ids);
  return (
    other.state === 'open' &&
    own !== undefined &&
    isActive(own.state) &&
    other.starts < shift.ends &&
    shift.starts < other.ends
  );
}
