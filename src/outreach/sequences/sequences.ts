import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { moved, type MessageMove } from '../messages/message.js';
import { newMessage, type MessageRow, type Messages } from '../messages/messages.js';
import type { SequenceDefinition, SequenceStep } from './sequence.js';

export type SequenceState = 'active' | 'paused' | 'removed';

/** A sequence as it is kept. */
export type SequenceRow = {
  readonly _id: string;
  readonly definition: SequenceDefinition;
  readonly state: SequenceState;
  readonly created_at: Date;
  /** Of one that begins with silence: who was last heard of up to then was looked at. */
  readonly silent_to?: Date;
};

export type Sequences = {
  readonly table: Table<SequenceRow>;
  /** All that were not removed, the newest first. */
  findAll(): Promise<SequenceRow[]>;
  /** Keeps a sequence, with a message for each of its steps. */
  create(id: string, definition: SequenceDefinition, at: Date): Promise<void>;
  /** Moves a sequence with the messages of its steps. */
  move(row: SequenceRow, to: SequenceState, at: Date): Promise<void>;
};

const MOVE_OF: Readonly<Record<SequenceState, MessageMove>> = {
  active: 'resume',
  paused: 'pause',
  removed: 'cancel',
};

/** Opens the collection `sequences`; its steps are messages, which dispatch sends with all others. */
export function openSequences(
  connection: Connection,
  messages: Pick<Messages, 'table' | 'change'>,
): Sequences {
  const table = openTable<SequenceRow>(connection, {
    name: 'sequences',
    schema: { definition: {}, state: String, created_at: Date, silent_to: Date },
    indexes: [[{ state: 1 }]],
  });
  return {
    table,
    findAll: () => table.find({ state: { $ne: 'removed' } }, { sort: { created_at: -1 } }),
    async create(id, definition, at) {
      // The sequence comes last: before it, nothing is made of the messages.
      await messages.table.insertMissing(stepMessages(id, definition, at));
      const silent = silentTo(definition, at);
      await table.insert({ _id: id, definition, state: 'active', created_at: at, ...silent });
    },
    async move({ _id: id, definition, state }, to, at) {
      await table.set({ _id: id, state }, { state: to });
      for (const step of definition.steps.keys()) {
        await messages.change(stepMessage(id, step), (row) => {
          const next = moved(row.state, MOVE_OF[to]);
          if (next === undefined) return undefined;
          return { ...row, state: next, ...(next === 'cancelled' ? { ended_at: at } : {}) };
        });
      }
    },
  };
}

/** The id of the message of a step; steps count from 0 here. */
export function stepMessage(sequence: string, step: number): string {
  return `${sequence}-${step + 1}`;
}

function stepMessages(
  id: string,
  { name, steps, leave }: SequenceDefinition,
  at: Date,
): MessageRow[] {
  return steps.map((one, step) => ({
    ...newMessage(
      stepMessage(id, step),
      {
        ...matterOf(one),
        name: `${name}, step ${step + 1}`,
        at: { type: 'instant', at: at.getTime() },
      },
      at,
    ),
    state: 'sending',
    follows: {
      sequence: id,
      step: step + 1,
      earlier: steps.slice(0, step).map((_step, index) => stepMessage(id, index)),
      leave,
    },
  }));
}

function matterOf({ after: _after, ...matter }: SequenceStep): Omit<SequenceStep, 'after'> {
  return matter;
}

/** Who fell silent before the sequence was there is left alone. */
function silentTo({ start }: SequenceDefinition, at: Date): { readonly silent_to?: Date } {
  if (start.type !== 'silent') return {};
  return { silent_to: new Date(at.getTime() - start.days * 86_400_000) };
}
