import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { EditRefusal } from '../../volunteers/edit-shift.js';
import { checkShiftDraft } from '../../volunteers/check-shift-draft.js';
import type { Shift } from '../../volunteers/shift.js';
import type { Shifts } from '../../volunteers/shifts.js';
import type { StaffAct, StaffDesk, StaffRefusal } from '../../volunteers/staff-desk.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { id } from './inputs.js';
import { findLeader, findShift, shiftName, viewShift } from './shift-routes.js';
import { shiftDraft, shiftView, signupState } from './shift-shapes.js';

export type SignupRouteOptions = {
  readonly shifts: Pick<Shifts, 'table'>;
  readonly supporters: Pick<Supporters, 'table'>;
  readonly desk: StaffDesk;
  campaign(): Campaign;
  now(): number;
};

/** Of a path; queries and paths are texts. */
const n = z.coerce.number().int().min(1).max(1_000_000_000);
const KEY = /^[\w-]{8,64}$/;

/** Routes by which staff change a shift, and who is on it. */
export function signupRoutes(options: SignupRouteOptions): Route[] {
  const { shifts, supporters, desk, campaign } = options;
  return [
    defineRoute<'PUT /shifts/:name'>({
      type: 'json',
      key: 'PUT /shifts/:name',
      name: 'editShift',
      summary: 'Writes a shift anew; who waits gets the places that were added.',
      access: 'volunteers.write',
      input: z.strictObject({ name: shiftName, draft: shiftDraft, version: z.string().max(64) }),
      output: shiftView,
      audit: (input) => ({ about: input.name }),
      async handle({ name, draft, version }) {
        await findShift(name, shifts);
        const { definition, problems } = checkShiftDraft(name, draft, campaign());
        if (definition === undefined) {
          throw new ApiRefusal(422, 'faulty', 'This shift is not complete.', {
            fields: problems.map(({ field: path, message }) => ({ path, message })),
          });
        }
        const leader = await findLeader(draft.leader, supporters);
        return viewShift(settled(await desk.edit(name, version, definition, leader)), options);
      },
    }),
    defineRoute<'POST /shifts/:name/cancel'>({
      type: 'json',
      key: 'POST /shifts/:name/cancel',
      name: 'cancelShift',
      summary: 'Calls a shift off; everybody who signed up is told.',
      access: 'volunteers.write',
      input: z.strictObject({ name: shiftName }),
      output: shiftView,
      audit: (input) => ({ about: input.name }),
      async handle({ name }) {
        return viewShift(settled(await desk.cancel(name)), options);
      },
    }),
    defineRoute<'POST /shifts/:name/signups'>({
      type: 'json',
      key: 'POST /shifts/:name/signups',
      name: 'placeVolunteer',
      summary: 'Puts somebody on a shift who asked elsewhere; they wait when it is full.',
      access: 'volunteers.write',
      input: z.strictObject({ name: shiftName, supporter: id, key: z.string().regex(KEY) }),
      output: z.object({ shift: shiftView, state: signupState }),
      audit: (input) => ({ supporter: input.supporter, about: input.name }),
      async handle({ name, supporter, key }) {
        const act = await desk.place(await findShift(name, shifts), supporter, key);
        const state = act.type === 'done' ? act.state : undefined;
        return {
          shift: await viewShift(settled(act), options),
          state: state ?? 'scheduled',
        };
      },
    }),
    defineRoute<'DELETE /shifts/:name/signups/:n'>({
      type: 'json',
      key: 'DELETE /shifts/:name/signups/:n',
      name: 'removeVolunteer',
      summary: 'Takes somebody off a shift; who waits longest gets the place.',
      access: 'volunteers.write',
      input: z.strictObject({ name: shiftName, n }),
      output: shiftView,
      audit: 'itself',
      async handle(input, call) {
        const { name } = input;
        await call.note({ action: 'removeVolunteer', ...(await about(input)) });
        return viewShift(settled(await desk.remove(name, input.n)), options);
      },
    }),
    defineRoute<'POST /shifts/:name/signups/:n/arrive'>({
      type: 'json',
      key: 'POST /shifts/:name/signups/:n/arrive',
      name: 'markArrived',
      summary: 'Notes that somebody was there.',
      access: 'volunteers.write',
      input: z.strictObject({ name: shiftName, n }),
      output: shiftView,
      audit: 'itself',
      async handle(input, call) {
        const { name } = input;
        await call.note({ action: 'markArrived', ...(await about(input)) });
        return viewShift(settled(await desk.arrived(name, input.n)), options);
      },
    }),
  ];

  /** Whom a change is about, for the audit log. */
  async function about(input: { readonly name: string; readonly n: number }) {
    const { signups } = await findShift(input.name, shifts);
    const supporter = signups.find((one) => one.n === input.n)?.supporter;
    return { about: input.name, ...(supporter === undefined ? {} : { supporter }) };
  }
}

function settled(act: StaffAct<StaffRefusal | EditRefusal | 'conflict'>): Shift {
  switch (act.type) {
    case 'done':
      return act.shift;
    case 'refused':
      throw new ApiRefusal(409, act.reason, REFUSED[act.reason]);
    case 'unknown':
      throw new ApiRefusal(404, 'not_found', 'There is no such shift, or no such supporter.');
    default:
      return act satisfies never;
  }
}

const REFUSED: { readonly [reason in StaffRefusal | EditRefusal | 'conflict']: string } = {
  conflict: 'Somebody changed it meanwhile.',
  not_open: 'This shift is over, or was called off.',
  over: 'This shift is over.',
  times_fixed: 'People signed up for these hours: call it off and make another.',
  below_taken: 'More people have a place than that.',
  begun: 'This shift has begun.',
  no_consent: 'They did not agree to volunteering.',
  unapproved: 'The team did not approve them for this part.',
  elsewhere: 'They are on another shift at that time.',
  already: 'They are on this shift already.',
  list_full: 'The waiting list is full.',
  not_signed_up: 'They are not on this shift.',
  too_early: 'This shift does not begin within the hour.',
  no_place: 'They have no place on this shift.',
};
