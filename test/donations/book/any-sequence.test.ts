import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { givenCents } from '../../../src/donations/book/donation.js';
import { balanceOf } from '../../../src/donations/treasurer/balance.js';
import { idIn, openDesk, type Desk } from '../desk.js';

const CEILING = 460_000;
const HELD_MS = 30 * 60_000;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Step =
  | { readonly type: 'ask'; readonly who: number; readonly cents: number }
  | { readonly type: 'pay'; readonly gift: number }
  | { readonly type: 'pay twice'; readonly gift: number }
  | { readonly type: 'debit'; readonly gift: number }
  | { readonly type: 'fail'; readonly gift: number }
  | { readonly type: 'expire'; readonly gift: number }
  | { readonly type: 'wait'; readonly minutes: number }
  | { readonly type: 'refund'; readonly gift: number; readonly part: number }
  | { readonly type: 'refunded outside'; readonly gift: number; readonly part: number }
  | { readonly type: 'dispute'; readonly gift: number; readonly state: 'open' | 'won' | 'lost' }
  | { readonly type: 'merge'; readonly kept: number; readonly merged: number }
  | { readonly type: 'unmerge' };

const who = fc.nat(2);
const gift = fc.nat(3);
const part = fc.constantFrom(0.25, 0.5, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('ask' as const),
      who,
      cents: fc.constantFrom(100, 50_000, 230_000, 310_000, 460_000, 460_100),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('pay' as const), gift }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pay twice' as const), gift }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('debit' as const), gift }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('fail' as const), gift }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('expire' as const), gift }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('wait' as const), minutes: fc.constantFrom(5, 31) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('refund' as const), gift, part }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('refunded outside' as const), gift, part }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('dispute' as const),
      gift,
      state: fc.constantFrom('open', 'won', 'lost'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('merge' as const), kept: who, merged: who }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('unmerge' as const) }) },
);

/** What a treasurer with pencil and paper would write down. */
type Gift = {
  id: string;
  person: number;
  cents: number;
  state: 'open' | 'pending' | 'paid' | 'over';
  until: number;
  given: number;
  returned: number;
  dispute?: 'open' | 'won' | 'lost';
};

let runs = 0;

async function play(steps: readonly Step[]): Promise<void> {
  runs += 1;
  const names = [0, 1, 2].map((index) => `run${runs}-${index}`);
  for (const name of names) await desk.meet(name);
  const gifts: Gift[] = [];
  const merges: { id: string; kept: number; merged: number }[] = [];
  let keys = 0;
  /** Whose profile it is now. */
  const ownerOf = (person: number): number => {
    const merge = merges.find(({ merged }) => merged === person);
    return merge === undefined ? person : ownerOf(merge.kept);
  };
  const together = (person: number): Gift[] =>
    gifts.filter((one) => ownerOf(one.person) === ownerOf(person));
  const givenBy = (person: number): number =>
    together(person).reduce((sum, one) => sum + one.given, 0);
  const heldBy = (person: number): number =>
    together(person)
      .filter(
        ({ state, until }) => state === 'pending' || (state === 'open' && until > desk.clock.now),
      )
      .reduce((sum, one) => sum + one.cents, 0);
  const pay = async (one: Gift, payment: string): Promise<void> => {
    const notice = { type: 'paid', cents: one.cents, currency: 'EUR', payment } as const;
    await desk.settling.settle({ donation: one.id, payment }, notice);
  };

  for (const one of steps) {
    if ('gift' in one) {
      const subject = gifts[one.gift % Math.max(1, gifts.length)];
      if (subject === undefined) continue;
      await touch(one, subject);
    } else await move(one);
    await expectLikeModel();
  }

  async function move(one: Exclude<Step, { gift: number }>): Promise<void> {
    switch (one.type) {
      case 'ask': {
        const { who: person, cents } = one;
        const left = Math.max(0, CEILING - givenBy(person) - heldBy(person));
        const act = {
          supporter: names[ownerOf(person)] ?? '',
          key: `run${runs} ${(keys += 1)}`,
          with: { amount: cents, eligible: true, own_money: true },
        };
        const answer = await desk.prompt.prompt(act);
        if (cents > left) {
          expect(answer).toEqual({ state: 'over_ceiling', left, ceiling: CEILING });
          break;
        }
        expect(answer['state']).toBe('ready');
        // A crash has it done again.
        expect(await desk.prompt.prompt(act)).toEqual(answer);
        const id = idIn(answer);
        const until = desk.clock.now + HELD_MS;
        const state = 'open' as const;
        gifts.push({
          id,
          person: ownerOf(person),
          cents,
          state,
          until,
          given: 0,
          returned: 0,
        });
        break;
      }
      case 'wait':
        desk.clock.now += one.minutes * 60_000;
        break;
      case 'merge': {
        const [kept, merged] = [ownerOf(one.kept), ownerOf(one.merged)];
        if (kept === merged) break;
        const proof = { type: 'staff' } as const;
        const outcome = await desk.merging.merge(names[kept] ?? '', names[merged] ?? '', proof);
        if (outcome.type === 'done') merges.push({ id: outcome.id, kept, merged });
        break;
      }
      case 'unmerge': {
        const last = merges.at(-1);
        if (last === undefined) break;
        const outcome = await desk.merging.unmerge(last.id);
        if (outcome.type === 'done') merges.pop();
        break;
      }
      default:
        one satisfies never;
    }
  }

  async function touch(one: Extract<Step, { gift: number }>, subject: Gift): Promise<void> {
    switch (one.type) {
      case 'pay':
        await pay(subject, `pi_${subject.id}`);
        if (subject.state !== 'paid') {
          Object.assign(subject, { state: 'paid', given: subject.cents });
        }
        // Told again, it is the same payment.
        await pay(subject, `pi_${subject.id}`);
        break;
      case 'pay twice':
        if (subject.state !== 'paid') break;
        await pay(subject, `pi_2_${subject.id}`);
        await pay(subject, `pi_2_${subject.id}`);
        if (!gifts.some(({ id }) => id === `${subject.id}-pi_2_${subject.id}`)) {
          const id = `${subject.id}-pi_2_${subject.id}`;
          const { dispute: _, ...rest } = subject;
          gifts.push({ ...rest, id, given: subject.cents, returned: 0 });
        }
        break;
      case 'debit':
        await desk.settling.settle({ donation: subject.id }, { type: 'pending' });
        if (subject.state === 'open') subject.state = 'pending';
        break;
      case 'fail':
        await desk.settling.settle({ donation: subject.id }, { type: 'failed' });
        if (subject.state === 'open' || subject.state === 'pending') subject.state = 'over';
        break;
      case 'expire':
        await desk.settling.settle({ donation: subject.id }, { type: 'expired' });
        if (subject.state === 'open') subject.state = 'over';
        break;
      case 'refund': {
        const donation = await desk.tables.donations.get(subject.id);
        if (donation === undefined) throw new Error('A gift is lost.');
        const cents = Math.round(subject.given * one.part);
        const by = 'the agent';
        const outcome = await desk.refunds.refund({ donation, cents, by });
        const isFree = subject.state === 'paid' && cents > 0 && subject.dispute !== 'open';
        expect(outcome.type).toBe(isFree ? 'done' : 'refused');
        if (isFree) {
          subject.given -= cents;
          subject.returned += cents;
        }
        break;
      }
      case 'refunded outside': {
        if (subject.state !== 'paid') break;
        const more = Math.round(subject.given * one.part);
        const cents = subject.returned + more;
        const about = { payment: (await desk.tables.donations.get(subject.id))?.payment ?? '' };
        await desk.settling.settle(about, { type: 'refunded', cents });
        await desk.settling.settle(about, { type: 'refunded', cents });
        subject.given -= more;
        subject.returned = cents;
        break;
      }
      case 'dispute': {
        if (subject.state !== 'paid' || subject.given < subject.cents) break;
        const about = { payment: (await desk.tables.donations.get(subject.id))?.payment ?? '' };
        const { cents } = subject;
        const dispute = `dp_${subject.id}`;
        await desk.settling.settle(about, { type: 'disputed', dispute, cents, state: one.state });
        if (subject.dispute === undefined || subject.dispute === 'open') {
          subject.dispute = one.state;
          if (one.state === 'lost') subject.given -= cents;
        }
        break;
      }
      default:
        one satisfies never;
    }
  }

  async function expectLikeModel(): Promise<void> {
    await desk.settleAll();
    for (const one of gifts) {
      const row = await desk.tables.donations.get(one.id);
      expect(row && givenCents(row)).toBe(one.given);
    }
    for (const [person, name] of names.entries()) {
      if (ownerOf(person) !== person) continue;
      const given = givenBy(person);
      const record = await desk.find(name);
      expect(record?.summary?.donations?.totalCents ?? 0).toBe(given);
      const ids = names.filter((_, other) => ownerOf(other) === person);
      const donors = await desk.tables.donors.find({ supporter: { $in: ids } });
      const flagged = donors.reduce((sum, row) => sum + row.to_return_cents, 0);
      expect(flagged).toBe(Math.max(0, given - CEILING));
    }
  }
  // Nothing is ever returned by itself.
  const rows = await desk.tables.donations.find({ _id: { $in: gifts.map(({ id }) => id) } });
  for (const { refunds } of rows)
    for (const { by, id } of refunds) expect(by ?? id).toMatch(/^the agent$|^gateway-/);
}

test('whatever is asked, paid, returned, disputed or merged in whatever order, nothing passes the ceiling and the books are right', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 18 }), play), {
    numRuns: 12,
    seed: 20_320_314,
  });
  const balances = await balanceOf(desk.tables);
  expect(balances).toHaveLength(1);
  for (const { entries, accounts } of balances) {
    expect(entries).toBeGreaterThan(20);
    expect(Object.values(accounts).reduce((sum, cents) => sum + cents, 0)).toBe(0);
    expect(accounts.to_return).toBeLessThanOrEqual(0);
  }
}, 120_000);
