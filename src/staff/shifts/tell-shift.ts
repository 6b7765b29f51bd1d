import type { Named } from '../../supporters/find-current.js';
import { freePlaces, isUpcoming, waitingFor } from '../../volunteers/book.js';
import { EARLY_MS } from '../../volunteers/check-in.js';
import { draftOfShift } from '../../volunteers/check-shift-draft.js';
import type { Shift, Signup } from '../../volunteers/shift.js';
import { takesPlace } from '../../volunteers/signup-state.js';
import { versionOf } from '../../volunteers/staff-desk.js';
import { roleFor } from '../../volunteers/tasks.js';
import { mapLink } from '../../volunteers/tell-shift.js';
import type { ShiftListRow, ShiftView, SignupRow } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';

/** A shift in a list; its code is its leader's, and is told nowhere here. */
export function tellShiftRow(shift: Shift): ShiftListRow {
  const { _id: name, title, task, state, place, starts, ends, timezone, capacity } = shift;
  const count = (of: Signup['state']): number =>
    shift.signups.filter((signup) => signup.state === of).length;
  return {
    name,
    title,
    task,
    state,
    place: { name: place.name, address: place.address },
    starts: starts.toISOString(),
    ends: ends.toISOString(),
    timezone,
    capacity,
    taken: capacity - freePlaces(shift),
    waiting: waitingFor(shift),
    confirmed: count('confirmed'),
    came: count('completed'),
    missed: count('no_show'),
  };
}

/** All that staff see of one; `names` knows who its people are now. */
export function tellShift(shift: Shift, names: ReadonlyMap<string, Named>, now: number): ShiftView {
  const role = roleFor(shift.task);
  const leader = names.get(shift.leader ?? '');
  return {
    ...tellShiftRow(shift),
    version: versionOf(shift),
    draft: draftOfShift(shift),
    map: mapLink(shift.place),
    ...(leader === undefined ? {} : { leader: { id: leader._id, name: nameOf(leader) } }),
    ...(role === undefined ? {} : { role }),
    isUpcoming: isUpcoming(shift, now),
    canMark: shift.state !== 'cancelled' && now >= shift.starts.getTime() - EARLY_MS,
    signups: inOrder(shift.signups).map((signup) => tellSignup(signup, shift.signups, names)),
  };
}

/** Who has a place, who waits, and who gave up: each in the order of the list. */
function inOrder(signups: readonly Signup[]): readonly Signup[] {
  const rank = ({ state }: Signup): number => (takesPlace(state) ? 0 : state === 'invited' ? 1 : 2);
  return signups.toSorted((one, other) => rank(one) - rank(other));
}

function tellSignup(
  { n, supporter, state, since, arrived_by: by }: Signup,
  all: readonly Signup[],
  names: ReadonlyMap<string, Named>,
): SignupRow {
  const who = names.get(supporter);
  const waits = all.filter((one) => one.state === 'invited').findIndex((one) => one.n === n);
  return {
    n,
    name: who === undefined ? '' : nameOf(who),
    ...(who === undefined ? {} : { supporter: who._id }),
    state,
    since: since.toISOString(),
    ...(by === undefined ? {} : { arrivedBy: by }),
    ...(waits < 0 ? {} : { waits: waits + 1 }),
  };
}
