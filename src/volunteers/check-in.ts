import { kilometresBetween } from '../engine/distance.js';
import type { Location } from '../engine/event.js';
import { isSameSecret } from '../sign.js';
import { arrive, OVER_AFTER_MS, signupOf, withSignup } from './book.js';
import type { CheckInWay, Shift } from './shift.js';

/** Nobody is there earlier than so long before the start. */
export const EARLY_MS = 3_600_000;
/** How near one has to be, in metres: phones are wrong by some tens of metres, and squares are wide. */
export const NEAR_METRES = 300;
/** Codes tried; there are ten thousand. */
const MOST_CODES = 5;

/** What somebody gives to show that they are there; nothing: they say so. */
export type Proof = { readonly code?: string; readonly location?: Location };

/** Whether somebody was noted as there, or why not. */
export const CHECK_INS = [
  'completed',
  'not_signed_up',
  'too_early',
  'over',
  'proof_needed',
  'wrong_code',
  'too_many_codes',
  'too_far',
] as const;
export type CheckIn = (typeof CHECK_INS)[number];

type CheckedIn = { readonly shift: Shift; readonly answer: CheckIn };

/** Notes that somebody is there, when the shift takes their word, code or position for it; pure. */
export function checkIn(shift: Shift, ids: readonly string[], proof: Proof, at: number): CheckedIn {
  const own = signupOf(shift, ids);
  if (own?.state === 'completed') return { shift, answer: 'completed' };
  if (own === undefined || own.state === 'invited' || own.state === 'declined') {
    return { shift, answer: 'not_signed_up' };
  }
  if (at < shift.starts.getTime() - EARLY_MS) return { shift, answer: 'too_early' };
  if (at >= shift.ends.getTime() + OVER_AFTER_MS || shift.state === 'cancelled') {
    return { shift, answer: 'over' };
  }
  const wrong = own.wrong_codes ?? 0;
  if (proof.code !== undefined && shift.check_in.includes('code')) {
    if (wrong >= MOST_CODES) return { shift, answer: 'too_many_codes' };
    if (!isSameSecret(proof.code.replace(/\D/g, ''), shift.code)) {
      const told = withSignup(shift, own.n, (one) => ({ ...one, wrong_codes: wrong + 1 }));
      return { shift: told, answer: 'wrong_code' };
    }
    return there(shift, own.n, 'code', at);
  }
  if (proof.location !== undefined && shift.check_in.includes('location')) {
    const metres = kilometresBetween(proof.location, shift.place) * 1_000;
    return metres <= NEAR_METRES
      ? there(shift, own.n, 'location', at)
      : { shift, answer: 'too_far' };
  }
  if (shift.check_in.includes('button')) return there(shift, own.n, 'button', at);
  return { shift, answer: 'proof_needed' };
}

function there(before: Shift, n: number, by: CheckInWay, at: number): CheckedIn {
  const { shift } = arrive(before, n, by, at);
  return { shift, answer: 'completed' };
}
