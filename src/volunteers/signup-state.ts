import type { SignupState } from '../supporters/record.js';

/**
 * What happens to a signup: it gets a place or waits for one, gets one that became free, is confirmed,
 * comes to the shift, is given up, or is missed.
 */
export const SIGNUP_MOVES = [
  'book',
  'wait',
  'move_up',
  'confirm',
  'arrive',
  'give_up',
  'miss',
] as const;
export type SignupMove = (typeof SIGNUP_MOVES)[number];

const MOVES: Readonly<
  Record<
    SignupMove,
    { readonly from: readonly (SignupState | undefined)[]; readonly to: SignupState }
  >
> = {
  book: { from: [undefined, 'declined'], to: 'scheduled' },
  wait: { from: [undefined, 'declined'], to: 'invited' },
  move_up: { from: ['invited'], to: 'scheduled' },
  confirm: { from: ['scheduled'], to: 'confirmed' },
  // Somebody taken for missing who was there after all is put right.
  arrive: { from: ['scheduled', 'confirmed', 'no_show'], to: 'completed' },
  give_up: { from: ['invited', 'scheduled', 'confirmed'], to: 'declined' },
  miss: { from: ['scheduled', 'confirmed'], to: 'no_show' },
};

/** The state after a move (`undefined`: not signed up yet); undefined when it cannot be made from there. */
export function movedSignup(
  state: SignupState | undefined,
  move: SignupMove,
): SignupState | undefined {
  const { from, to } = MOVES[move];
  return from.includes(state) ? to : undefined;
}

/** Whether somebody in this state takes one of the places. */
export function takesPlace(state: SignupState): boolean {
  return state !== 'invited' && state !== 'declined';
}

/** Whether somebody in this state is expected, or hopes to be. */
export function isActive(state: SignupState): boolean {
  return state === 'invited' || isExpected(state);
}

/** Whether somebody in this state has a place and is still to come. */
export function isExpected(state: SignupState): boolean {
  return state === 'scheduled' || state === 'confirmed';
}
