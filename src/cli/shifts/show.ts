import { tellInstant } from '../../engine/calendar/wall-clock.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { freePlaces, waitingFor } from '../../volunteers/book.js';
import type { Shift, Signup } from '../../volunteers/shift.js';
import { printable, printableJson } from '../printable.js';
import { Refusal } from '../refusal.js';
import { withPeople, type PeopleAtHand } from '../with-people.js';
import { write } from '../write.js';

type Options = { readonly json?: boolean };

/** The shift of this name; a Refusal when there is none. */
export async function findShift({ volunteers }: PeopleAtHand, name: string): Promise<Shift> {
  const shift = await volunteers.shifts.table.get(name);
  if (shift !== undefined) return shift;
  throw new Refusal(`There is no shift "${name}": portevoix shifts list shows them.`);
}

/** `portevoix shifts list`. */
export async function listShifts({ json, all }: Options & { all?: boolean }): Promise<void> {
  await withPeople(async ({ volunteers: { shifts } }) => {
    const rows =
      all === true
        ? await shifts.table.find({}, { sort: { starts: 1 } })
        : await shifts.upcoming(new Date());
    for (const row of rows) {
      const shown = summaryOf(row);
      await write(json === true ? `${printableJson(shown)}\n` : `${describe(shown)}\n`);
    }
    if (rows.length === 0 && json !== true) await write('There are no shifts to come.\n');
  });
}

/** `portevoix shifts show NAME`. */
export async function showShift(name: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const shift = await findShift(people, name);
    const { title, place, task, ends, leader, code, skills, languages, check_in: ways } = shift;
    const shown = {
      ...summaryOf(shift),
      title,
      task,
      place,
      ends: tellInstant(ends.getTime(), shift.timezone),
      skills,
      languages,
      check_in: ways,
      ...(leader === undefined ? {} : { leader }),
      code,
    };
    if (json === true) return write(`${printableJson(shown)}\n`);
    const where = [place.name, place.address].filter((part) => part !== '').join(', ');
    const lines = [
      describe(shown),
      `  ${Object.values(title).join(' / ')} (${task})`,
      `  ${where}, until ${shown.ends}`,
      `  code for those who come: ${code}`,
      leader === undefined ? '  nobody leads it' : `  led by ${referenceOf(leader)}`,
    ];
    return write(`${printable(lines.join('\n')).replaceAll('\n    ', '\n')}\n`);
  });
}

/** `portevoix shifts signups NAME`. */
export async function listSignups(name: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const { signups } = await findShift(people, name);
    for (const signup of signups) {
      const shown = shownSignup(signup);
      await write(json === true ? `${printableJson(shown)}\n` : `${line(shown)}\n`);
    }
    if (signups.length === 0 && json !== true) await write('Nobody has signed up yet.\n');
  });
}

/** One shift and how full it is. */
export function summaryOf(shift: Shift) {
  const { _id: name, state, starts, timezone, capacity } = shift;
  return {
    name,
    state,
    starts: tellInstant(starts.getTime(), timezone),
    capacity,
    free: freePlaces(shift),
    waiting: waitingFor(shift),
  };
}

/** References and ids only; `portevoix privacy export` tells more of one person. */
function shownSignup({ n, supporter, state, since, arrived_by: by }: Signup) {
  return {
    n,
    supporter,
    state,
    since: since.toISOString(),
    ...(by === undefined ? {} : { arrived_by: by }),
  };
}

function describe({ name, state, starts, capacity, free, waiting }: ReturnType<typeof summaryOf>) {
  const mark = state === 'open' ? '' : `  ${state}`;
  return `${name}  ${starts}  ${capacity - free} of ${capacity} places, ${waiting} waiting${mark}`;
}

function line({ supporter, state, since, arrived_by: by }: ReturnType<typeof shownSignup>): string {
  const how = by === undefined ? '' : ` (${by})`;
  return `${referenceOf(supporter)}  ${state}${how}  ${since}`;
}
