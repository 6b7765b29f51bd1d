import { deliveryId, type Deliveries, type DeliveryRow } from '../messages/deliveries.js';
import type { MessageDefinition } from '../messages/message.js';
import { newMessage, type Messages } from '../messages/messages.js';
import { wayFor, type Ways } from '../messages/way-for.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';

/** The flow that repeats somebody's plan to them. */
export const PLAN_REMINDER = 'plan-reminder';

/** Those where it is seen at once come first. */
export const CHANNELS = ['telegram', 'whatsapp', 'botframework', 'email', 'web'] as const;

/** A reminder in these states may yet be given another hour. */
const NOT_GONE: readonly DeliveryRow['state'][] = ['planned', 'skipped'];

export type PlanReminderOptions = {
  readonly messages: Pick<Messages, 'table' | 'get'>;
  readonly deliveries: Pick<Deliveries, 'table'>;
  readonly ways: Ways;
  now(): number;
};

/** Plans the one reminder of a plan, to be sent by the dispatch of messages; throws when it cannot come. */
export async function planReminder(
  record: SupporterRecord,
  round: 1 | 2,
  at: Date,
  { messages, deliveries, ways, now }: PlanReminderOptions,
): Promise<void> {
  const message = `plan-reminder-${round}`;
  const definition = definitionOf(round);
  const fresh = { ...newMessage(message, definition, new Date(now())), state: 'sending' } as const;
  if (!(await messages.table.insert({ ...fresh, standing: true }))) {
    const state = (await messages.get(message))?.state;
    if (state !== 'sending' && state !== 'paused') throw new Error('Staff stopped the reminders.');
  }
  const ids = identitiesOf(record).map((id) => deliveryId(message, id));
  const before = await deliveries.table.find({ _id: { $in: ids } });
  if (before.some(({ state }) => !NOT_GONE.includes(state))) {
    throw new Error('The one reminder of this round has gone already.');
  }
  const way = wayFor(record, definition, ways, now());
  const channel = way.type === 'ways' ? way.channels[0] : 'web';
  const [old] = before;
  const row: DeliveryRow = {
    _id: old?._id ?? deliveryId(message, record._id),
    message,
    supporter: old?.supporter ?? record._id,
    state: 'planned',
    channel,
    at,
  };
  if (await deliveries.table.insert(row)) return;
  // One that is claimed is on its way.
  const isFree = { state: { $in: [...NOT_GONE] }, claim: { $in: [null, ''] } };
  await deliveries.table.replaceIf(isFree, row);
}

function definitionOf(round: 1 | 2): MessageDefinition {
  return {
    name: PLAN_REMINDER,
    purpose: 'vote',
    content: 'neutral',
    says: { type: 'flow', flow: PLAN_REMINDER },
    // Each delivery has its own hour; from this follows that none goes once stations are closed there.
    at: { type: 'before', days: 1, time: '18:00', round },
    channels: CHANNELS,
    frequencyCap: 'none',
  };
}
