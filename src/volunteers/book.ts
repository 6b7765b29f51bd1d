import type { SignupState } from '../supporters/record.js';
import { missedAt, remindersFor, type ToldAt } from './reminders.js';
import { MOST_WAITING, type Shift, type Signup } from './shift.js';
import { isActive, isExpected, movedSignup, takesPlace, type SignupMove } from './signup-state.js';

/** Signups kept in one document, those given up among them. */
const MOST_SIGNUPS = 1_000;
/** Acts remembered of a signup; one is repeated only moments after it was done. */
const MOST_ACTS = 8;
/** In the last hour nobody is moved up any more: they could not be told in time. */
const MOVES_UNTIL_MS = 3_600_000;
/** So long after the end somebody may still say that they were there. */
export const OVER_AFTER_MS = 2 * 3_600_000;

/** The person who acts: the id they have now, and all that they had before merges. */
export type Person = { readonly supporter: string; readonly ids: readonly string[] };
/** What they do, under a key that stays the same when it is done again. */
export type Acting = Person & {
  readonly key: string;
  /** Epoch milliseconds. */ readonly at: number;
};

/** The shift after something, and what it came to. */
export type Booked = { readonly shift: Shift; readonly state: SignupState | undefined };

/** Places that nobody has. */
export function freePlaces({ capacity, signups }: Pick<Shift, 'capacity' | 'signups'>): number {
  return capacity - signups.filter(({ state }) => takesPlace(state)).length;
}

/** How many wait for a place. */
export function waitingFor({ signups }: Pick<Shift, 'signups'>): number {
  return signups.filter(({ state }) => state === 'invited').length;
}

/** Whether somebody can still sign up: it has not begun and is not called off. */
export function isUpcoming({ state, starts }: Shift, at: number): boolean {
  return state === 'open' && at < starts.getTime();
}

/** The signup of a person; of several, which merges make, the one that counts. */
export function signupOf(
  { signups }: Pick<Shift, 'signups'>,
  ids: readonly string[],
): Signup | undefined {
  const own = signups.filter(({ supporter }) => ids.includes(supporter));
  return (
    own.find(({ state }) => takesPlace(state)) ??
    own.find(({ state }) => state === 'invited') ??
    own.at(-1)
  );
}

/**
 * Signs somebody up: `scheduled` while there are free places, `invited` to wait for one after that, and
 * `declined` when the list is full or the shift not open. Who is signed up already stays as they are.
 */
export function signUp(before: Shift, act: Acting, instead?: string): Booked {
  const shift = unify(before, act);
  const own = signupOf(shift, act.ids);
  if (own !== undefined && (isDone(own, act) || movedSignup(own.state, 'book') === undefined)) {
    return { shift, state: own.state };
  }
  if (!isUpcoming(shift, act.at)) return { shift, state: 'declined' };
  const isFree = freePlaces(shift) > 0;
  const hasRoom = shift.signups.length < MOST_SIGNUPS || own !== undefined;
  if (!hasRoom || (!isFree && waitingFor(shift) >= MOST_WAITING)) {
    return { shift, state: 'declined' };
  }
  const n = shift.serial + 1;
  const fresh: Signup = {
    n,
    supporter: act.supporter,
    state: 'declined',
    since: new Date(act.at),
    made: new Date(act.at),
    acts: [...(own?.acts ?? []), act.key].slice(-MOST_ACTS),
    ...(instead === undefined ? {} : { instead }),
  };
  const listed = {
    ...shift,
    serial: n,
    // Whoever comes back waits behind those who waited on.
    signups: [...shift.signups.filter((one) => one.n !== own?.n), fresh],
  };
  return answer(move(listed, n, isFree ? 'book' : 'wait', act.at), n);
}

/** Gives a place back, or leaves the waiting list; who waits longest gets the place. */
export function giveUp(before: Shift, act: Acting): Booked {
  const shift = unify(before, act);
  const own = signupOf(shift, act.ids);
  if (own === undefined) return { shift, state: undefined };
  // A repeated act must not give back what was signed up for again since.
  if (isDone(own, act)) return { shift, state: own.state };
  const given = move(noted(shift, own, act), own.n, 'give_up', act.at);
  return answer(moveUp(given, act.at), own.n);
}

/** Says that somebody really comes. */
export function confirm(before: Shift, act: Acting): Booked {
  const shift = unify(before, act);
  const own = signupOf(shift, act.ids);
  if (own === undefined || isDone(own, act) || shift.state !== 'open') {
    return { shift, state: own?.state };
  }
  return answer(move(noted(shift, own, act), own.n, 'confirm', act.at), own.n);
}

/** Notes that a signup came; whether it may is asked before (`check-in.ts`). */
export function arrive(
  shift: Shift,
  n: number,
  by: NonNullable<Signup['arrived_by']>,
  at: number,
): Booked {
  const moved = move(shift, n, 'arrive', at);
  if (moved === shift) return answer(shift, n);
  return answer(
    withSignup(moved, n, (signup) => ({ ...signup, arrived_by: by })),
    n,
  );
}

/** Calls a shift off: whoever was expected or waited hears of it. */
export function callOff(before: Shift, at: number): Shift {
  if (before.state !== 'open') return before;
  let shift: Shift = { ...before, state: 'cancelled' };
  for (const { n, state } of before.signups) {
    if (!isActive(state)) continue;
    shift = move(shift, n, 'give_up', at);
    const told = { kind: 'called_off', due: new Date(at), expires: before.ends } as const;
    shift = owe(shift, n, told);
  }
  return shift;
}

/** Closes a shift that is over: who did not come is missed, and who still waited waits no more. */
export function closeShift(before: Shift, at: number): Shift {
  if (before.state !== 'open' || at < before.ends.getTime() + OVER_AFTER_MS) return before;
  let shift: Shift = { ...before, state: 'over' };
  for (const { n, state } of before.signups) {
    if (isExpected(state)) shift = owe(move(shift, n, 'miss', at), n, missedAt(before));
    else if (state === 'invited') shift = move(shift, n, 'give_up', at);
  }
  return shift;
}

/** Takes somebody out of a shift as if they had never been there; who waits gets the place. */
export function eraseFrom(before: Shift, supporter: string, at: number): Shift {
  const { leader, ...rest } = before;
  const isNamed = (one: { readonly supporter: string }): boolean => one.supporter === supporter;
  const left: Shift = {
    ...rest,
    ...(leader === undefined || leader === supporter ? {} : { leader }),
    signups: before.signups.filter((one) => !isNamed(one)),
  };
  const theirs = before.owed.filter(isNamed).map(({ id }) => id);
  return moveUp(settled(left, new Set(theirs)), at);
}

/** Of the signups that merges made of one person, the best stays and the others give their place back. */
function unify(before: Shift, { ids, at }: Acting): Shift {
  const own = before.signups.filter(
    ({ supporter, state }) => ids.includes(supporter) && isActive(state),
  );
  const best = own.find(({ state }) => isExpected(state)) ?? own[0];
  let shift = before;
  for (const { n } of own) if (n !== best?.n) shift = move(shift, n, 'give_up', at);
  return shift === before ? before : moveUp(shift, at);
}

/** Gives free places to those who wait, in order. */
export function moveUp(before: Shift, at: number): Shift {
  let shift = before;
  if (shift.state !== 'open' || at >= shift.starts.getTime() - MOVES_UNTIL_MS) return shift;
  for (const { n, state } of before.signups) {
    if (freePlaces(shift) <= 0) break;
    if (state !== 'invited') continue;
    const told = { kind: 'place', due: new Date(at), expires: shift.starts } as const;
    shift = owe(move(shift, n, 'move_up', at), n, told);
  }
  return shift;
}

/** Moves a signup, and owes what follows from its new state; the same shift when it cannot be moved. */
function move(shift: Shift, n: number, how: SignupMove, at: number): Shift {
  const signup = shift.signups.find((one) => one.n === n);
  const state = movedSignup(signup?.state, how);
  if (signup === undefined || state === undefined) return shift;
  const { instead, ...rest } = signup;
  const since = new Date(at);
  const hasPlace = state === 'scheduled';
  // What is given back for a place here is given back once there is one, and kept when there never is.
  const next = { ...rest, state, since, ...(state === 'invited' && instead ? { instead } : {}) };
  let moved = counted(withSignup(shift, n, () => next));
  if (hasPlace) for (const told of remindersFor(shift, at)) moved = owe(moved, n, told);
  if (hasPlace && instead !== undefined) moved = released(moved, signup.supporter, instead);
  return moved;

  function counted(one: Shift): Shift {
    const { supporter } = rest;
    return owing(one, since, (id) => ({ type: 'count', id, supporter }));
  }
  function released(one: Shift, supporter: string, other: string): Shift {
    return owing(one, since, (id) => ({ type: 'release', id, supporter, shift: other }));
  }
}

function owe(shift: Shift, n: number, { kind, due, expires }: ToldAt): Shift {
  const signup = shift.signups.find((one) => one.n === n);
  if (signup === undefined) return shift;
  const { supporter, since } = signup;
  return owing(shift, since, (id) => ({
    type: 'news',
    id,
    kind,
    supporter,
    signup: n,
    due,
    expires,
  }));
}

function owing(shift: Shift, since: Date, make: (id: string) => Shift['owed'][number]): Shift {
  const serial = shift.serial + 1;
  const owed = [...shift.owed, make(`${shift._id}:${serial}`)];
  return { ...shift, serial, owed, owing: shift.owing ?? since };
}

/** Takes what was done out of what a shift owes. */
export function settled(shift: Shift, done: ReadonlySet<string>): Shift {
  const owed = shift.owed.filter(({ id }) => !done.has(id));
  if (owed.length === shift.owed.length) return shift;
  const { owing: since, ...rest } = shift;
  return { ...rest, owed, ...(owed.length === 0 || since === undefined ? {} : { owing: since }) };
}

function noted(shift: Shift, own: Signup, { key }: Acting): Shift {
  return withSignup(shift, own.n, (signup) => ({
    ...signup,
    acts: [...signup.acts, key].slice(-MOST_ACTS),
  }));
}

/** Changes one signup in its place. */
export function withSignup(shift: Shift, n: number, change: (signup: Signup) => Signup): Shift {
  return { ...shift, signups: shift.signups.map((one) => (one.n === n ? change(one) : one)) };
}

function isDone({ acts }: Signup, { key }: Acting): boolean {
  return acts.includes(key);
}

function answer(shift: Shift, n: number): Booked {
  return { shift, state: shift.signups.find((one) => one.n === n)?.state };
}
