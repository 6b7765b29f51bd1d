import type { SequenceState } from '../../outreach/sequences/sequences.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { findSequence } from './show.js';

type Move = 'pause' | 'resume' | 'remove';

const FROM: Readonly<Record<Move, readonly SequenceState[]>> = {
  pause: ['active'],
  resume: ['paused'],
  remove: ['active', 'paused'],
};
const TO = { pause: 'paused', resume: 'active', remove: 'removed' } as const;

/** `portevoix sequences pause|resume|remove ID`. */
export async function moveSequence(
  id: string,
  move: Move,
  { json }: { readonly json?: boolean },
): Promise<void> {
  await withPeople(async (people) => {
    const row = await findSequence(people, id);
    if (!FROM[move].includes(row.state)) {
      throw new Refusal(`This sequence is ${row.state}, so there is nothing to ${move}.`);
    }
    const state = TO[move];
    await people.sequences.move(row, state, new Date());
    await write(json === true ? `${JSON.stringify({ id, state })}\n` : `It is ${state}.\n`);
  });
}
