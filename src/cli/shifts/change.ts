import { identitiesOf } from '../../supporters/identities.js';
import { arrive, callOff, signupOf } from '../../volunteers/book.js';
import { isActive } from '../../volunteers/signup-state.js';
import { findOne } from '../find-one.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { findShift } from './show.js';

type Options = { readonly json?: boolean };

/** `portevoix shifts cancel NAME`. */
export async function cancelShift(name: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const { state } = await findShift(people, name);
    if (state !== 'open') throw new Refusal(`"${name}" is ${state} already.`);
    const told = await people.volunteers.shifts.change(name, (shift) => ({
      shift: callOff(shift, Date.now()),
      answer: shift.signups.filter((signup) => isActive(signup.state)).length,
    }));
    const count = told ?? 0;
    await write(
      json === true
        ? `${JSON.stringify({ name, state: 'cancelled', told: count })}\n`
        : `Called off. A running server tells the ${count} who signed up.\n`,
    );
  });
}

/** `portevoix shifts check-in NAME SUPPORTER`. */
export async function checkInBy(name: string, named: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    await findShift(people, name);
    const record = await findOne(people, named);
    const state = await people.volunteers.shifts.change(name, (before) => {
      const own = signupOf(before, identitiesOf(record));
      if (own === undefined) return { shift: before, answer: undefined };
      const { shift, state: next } = arrive(before, own.n, 'staff', Date.now());
      return { shift, answer: next };
    });
    if (state === undefined) throw new Refusal('They did not sign up for this shift.');
    if (state !== 'completed') throw new Refusal(`They have no place on this shift: ${state}.`);
    await write(json === true ? `${JSON.stringify({ name, state })}\n` : 'Noted as there.\n');
  });
}
