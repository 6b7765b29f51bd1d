import type { After, SequenceStart } from '../../outreach/sequences/sequence.js';
import { stepMessage, type SequenceRow } from '../../outreach/sequences/sequences.js';
import { DELIVERY_STATES } from '../../outreach/messages/deliveries.js';
import { happeningKey } from '../../supporters/happening.js';
import { printable, printableJson } from '../printable.js';
import { Refusal } from '../refusal.js';
import { withPeople, type PeopleAtHand } from '../with-people.js';
import { write } from '../write.js';

type Options = { readonly json?: boolean };

/** The sequence of this id; a Refusal when there is none. */
export async function findSequence({ sequences }: PeopleAtHand, id: string): Promise<SequenceRow> {
  const row = await sequences.table.get(id);
  if (row !== undefined && row.state !== 'removed') return row;
  throw new Refusal(`There is no sequence "${id}": portevoix sequences list shows them all.`);
}

/** `portevoix sequences list`. */
export async function listSequences({ json }: Options): Promise<void> {
  await withPeople(async ({ sequences }) => {
    const rows = await sequences.findAll();
    for (const { _id: id, state, definition, created_at: at } of rows) {
      const { name, steps } = definition;
      const created = at.toISOString();
      await write(
        json === true
          ? `${printableJson({ id, name, state, steps: steps.length, created_at: created })}\n`
          : `${id}  ${state.padEnd(7)}  ${created.slice(0, 16)}Z  ${printable(name)}\n`,
      );
    }
    if (rows.length === 0 && json !== true) await write('There are no sequences.\n');
  });
}

/** `portevoix sequences show ID`. */
export async function showSequence(id: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const row = await findSequence(people, id);
    const { name, start, leave, steps } = row.definition;
    if (json === true)
      return write(`${printableJson({ id, state: row.state, ...row.definition })}\n`);
    const ends = [
      ...(leave.answered === true ? ['they answer'] : []),
      ...(leave.segment === undefined ? [] : [`they are in the segment ${leave.segment}`]),
    ];
    const lines = [
      `${name}: ${row.state}, begins with ${startOf(start)}`,
      ...(ends.length === 0 ? [] : [`  ends once ${ends.join(', or ')}`]),
      ...steps.map(({ after, says, mode, purpose }, index) => {
        const what = says.type === 'flow' ? `flow ${says.flow}` : 'words';
        return `  ${index + 1}. ${afterOf(after)}: ${what} for ${purpose}, ${mode}`;
      }),
    ];
    return write(`${lines.map(printable).join('\n')}\n`);
  });
}

/** `portevoix sequences status ID`. */
export async function showSequenceStatus(id: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const { definition, state } = await findSequence(people, id);
    const { name } = definition;
    const steps = await Promise.all(
      definition.steps.map(async (_, step) => {
        const { states, reasons } = await people.deliveries.count(stepMessage(id, step));
        return { ...states, reasons };
      }),
    );
    if (json === true) return write(`${printableJson({ id, name, state, steps })}\n`);
    const lines = steps.map(({ reasons, ...states }, index) => {
      const counts = DELIVERY_STATES.filter((one) => states[one] > 0).map(
        (one) => `${states[one].toLocaleString('en')} ${one}`,
      );
      const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
      const because = why.length === 0 ? '' : ` (${why.join(', ')})`;
      return `  ${index + 1}. ${counts.join(', ') || 'nobody yet'}${because}`;
    });
    return write(`${printable(name)}: ${state}\n${lines.join('\n')}\n`);
  });
}

function startOf(start: SequenceStart): string {
  return start.type === 'silent' ? `${start.days} days of silence` : happeningKey(start);
}

function afterOf(after: After): string {
  if (after.type === 'day') return `day ${after.days} at ${after.time}`;
  const minutes = Math.round(after.ms / 60_000);
  return minutes % 60 === 0 ? `after ${minutes / 60} h` : `after ${minutes} min`;
}
