import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDonations, type Donations } from '../../src/donations/book/donations.js';
import { openStore, type Store } from '../../src/store/connection.js';
import { startStripe, type StripeServer } from '../donations/stripe-server.js';
import { askToGive, fillIn, hear, said } from './give.js';
import { launch, type Launched } from './launch.js';
import { runCommand } from './run-command.js';
import { openVisitor, type Visitor } from './visitor.js';

const PAID = 'checkout.session.completed';
const THANKS = /Votre don de|Encore un don/;

// The program, a gateway and some restarts, on a machine that runs other tests beside.
jest.setTimeout(120_000);

let stripe: StripeServer;
let program: Launched;
let store: Store;
let tables: Donations;
let settings: Record<string, string>;

beforeAll(async () => {
  stripe = await startStripe();
  settings = {
    DONATION_GATEWAY: 'stripe',
    STRIPE_SECRET_KEY: stripe.key,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_ROOT: stripe.url,
    RATE_LIMITS: 'off',
  };
  program = await launch(settings);
  await join();
});
afterAll(async () => {
  await store?.close();
  await program?.remove();
  await stripe?.close();
});

async function join(): Promise<void> {
  store = await openStore({ dataDir: program.dataDir, lasting: false });
  tables = openDonations(store.connection);
}

/** Somebody who stands before Stripe's page; answers the id of the checkout there. */
async function goToStripe(
  amount = '40 €',
): Promise<{ visitor: Visitor; id: string; link: string }> {
  const visitor = await openVisitor(program.url);
  const link = await askToGive(visitor, amount);
  const page = await fillIn(link);
  const [id = ''] = [...stripe.sessions.keys()].slice(-1);
  expect(page).toBe(`https://checkout.stripe.example/${id}`);
  return { visitor, id, link };
}

const post = (type: string, object: object): Promise<number> =>
  stripe.post(program.url, stripe.event(type, object));

async function rowOf(session: string) {
  const [row] = await tables.donations.find({ session });
  if (row === undefined) throw new Error('There is no such donation.');
  return row;
}

describe('a gift on Stripe Checkout', () => {
  test('is entered once and thanked for once, however often it is told', async () => {
    const { visitor, id } = await goToStripe();
    const session = stripe.shown(id);
    expect(session).toMatchObject({ amount_total: 4_000, currency: 'eur', locale: 'fr' });
    stripe.pay(id);
    const event = stripe.event(PAID, stripe.shown(id));
    // Nobody but Stripe may say so, and nobody may say it again tomorrow.
    const now = Math.floor(Date.now() / 1_000);
    expect(await stripe.post(program.url, event, now, 'whsec_another_secret')).toBe(400);
    expect(await stripe.post(program.url, event, now - 301)).toBe(400);
    const forged = await fetch(`${program.url}/payments/stripe/webhook`, {
      method: 'POST',
      body: event,
    });
    expect(forged.status).toBe(400);
    expect((await rowOf(id)).state).toBe('open');

    expect(await Promise.all([1, 2, 3].map(() => stripe.post(program.url, event)))).toEqual([
      200, 200, 200,
    ]);
    await hear(visitor, THANKS);
    expect(await post('checkout.session.async_payment_succeeded', stripe.shown(id))).toBe(200);
    // What comes out of order changes nothing.
    expect(await post('checkout.session.expired', stripe.shown(id))).toBe(200);
    expect(await post('checkout.session.async_payment_failed', stripe.shown(id))).toBe(200);
    expect(await post('customer.created', { id: 'cus_1' })).toBe(200);
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'paid', paid_cents: 4_000, method: 'card' });
    expect(row.late).toBeUndefined();
    expect(await tables.ledger.count({ donation: row._id })).toBe(1);
    expect(said((await visitor.read()).messages, THANKS)).toBe(1);

    const exported = await runCommand(
      program.dataDir,
      ['export', 'donations', '--format', 'json'],
      { ...settings, FLOWS_DIR: `${process.cwd()}/flows` },
    );
    expect(JSON.parse(exported.out)).toMatchObject({
      amount_cents: 4_000,
      method: 'card',
      last_name: 'Martin',
      nationality: 'FR',
      street: '3 place du Lavoir',
      city: 'Rennes',
      country: 'FR',
      own_money_declared: true,
      candidate: 'Maëlle Corvisier',
      trial: false,
    });
    expect(stripe.faults).toEqual([]);
  });

  test('is returned by who may authorise it, and whatever Stripe tells of that first', async () => {
    const { visitor, id } = await goToStripe('100 €');
    stripe.pay(id);
    // A refund in Stripe's own pages, told before the payment it is of.
    expect(await post('charge.refunded', stripe.charge(id, 1_000))).toBe(200);
    await hear(visitor, THANKS);
    expect(await post(PAID, stripe.shown(id))).toBe(200);
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'paid', paid_cents: 10_000 });
    expect(row.refunds).toMatchObject([{ cents: 1_000, state: 'done' }]);

    const refund = ['donations', 'refund', row._id];
    const unasked = await runCommand(program.dataDir, refund, settings);
    expect(unasked).toMatchObject({ status: 2, out: '' });
    const asked = [...refund, '--authorised-by', 'A. Mandataire', '--amount', '20', '--json'];
    const done = await runCommand(program.dataDir, asked, settings);
    expect(done.err).toBe('');
    expect(JSON.parse(done.out)).toMatchObject({ refunded_cents: 2_000, by: 'A. Mandataire' });
    expect(stripe.refunds).toMatchObject([{ payment_intent: `pi_${id}`, amount: 2_000 }]);
    expect(await post('charge.refunded', stripe.charge(id, 3_000))).toBe(200);
    const dispute = { id: 'dp_1', amount: 7_000, payment_intent: `pi_${id}`, metadata: {} };
    expect(await post('charge.dispute.closed', { ...dispute, status: 'won' })).toBe(200);
    expect(await post('charge.dispute.created', { ...dispute, status: 'needs_response' })).toBe(
      200,
    );
    const after = await rowOf(id);
    expect(after.refunds).toMatchObject([{ cents: 1_000 }, { cents: 2_000, by: 'A. Mandataire' }]);
    expect(after.disputes).toMatchObject([{ id: 'dp_1', state: 'won' }]);

    const anomalies = await runCommand(
      program.dataDir,
      ['donations', 'anomalies', '--json'],
      settings,
    );
    expect(anomalies.status).toBe(1);
    expect(JSON.parse(anomalies.out)).toMatchObject({ kind: 'refund_unauthorised', cents: 1_000 });
    const balance = await runCommand(program.dataDir, ['donations', 'balance', '--json'], settings);
    expect(JSON.parse(balance.out)).toMatchObject({
      accounts: { gateway: 11_000, disputed: 0, gifts: -11_000, to_return: 0 },
    });
  });

  test('is thanked for once when the program is killed between the payment and the thanks', async () => {
    const { visitor, id, link } = await goToStripe('10 €');
    stripe.pay(id);
    // Whoever has joined a store would wait for the one that is killed.
    await store.close();
    const posted = post(PAID, stripe.shown(id)).catch(() => 0);
    // The moment it is in the book, and hardly a moment later.
    for (let tries = 0; tries < 1_000; tries += 1) {
      const page = await fetch(link);
      if ((await page.text()).includes('Votre don est bien arrivé')) break;
      await sleep(1);
    }
    await program.kill('SIGKILL');
    await posted;
    await program.restart();
    // Stripe may have had no answer, and tells it again.
    expect(await post(PAID, stripe.shown(id))).toBe(200);
    await join();
    await hear(visitor, THANKS);
    const row = await rowOf(id);
    const told = { _id: `${row._id}:paid`, state: 'started' };
    for (let tries = 0; tries < 400 && (await tables.news.count(told)) === 0; tries += 1) {
      await sleep(50);
    }
    expect(await tables.news.count(told)).toBe(1);
    expect(said((await visitor.read()).messages, THANKS)).toBe(1);
    expect(await tables.ledger.count({ donation: row._id })).toBe(1);
    expect(stripe.faults).toEqual([]);
  });

  test('is found by the donor who comes back before Stripe has told it', async () => {
    const { visitor, id } = await goToStripe('10 €');
    stripe.pay(id);
    const { success_url: back } = stripe.sessions.get(id) ?? { success_url: '' };
    const page = await fetch(back, { headers: { 'accept-language': 'fr' } });
    const text = await page.text();
    expect(text).toContain('Votre don est bien arrivé');
    expect(text).toContain(`href="${program.url}/?lang=fr"`);
    await hear(visitor, THANKS);
    for (const forged of [`${back}x`, back.replace(/give\/./, 'give/A')]) {
      expect((await fetch(forged, { headers: { accept: 'text/html' } })).status).not.toBe(200);
    }
    expect(program.output()).not.toContain('Lavoir');
  });
});
