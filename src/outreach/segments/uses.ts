import type { Flow } from '../../engine/flow.js';
import type { MessageDrafts } from '../messages/message-drafts.js';
import type { Messages } from '../messages/messages.js';
import type { Sequences } from '../sequences/sequences.js';

/** What uses a segment. */
export type SegmentUse = {
  readonly type: 'message' | 'sequence' | 'flow';
  readonly id: string;
  readonly name: string;
};

/** What uses each segment, by the segment's name. */
export type SegmentUses = ReadonlyMap<string, readonly SegmentUse[]>;

/** Finds what asks for segments now: messages that are not over, sequences, and the flows in force. */
export async function findUses(kept: {
  readonly messages: Pick<Messages, 'table'>;
  readonly drafts: Pick<MessageDrafts, 'table'>;
  readonly sequences: Pick<Sequences, 'findAll'>;
  /** The flows in force. */
  flows(): Promise<readonly Pick<Flow, 'name' | 'segments'>[]>;
}): Promise<SegmentUses> {
  const [messages, drafts, sequences, flows] = await Promise.all([
    kept.messages.table.find({
      state: { $nin: ['done', 'cancelled'] },
      follows: { $exists: false },
    }),
    kept.drafts.table.find({}),
    kept.sequences.findAll(),
    kept.flows(),
  ]);
  const found = new Map<string, SegmentUse[]>();
  const add = (segment: string | undefined, use: SegmentUse): void => {
    if (segment === undefined || segment === '') return;
    found.set(segment, [...(found.get(segment) ?? []), use]);
  };
  const drafted = new Set(drafts.map(({ _id }) => _id));
  for (const { _id: id, draft } of drafts) {
    add(draft.segment, { type: 'message', id, name: draft.name });
  }
  for (const { _id: id, definition } of messages) {
    if (!drafted.has(id)) add(definition.segment, { type: 'message', id, name: definition.name });
  }
  for (const { _id: id, definition } of sequences) {
    add(definition.leave.segment, { type: 'sequence', id, name: definition.name });
  }
  for (const { name, segments = [] } of flows) {
    for (const segment of segments) add(segment, { type: 'flow', id: name, name });
  }
  return found;
}
