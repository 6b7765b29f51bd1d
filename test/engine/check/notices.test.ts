import { describe, expect, test } from '@jest/globals';
import type { Compiled } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate } from '../../../src/engine/simulate.js';
import { CAMPAIGN, compileSteps, linesOf } from '../sources.js';

const FRANCE = `${CAMPAIGN}country: fr
timezone: Europe/Paris
donations: { agent: The Friends of Ann Doe, agent_since: 2031-09-12 }
`;
const NOTICE = '  - say: notice\n    notice: donation\n';
const GIFT =
  "  - action: donation.prompt\n    id: gift\n    with: { amount: '2000' }\n    next: end\n    give_up: end\n";
const WHOLE =
  'notice: "{candidate}: only {agent}, declared on {agentSince}, may take gifts; articles L. 52-8 and L. 113-1, III"\n';

function compileWith(steps: string, words: string, campaign = FRANCE): Compiled {
  return compileSteps(steps, words, { campaign });
}

describe('the notice of donations', () => {
  test('is enough when it is said before the donation and is whole', () => {
    expect(linesOf(compileWith(NOTICE + GIFT, WHOLE))).toEqual([]);
  });

  test('prints who may take donations, and since when', () => {
    const compiled = compileWith(NOTICE + GIFT, WHOLE);
    const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
    const { effects } = simulate(library, createSimulation('en', 0, 'web'), { type: 'opened' });
    const [said] = effects;
    expect(said?.type === 'say' ? said.text : '').toBe(
      'Ann Doe: only The Friends of Ann Doe, declared on September 12, 2031, may take gifts; articles L. 52-8 and L. 113-1, III',
    );
  });

  test.each([
    ['{candidate}', 'Ann Doe'],
    ['{agent}', 'our friends'],
    ['{agentSince}', 'last year'],
    ['L. 52-8', 'L. 52-80'],
    ['L. 113-1', 'L. 113-12'],
  ])('must have %s', (piece, instead) => {
    const compiled = compileWith(NOTICE + GIFT, WHOLE.replace(piece, instead));
    expect(linesOf(compiled)).toEqual(['locales/en/main.yaml:1:9 error missing-notice']);
    expect(compiled.problems[0]?.message).toContain(piece);
  });

  test('may cite the articles with the spaces and dashes of good typography', () => {
    const words = WHOLE.replace('L. 52-8', 'L.\u00a052\u20118').replace('L. 113-1', 'L.113-1');
    expect(linesOf(compileWith(NOTICE + GIFT, words))).toEqual([]);
  });

  test('is not whole when only one branch names what it must', () => {
    const hidden =
      'notice: "{firstName, select, none {} other {{agent}}} {candidate} {agentSince} L. 52-8 L. 113-1"\n';
    expect(linesOf(compileWith(NOTICE + GIFT, hidden))).toEqual([
      'locales/en/main.yaml:1:9 error missing-notice',
    ]);
  });

  test('is whole when every branch names what it must', () => {
    const both =
      'notice: "{firstName, select, none {{agent} L. 52-8} other {L. 52-8 {agent}}} {candidate} {agentSince} L. 113-1"\n';
    expect(linesOf(compileWith(NOTICE + GIFT, both))).toEqual([]);
  });

  test('is asked for on every path', () => {
    const ask =
      '  - collect: ready\n    type: yes_no\n    next:\n      - if: answers.ready\n        then: gift\n      - else: notice\n';
    expect(linesOf(compileWith(ask + NOTICE + GIFT, `ready: { ask: R? }\n${WHOLE}`))).toEqual([
      'flows/main.yaml:14:13 error missing-notice',
    ]);
  });

  test('is asked for before a promise to give, and one said after is too late', () => {
    const late =
      "  - action: donation.pledge\n    id: gift\n    with: { amount: '2000' }\n  - say: notice\n    notice: donation\n    next: end\n";
    expect(linesOf(compileWith(late, WHOLE))).toEqual([
      'flows/main.yaml:6:13 error missing-notice',
    ]);
  });

  test('names the committee that pays in the United States, and nothing where there is no rule', () => {
    const country = (name: string): string => FRANCE.replace('country: fr', `country: ${name}`);
    const paid = 'notice: "Paid for by {agent}"\n';
    expect(linesOf(compileWith(NOTICE + GIFT, paid, country('us')))).toEqual([]);
    expect(linesOf(compileWith(NOTICE + GIFT, 'notice: Paid\n', country('us')))).toEqual([
      'locales/en/main.yaml:1:9 error missing-notice',
    ]);
    expect(linesOf(compileWith(GIFT, '', country('none')))).toEqual([]);
  });

  test('cannot name an agent that campaign.yaml does not', () => {
    const compiled = compileWith(NOTICE + GIFT, WHOLE, `${CAMPAIGN}country: fr\n`);
    expect(linesOf(compiled)).toEqual([
      'locales/en/main.yaml:1:9 error missing-none-branch',
      'locales/en/main.yaml:1:9 error missing-none-branch',
    ]);
    expect(compiled.problems[0]?.message).toContain(
      'add `donations: { agent_since: … }` to campaign.yaml',
    );
  });
});

describe('donations in campaign.yaml', () => {
  test.each([
    ['donations: { agent_since: 2031-09-12 }', '4:12 error missing-key'],
    ['donations: { agent: A }', '4:12 error missing-key'],
    ['donations: { agent: A, agent_since: soon }', '4:37 error wrong-type'],
    ['donations: { agent: A, agent_since: 2031-09-12, agents: B }', '4:49 error unknown-key'],
    ['donations: A', '4:12 error wrong-type'],
  ])('says who takes them since when: %s', (line, place) => {
    const compiled = compileWith(
      '  - say: a\n    next: end\n',
      'a: A\n',
      `${CAMPAIGN}${line}\ncountry: fr\n`,
    );
    expect(linesOf(compiled)).toEqual([`flows/campaign.yaml:${place}`]);
  });
});
