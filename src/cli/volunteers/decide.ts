import { identitiesOf } from '../../supporters/identities.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { createRoleDesk } from '../../volunteers/role-desk.js';
import type { Role } from '../../volunteers/tasks.js';
import { findOne } from '../find-one.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';

type Options = { readonly json?: boolean };

/** `portevoix volunteers list`. */
export async function listVolunteers({ json, all }: Options & { all?: boolean }): Promise<void> {
  await withPeople(async ({ volunteers: { roles } }) => {
    const asked = all === true ? {} : { state: 'asked' };
    const rows = await roles.find(asked, { sort: { at: 1 } });
    const waitFirst = rows.toSorted(
      (one, other) => Number(other.state === 'asked') - Number(one.state === 'asked'),
    );
    for (const { supporter, role, state, at } of waitFirst) {
      const since = at.toISOString();
      await write(
        json === true
          ? `${JSON.stringify({ supporter, role, state, since })}\n`
          : `${referenceOf(supporter)}  ${role}  ${state}  ${since}\n`,
      );
    }
    if (rows.length === 0 && json !== true) await write('Nobody waits for an answer.\n');
  });
}

/** `portevoix volunteers approve|decline SUPPORTER ROLE`. */
export async function decide(
  named: string,
  role: Role,
  state: 'approved' | 'declined',
  { json }: Options,
): Promise<void> {
  await withPeople(async (people) => {
    const { roles, news } = people.volunteers;
    const record = await findOne(people, named);
    const desk = createRoleDesk({
      roles,
      news,
      find: (supporter) => people.supporters.get(supporter),
      now: () => Date.now(),
    });
    const person = { supporter: record._id, ids: identitiesOf(record) };
    const isNew = await desk.decide(person, role, state);
    const words = isNew ? `Noted: ${role} ${state}.` : `That was decided before: ${role} ${state}.`;
    const outcome = { supporter: record._id, role, state, decided: isNew };
    await write(json === true ? `${JSON.stringify(outcome)}\n` : `${words}\n`);
  });
}
