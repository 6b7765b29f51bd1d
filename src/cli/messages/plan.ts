import type { Campaign } from '../../engine/campaign.js';
import { beginSend, isLate } from '../../outreach/messages/begin-send.js';
import type { MessageRow } from '../../outreach/messages/messages.js';
import { describePlan, planAsJson } from '../../outreach/messages/plan/describe-plan.js';
import { planMessage, type Plan } from '../../outreach/messages/plan/plan-message.js';
import { messageRates, messageWays } from '../../program/message-ways.js';
import { createProgress } from '../publishing/print.js';
import { printable } from '../printable.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { findMessage, withMessages, type MessagesAtHand } from './at-hand.js';

type Options = { readonly json?: boolean };

/** `portevoix messages plan ID`. */
export async function showPlan(id: string, options: Options): Promise<void> {
  await withMessages(async (at) => {
    const row = await findMessage(at, id);
    const plan = await planOne(at, row);
    await tell(row, plan, at.compiled.campaign, options);
    if (isLate(plan)) process.exitCode = 1;
  });
}

/** `portevoix messages send ID`. */
export async function sendMessage(
  id: string,
  { anyway, ...options }: Options & { readonly anyway?: boolean },
): Promise<void> {
  await withMessages(async (at) => {
    const row = await findMessage(at, id);
    const begun = await beginSend(row, at.messages, (one) => planOne(at, one), {
      anyway: anyway === true,
      now: () => Date.now(),
    });
    if (begun.type === 'wrong_state') {
      throw new Refusal(`This message is ${begun.state}: only a draft can be sent.`);
    }
    const { campaign } = at.compiled;
    if (begun.type !== 'overtaken') {
      await tell(begun.type === 'begun' ? begun.row : row, begun.plan, campaign, options);
    }
    if (begun.type !== 'begun') throw new Refusal(REFUSALS[begun.type]);
  });
}

const REFUSALS = {
  late: 'Nothing was sent: some would not get it in time. Change its time, or add --anyway.',
  nobody: 'Nothing was sent: it would reach nobody.',
  overtaken: 'Somebody else changed this message just now.',
} as const;

async function planOne(at: MessagesAtHand, row: MessageRow): Promise<Plan> {
  const progress = createProgress('supporters counted');
  const { settings, compiled } = at;
  try {
    return await planMessage(
      { id: row._id, definition: row.definition },
      {
        ...at,
        campaign: compiled.campaign,
        ways: messageWays(settings),
        rates: messageRates(settings),
        progress: progress.tell,
        now: () => Date.now(),
      },
    );
  } finally {
    progress.end();
  }
}

async function tell(
  { _id, state, definition }: MessageRow,
  plan: Plan,
  { timezone }: Campaign,
  { json }: Options,
): Promise<void> {
  await write(
    json === true
      ? `${JSON.stringify({ id: _id, name: definition.name, state, ...planAsJson(plan) })}\n`
      : `${printable(definition.name)} (${state})\n${describePlan(plan, timezone)}\n`,
  );
}
