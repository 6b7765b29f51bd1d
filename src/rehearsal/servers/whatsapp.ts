import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone } from '../simulated-supporter.js';
import { drawFate } from './faults.js';
import { createBurstLimit, createSlidingLimit } from './limits.js';
import { answerJson, fieldOf, startNetwork, type NetworkServer } from './network-server.js';
import { QUESTION, THINKS_MS, TOLERANCE, type NetworkOptions } from './network.js';
import { countRefused } from './tally.js';

/** To one person a burst of messages, then one in six seconds. */
const PAIR_BURST = 45;
const PAIR_EVERY_MS = 6_000;
/** How often, and how long, a webhook that was not taken is brought again. */
const AGAIN_MS = 500;
const MOST_TRIES = 240;

export type WhatsAppOptions = NetworkOptions & {
  readonly phoneNumberId: string;
  readonly appSecret: string;
  /** Where what people write is brought. */
  webhookUrl(): string | undefined;
};

/** Starts a server that speaks Meta's Cloud API for one number, with its limits. */
export async function startWhatsApp(options: WhatsAppOptions): Promise<NetworkServer> {
  const { tally, faults, random, phoneNumberId } = options;
  const inAll = createSlidingLimit(Math.ceil(options.perSecond * TOLERANCE));
  const perPair = createBurstLimit(PAIR_BURST, PAIR_EVERY_MS);
  const waiting = new Map<string, number>();
  let ids = 0;
  let busyAt = Date.now();

  /** The code of the refusal, when this is too much. */
  function tooMuch(to: string, at: number): number | undefined {
    const isBusy = faults.throttledEveryMs > 0 && at - busyAt > faults.throttledEveryMs;
    if (isBusy) busyAt = at;
    const isPair = perPair.take(to, at) !== undefined;
    const isAll = !isPair && inAll.take(at) !== undefined;
    if (!isBusy && !isPair && !isAll) return undefined;
    countRefused(tally, isBusy ? 'busy' : isPair ? 'pair rate' : 'rate');
    return isPair && !isBusy ? 131_056 : 130_429;
  }

  async function send(body: unknown, response: ServerResponse): Promise<void> {
    if (fieldOf(body, 'status') === 'read') return answerJson(response, 200, { success: true });
    const to = `+${String(fieldOf(body, 'to'))}`;
    const isReminder = options.reminders.has(String(fieldOf(fieldOf(body, 'text'), 'body')));
    const at = Date.now();
    const { delayMs, end } = drawFate(faults, random);
    if (isGone('whatsapp', to)) {
      countRefused(tally, 'blocked');
      return refuse(response, 400, 131_026);
    }
    const code = tooMuch(to, at);
    if (code !== undefined) return refuse(response, 400, code);
    if (end === 'bad_gateway') {
      tally.cuts += 1;
      countRefused(tally, 'bad gateway');
      await sleep(delayMs);
      return refuse(response, 500, 131_000);
    }
    take(to, isReminder, at);
    if (delayMs > 0) await sleep(delayMs);
    if (end === 'cut') {
      tally.cuts += 1;
      return void response.destroy();
    }
    const id = `wamid.${(ids += 1)}`;
    answerJson(response, 200, { messaging_product: 'whatsapp', messages: [{ id }] });
  }

  function take(to: string, isReminder: boolean, at: number): void {
    const since = waiting.get(to);
    if (since !== undefined && !isReminder) {
      waiting.delete(to);
      tally.answeredInMs.push(at - since);
    }
    if (!isReminder) return;
    tally.accepted += 1;
    options.accepted(to, at);
    if (random() < options.talkative()) {
      setTimeout(() => void write(to), THINKS_MS.least + random() * THINKS_MS.more).unref();
    }
  }

  /** Meta brings a message again until the webhook takes it. */
  async function write(to: string): Promise<void> {
    const at = Date.now();
    tally.asked += 1;
    waiting.set(to, at);
    const text = JSON.stringify(
      webhookOf(to.slice(1), `wamid.in.${(ids += 1)}`, at, phoneNumberId),
    );
    const signature = createHmac('sha256', options.appSecret).update(text).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    };
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const url = options.webhookUrl();
      const answer =
        url === undefined
          ? undefined
          : await fetch(url, { method: 'POST', headers, body: text }).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.ok === true) return;
      await sleep(AGAIN_MS, undefined, { ref: false });
    }
  }

  return startNetwork((path, body, response) => {
    const [, , of, what] = path.split(/[/?]/);
    if (of !== phoneNumberId) return refuse(response, 400, 33);
    if (what === 'messages') return send(body, response);
    return answerJson(response, 200, { quality_rating: 'GREEN', id: phoneNumberId });
  }, tally);
}

function webhookOf(from: string, id: string, at: number, phoneNumberId: string): unknown {
  const metadata = { display_phone_number: '33100000000', phone_number_id: phoneNumberId };
  const timestamp = String(Math.floor(at / 1_000));
  const message = { from, id, timestamp, type: 'text', text: { body: QUESTION } };
  const contacts = [{ profile: { name: 'Rehearsal' }, wa_id: from }];
  const value = { messaging_product: 'whatsapp', metadata, contacts, messages: [message] };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  };
}

function refuse(response: ServerResponse, status: number, code: number): void {
  const error = { message: `(#${code})`, type: 'OAuthException', code, fbtrace_id: 'A' };
  answerJson(response, status, { error });
}
