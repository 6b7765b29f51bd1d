import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../../src/engine/compile.js';
import type { Effect } from '../../../src/engine/effect.js';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate } from '../../../src/engine/simulate.js';
import { ACTIONS, COMMON, sourcesOf } from '../sources.js';
import { NOON } from '../talk.js';

// What needs a consent is kept only where that consent is in force, whatever flows a path leads through.

/** What a flow of these tests is made of, each a step or two that go on to the one below. */
const PARTS = {
  /** Goes on only after a yes. */
  agree: (at: number, below: string) =>
    `  - collect: agree\n    id: agree${at}\n    type: yes_no\n    consent: { purpose: engagement }\n    next:\n      - if: answers.agree\n        then: ${below}\n      - else: end\n`,
  /** Goes on after a no as well. */
  ask: (at: number) =>
    `  - collect: agree\n    id: ask${at}\n    type: yes_no\n    consent: { purpose: engagement }\n`,
  /** Goes on only with a consent that is in force. */
  guard: (at: number, below: string) =>
    `  - branch: true\n    id: guard${at}\n    next:\n      - if: consents.engagement\n        then: ${below}\n      - else: end\n`,
  withdraw: (at: number) => `  - action: consent.withdraw\n    id: withdraw${at}\n`,
  /** Asks something else, and goes on below or past the next part. */
  fork: (at: number, below: string, past: string) =>
    `  - collect: fork\n    id: fork${at}\n    type: yes_no\n    next:\n      - if: answers.fork\n        then: ${below}\n      - else: ${past}\n`,
  keep: (at: number) =>
    `  - set: { supporter.support_level: "2" }\n    id: keep${at}\n  - say: kept\n    id: kept${at}\n`,
  callLeft: (at: number) => `  - call: left\n    id: left${at}\n`,
  callRight: (at: number) => `  - call: right\n    id: right${at}\n`,
  linkRight: (at: number) => `  - link: right\n    id: link${at}\n`,
} as const;
type Part = keyof typeof PARTS;

const STEMS: Partial<Readonly<Record<Part, string>>> = {
  callLeft: 'left',
  callRight: 'right',
  linkRight: 'link',
};

/** The id by which a part begins. */
const beginningOf = (part: Part | undefined, at: number): string => {
  if (part === undefined) return 'bye';
  return `${STEMS[part] ?? part}${at}`;
};

function flowOf(name: string, parts: readonly Part[]): string {
  const steps = parts.map((part, at) =>
    PARTS[part](at, beginningOf(parts[at + 1], at + 1), beginningOf(parts[at + 2], at + 2)),
  );
  const closed = parts.at(-1) === 'linkRight' ? '' : '  - say: bye\n    next: end\n';
  const triggers = name === 'main' ? 'starts_on: [{ command: start }]\n' : '';
  return `title: ${name}\npurpose: engagement\n${triggers}steps:\n${steps.join('')}${closed}`;
}

/** The common words with the shortest lists, which are read thousands of times. */
const SHORT = `${COMMON.split(/^words:/m)[0] ?? ''}words: { yes: [yes], no: [no], skip: [later] }\n`;
const WORDS = 'agree: { ask: A? }\nfork: { ask: F? }\nkept: K\nbye: B\n';

type Flows = { readonly [Name in 'main' | 'left' | 'right']: readonly Part[] };

function compiled(flows: Flows) {
  const texts = Object.entries(flows).map(([name, parts]) => [name, flowOf(name, parts)] as const);
  return compile(
    sourcesOf({
      flows: Object.fromEntries(texts),
      locales: {
        ...Object.fromEntries(texts.map(([name]) => [`en/${name}`, WORDS])),
        'en/common': SHORT,
      },
    }),
    ACTIONS,
  );
}

/** The flows in which something may be kept without consent. */
function refused(flows: Flows): readonly string[] {
  const told = compiled(flows).problems.filter(({ code }) => code === 'missing-consent');
  return [...new Set(told.map(({ file }) => file.replace(/^flows\/|\.yaml$/g, '')))];
}

const none: readonly Part[] = ['fork'];

describe('a consent that was proven', () => {
  test.each<[string, Flows, readonly string[]]>([
    [
      'lasts over a call that leaves it',
      { main: ['agree', 'callLeft', 'keep'], left: none, right: none },
      [],
    ],
    [
      'ends with a call that withdraws it',
      { main: ['agree', 'callLeft', 'keep'], left: ['withdraw'], right: none },
      ['main'],
    ],
    [
      'ends with one that may withdraw it',
      { main: ['agree', 'callLeft', 'keep'], left: ['fork', 'withdraw'], right: none },
      ['main'],
    ],
    [
      'ends with one that asks anew',
      { main: ['agree', 'callLeft', 'keep'], left: ['ask'], right: none },
      ['main'],
    ],
    [
      'ends through a call of a call',
      { main: ['agree', 'callLeft', 'keep'], left: ['callRight'], right: ['withdraw'] },
      ['main'],
    ],
    [
      'ends through a link of a call',
      { main: ['agree', 'callLeft', 'keep'], left: ['linkRight'], right: ['withdraw'] },
      ['main'],
    ],
    [
      'ends on one path of two',
      { main: ['agree', 'fork', 'callLeft', 'keep'], left: ['withdraw'], right: none },
      ['main'],
    ],
    [
      'is proven again by asking for it',
      { main: ['agree', 'callLeft', 'guard', 'keep'], left: ['withdraw'], right: none },
      [],
    ],
    [
      'is proven by a yes after the call',
      { main: ['callLeft', 'agree', 'keep'], left: ['withdraw'], right: none },
      [],
    ],
    [
      'proves nothing in a flow that is called: others may start it',
      { main: ['agree', 'callLeft'], left: ['keep'], right: none },
      ['left'],
    ],
    [
      'proves nothing in a flow that is gone to',
      { main: ['agree', 'linkRight'], left: none, right: ['keep'] },
      ['right'],
    ],
    [
      'is proven there by asking for it',
      {
        main: ['agree', 'callLeft', 'linkRight'],
        left: ['guard', 'keep'],
        right: ['guard', 'keep'],
      },
      [],
    ],
    [
      'is not brought back by a flow that asked',
      { main: ['callLeft', 'keep'], left: ['agree'], right: none },
      ['main'],
    ],
    [
      'is told in every flow that lacks it',
      { main: ['callLeft', 'keep'], left: ['keep', 'callRight'], right: ['keep'] },
      ['main', 'left', 'right'],
    ],
  ])('%s', (_, flows, files) => {
    expect([...refused(flows)].sort()).toEqual([...files].sort());
  });
});

/** What was kept while no consent was in force; `answers` are given to what is asked, in turn. */
function keptWithout(flows: Flows, answers: readonly boolean[], given: boolean): number {
  const { problems: _, ...sound } = compiled(flows);
  const library = createLibrary({ ...sound, flows: sound.flows.values() });
  const stranger = createSimulation('en', NOON, 'web');
  let consents = given;
  let kept = 0;
  let without = 0;
  const hear = (effects: readonly Effect[]): boolean => {
    for (const effect of effects) {
      if (effect.type === 'record_consent') consents = effect.given;
      if (effect.type === 'act' && effect.action === 'consent.withdraw') consents = false;
      if (effect.type === 'remember') {
        kept += 1;
        if (!consents) without += 1;
      }
      // The engine held back what the flow was to keep.
      if (effect.type === 'say' && effect.key === 'kept' && (kept -= 1) < 0) return false;
    }
    return true;
  };
  let now = simulate(
    library,
    {
      ...stranger,
      session: { turn: 1, frames: [] },
      supporter: { ...stranger.supporter, consents: given ? { engagement: true } : {} },
    },
    { type: 'started', flow: 'main' },
  );
  if (!hear(now.effects)) return Infinity;
  for (const answer of answers) {
    now = simulate(library, now.simulation, { type: 'said', text: answer ? 'yes' : 'no' });
    if (!hear(now.effects)) return Infinity;
  }
  return without;
}

test('a consent that is taken back is not in force for the rest of the turn', () => {
  const flows: Flows = { main: ['withdraw', 'callRight'], left: none, right: ['guard', 'keep'] };
  expect(keptWithout(flows, [], true)).toBe(0);
  expect(keptWithout({ ...flows, main: ['callRight', 'withdraw'] }, [], true)).toBe(0);
});

test('what the checker accepts keeps nothing without consent, whatever is answered', () => {
  const own = (...more: Part[]) =>
    fc.array(
      fc.constantFrom<Part>(
        'agree',
        'agree',
        'guard',
        'ask',
        'guard',
        'withdraw',
        'fork',
        'keep',
        ...more,
      ),
      {
        maxLength: 4,
      },
    );
  const main = own('callLeft', 'callRight', 'callLeft');
  let tried = 0;
  fc.assert(
    fc.property(
      fc.record({ main, left: own('callRight'), right: own() }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      fc.boolean(),
      (flows, answers, given) => {
        if (!Object.values(flows).some((parts) => parts.includes('keep'))) return;
        // What is refused does not run.
        if (compiled(flows).flows.size < 3) return;
        tried += 1;
        expect(keptWithout(flows, answers, given)).toBe(0);
      },
    ),
    { numRuns: 600 },
  );
  expect(tried).toBeGreaterThan(20);
});
