import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decideDonation,
  excessOf,
  leftToGive,
} from '../../../src/donations/rules/decide-donation.js';
import { rulesFor } from '../../../src/donations/rules/donation-rules.js';
import { CAMPAIGN_YAML, readCampaign } from '../../outreach/messages/sample.js';

const AGENT = 'agent: Les Amis de Maëlle, agent_since: 2031-09-12';
const FRANCE = readCampaign(`${CAMPAIGN_YAML}donations: { ${AGENT} }\n`);
const AMERICA = readCampaign(
  `${CAMPAIGN_YAML.replace('country: fr', 'country: us').replace('  territories: all\n', '')}donations: { agent: Friends of Ann }\n`,
);
const NOWHERE = readCampaign(
  `${CAMPAIGN_YAML.replace('country: fr', 'country: none').replace('  territories: all\n', '')}donations: { agent: Friends of Ann }\n`,
);
const at = (day: string): number => Date.parse(`${day}T12:00Z`);
const JANUARY = at('2032-01-15');
const NOTHING = { givenCents: 0, reservedCents: 0 };
const ask = (cents: number) => ({ cents, eligible: true, ownMoney: true });
const french = (day: string) =>
  decideDonation(rulesFor(FRANCE, at(day)), NOTHING, ask(1_000), at(day));

describe('a gift in France', () => {
  test('is taken from the sixth month before the election on, and not before the agent is declared', () => {
    expect(french('2031-09-11')).toEqual({ type: 'refused', rule: 'not_yet' });
    expect(french('2031-09-12')).toEqual({ type: 'accepted' });
    expect(french('2032-03-21')).toEqual({ type: 'accepted' });
    expect(french('2032-03-22')).toEqual({ type: 'refused', rule: 'over' });
    const early = readCampaign(
      `${CAMPAIGN_YAML}donations: { agent: A, agent_since: 2031-01-01 }\n`,
    );
    const opens = rulesFor(early, JANUARY)?.opens;
    expect(new Date(opens ?? 0).toISOString()).toBe('2031-08-31T22:00:00.000Z');
  });

  test('is taken on the days that counsel sets, and up to the ceiling that counsel sets', () => {
    const own = readCampaign(
      `${CAMPAIGN_YAML}donations: { ${AGENT}, from: 2031-03-01, until: 2032-05-22, ceiling: 2000 }\n`,
    );
    for (const day of ['2031-03-01', '2032-05-22']) {
      expect(decideDonation(rulesFor(own, at(day)), NOTHING, ask(200_000), at(day))).toEqual({
        type: 'accepted',
      });
    }
    expect(decideDonation(rulesFor(own, JANUARY), NOTHING, ask(200_100), JANUARY)).toEqual({
      type: 'refused',
      rule: 'over_ceiling',
      leftCents: 200_000,
    });
  });

  test('says which rule refuses it, and how much is still possible', () => {
    const rules = rulesFor(FRANCE, JANUARY);
    const given = { givenCents: 400_000, reservedCents: 10_000 };
    expect(decideDonation(rules, given, ask(50_000), JANUARY)).toEqual({ type: 'accepted' });
    expect(decideDonation(rules, given, ask(50_100), JANUARY)).toEqual({
      type: 'refused',
      rule: 'over_ceiling',
      leftCents: 50_000,
    });
    const over = { givenCents: 470_000, reservedCents: 0 };
    expect(decideDonation(rules, over, ask(100), JANUARY)).toMatchObject({ leftCents: 0 });
    expect(excessOf({ ceilingCents: 460_000 }, over)).toBe(10_000);
    for (const cents of [0, 99, -500, 10.5, Number.NaN]) {
      expect(decideDonation(rules, NOTHING, ask(cents), JANUARY)).toMatchObject({
        rule: 'too_small',
      });
    }
    const declared = (eligible: boolean, ownMoney: boolean) =>
      decideDonation(rules, NOTHING, { cents: 1_000, eligible, ownMoney }, JANUARY);
    expect(declared(false, true)).toEqual({ type: 'refused', rule: 'not_eligible' });
    expect(declared(true, false)).toEqual({ type: 'refused', rule: 'not_own_money' });
  });

  test('counts both rounds as one election', () => {
    const days = ['2032-01-15', '2032-03-14', '2032-03-16', '2032-03-21'];
    expect(new Set(days.map((day) => rulesFor(FRANCE, at(day))?.election)).size).toBe(1);
  });

  test('counts what is only tried out apart', () => {
    expect(rulesFor(FRANCE, JANUARY, true)).toEqual({
      ...rulesFor(FRANCE, JANUARY),
      election: 'trial fr 2032-03-14',
    });
  });

  test('needs an agent, and an election', () => {
    expect(rulesFor(readCampaign(CAMPAIGN_YAML), JANUARY)).toBeUndefined();
    expect(decideDonation(undefined, NOTHING, ask(1_000), JANUARY)).toEqual({
      type: 'refused',
      rule: 'not_organised',
    });
  });
});

describe('elsewhere', () => {
  test('the United States count the primary and the general election apart', () => {
    const [primary, general] = ['2032-03-14', '2032-03-15'].map((day) =>
      rulesFor(AMERICA, at(day)),
    );
    expect(primary).toMatchObject({
      currency: 'USD',
      ceilingCents: 350_000,
      election: 'us 2032-03-14',
    });
    expect(general).toMatchObject({ ceilingCents: 350_000, election: 'us 2032-03-21' });
  });

  test('there is no ceiling where no law is named', () => {
    const rules = rulesFor(NOWHERE, JANUARY);
    const rich = { givenCents: 90_000_000, reservedCents: 0 };
    expect(decideDonation(rules, rich, { ...ask(1_000_000), eligible: false }, JANUARY)).toEqual({
      type: 'accepted',
    });
    expect(decideDonation(rules, rich, ask(100_000_000), JANUARY)).toMatchObject({
      rule: 'too_large',
    });
  });
});

test('whatever was given and is held, no gift that is accepted passes the ceiling', () => {
  const rules = rulesFor(FRANCE, JANUARY);
  const cents = fc.integer({ min: 0, max: 600_000 });
  fc.assert(
    fc.property(cents, cents, cents, (givenCents, reservedCents, wanted) => {
      const standing = { givenCents, reservedCents };
      const decision = decideDonation(rules, standing, ask(wanted), JANUARY);
      const left = leftToGive({ ceilingCents: 460_000 }, standing) ?? 0;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(decision.type === 'accepted').toBe(wanted >= 100 && wanted <= left);
      if (decision.type === 'accepted') {
        expect(givenCents + reservedCents + wanted).toBeLessThanOrEqual(460_000);
      }
    }),
    { numRuns: 500 },
  );
});
