import type { Campaign } from '../../engine/campaign.js';
import { moved } from '../../outreach/messages/message.js';
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
    if (moved(row.state, 'send') === undefined) {
      throw new Refusal(`This message is ${row.state}: only a draft can be sent.`);
    }
    const plan = await planOne(at, row);
    if (isLate(plan) && anyway !== true) {
      await tell(row, plan, at.compiled.campaign, options);
      throw new Refusal(
        'Nothing was sent: some would not get it in time. Change its time, or add --anyway.',
      );
    }
    if (plan.recipients === 0) {
      await tell(row, plan, at.compiled.campaign, options);
      throw new Refusal('Nothing was sent: it would reach nobody.');
    }
    const planned = await at.messages.change(id, (now) => {
      const state = moved(now.state, 'send');
      if (state === undefined) return undefined;
      const starts_at = new Date(plan.start ?? Date.now());
      const by_channel = Object.fromEntries(
        Object.entries(plan.channels).map(([channel, { recipients }]) => [channel, recipients]),
      );
      return { ...now, state, recipients: plan.recipients, by_channel, starts_at };
    });
    if (planned === undefined) throw new Refusal('Somebody else changed this message just now.');
    await tell(planned, plan, at.compiled.campaign, options);
  });
}

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

function isLate({ late }: Plan): boolean {
  return Object.keys(late).length > 0;
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
