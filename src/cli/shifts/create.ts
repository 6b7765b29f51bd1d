import { readSource } from '../../conversation/sources.js';
import { formatProblem } from '../../engine/problem.js';
import { newShift } from '../../volunteers/new-shift.js';
import { readShifts } from '../../volunteers/read-shifts.js';
import type { Shift, ShiftDefinition } from '../../volunteers/shift.js';
import { findOne } from '../find-one.js';
import { withMessages, type MessagesAtHand } from '../messages/at-hand.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';

/** `portevoix shifts create FILE`: all shifts of a file, or none when one of them cannot be. */
export async function createShifts(file: string, { json }: { json?: boolean }): Promise<void> {
  const source = await readSource(file).catch(() => {
    throw new Refusal(`${file} cannot be read: name a YAML file.`);
  });
  await withMessages(async (people) => {
    const { shifts: read, problems } = readShifts(source, people.compiled.campaign);
    const lines = problems.map((problem) => formatProblem(problem));
    if (read === undefined) throw new Refusal(lines.join('\n'));
    for (const line of lines) process.stderr.write(`${line}\n`);
    const { table } = people.volunteers.shifts;
    await table.createIndexes();
    const faults = await faultsOf(
      people,
      read.map(({ definition }) => definition),
    );
    if (faults.length > 0) throw new Refusal(faults.join('\n'));
    const rows: Shift[] = [];
    for (const { definition, leader } of read) {
      const led = leader === undefined ? undefined : (await findOne(people, leader))._id;
      rows.push(newShift(definition, led, new Date()));
    }
    for (const row of rows) {
      if (!(await table.insert(row))) throw new Refusal(`"${row._id}" has just been created.`);
      const told = { name: row._id, starts: row.starts.toISOString(), capacity: row.capacity };
      await write(json === true ? `${JSON.stringify(told)}\n` : `${row._id}\n`);
    }
  });
}

async function faultsOf(
  { volunteers }: MessagesAtHand,
  definitions: readonly ShiftDefinition[],
): Promise<string[]> {
  const names = definitions.map(({ name }) => name);
  const known = await volunteers.shifts.table.find({ _id: { $in: names } });
  const now = new Date();
  return [
    ...known.map(
      ({ _id }) =>
        `There is a shift "${_id}" already: call it off with portevoix shifts cancel ${_id}, and give the new one another name.`,
    ),
    ...definitions
      .filter(({ ends }) => ends <= now)
      .map(({ name }) => `"${name}" is over already: write a later \`starts:\` and \`ends:\`.`),
  ];
}
