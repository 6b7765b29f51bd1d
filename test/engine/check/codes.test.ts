import { describe, expect, test } from '@jest/globals';
import { compile, type Compiled } from '../../../src/engine/compile.js';
import { PROBLEM_CODES } from '../../../src/engine/parse/codes.js';
import { ACTIONS, CAMPAIGN, COMMON, compileSteps, linesOf, sourcesOf } from '../sources.js';

type Case = {
  readonly code: (typeof PROBLEM_CODES)[number];
  readonly when: string;
  readonly compiled: () => Compiled;
  /** Every problem there is, in order. */
  readonly lines: readonly string[];
  /** A piece of the message, the cure in it. */
  readonly cure: string;
};

const main = (
  code: Case['code'],
  when: string,
  place: string,
  cure: string,
  steps: string,
  words: string,
  more?: Parameters<typeof compileSteps>[2],
): Case => ({
  code,
  when,
  compiled: () => compileSteps(steps, words, more),
  lines: [place],
  cure,
});

const FLOW = 'title: Main\npurpose: service\nstarts_on:\n  - command: start\n';
const ASK = 'a: { ask: A? }\n';
const TEXT = '  - collect: a\n    type: text\n    next: end\n';

const CASES: readonly Case[] = [
  main(
    'cel-syntax',
    'an expression does not parse',
    'flows/main.yaml:9:13 error cel-syntax',
    'check its brackets, quotes and operators',
    '  - collect: a\n    type: yes_no\n    next:\n      - if: answers.a &&\n        then: end\n      - else: end\n',
    ASK,
  ),
  main(
    'cel-type',
    'a condition compares a number with a text',
    'flows/main.yaml:9:13 error cel-type',
    'compare and add values of the same kind',
    '  - collect: a\n    type: number\n    next:\n      - if: answers.a > "3"\n        then: end\n      - else: end\n',
    ASK,
  ),
  main(
    'cel-type',
    'a condition is no yes or no',
    'flows/main.yaml:9:13 error cel-type',
    'ask `has(…)`',
    '  - collect: a\n    type: number\n    next:\n      - if: answers.a\n        then: end\n      - else: end\n',
    ASK,
  ),
  main(
    'dead-end',
    'the last step goes nowhere',
    'flows/main.yaml:6:5 error dead-end',
    'add `next: end`',
    '  - say: a\n',
    'a: A\n',
  ),
  main(
    'dead-end',
    'giving up the last question leads nowhere',
    'flows/main.yaml:6:5 error dead-end',
    'add `give_up: end`',
    '  - collect: a\n    type: text\n    attempts: 2\n    next: end\n',
    ASK,
  ),
  main(
    'duplicate-id',
    'two steps have one name',
    'flows/main.yaml:7:10 error duplicate-id',
    'give one of them an `id:` of its own',
    '  - say: a\n  - say: a\n    next: end\n',
    'a: A\n',
  ),
  main(
    'duplicate-id',
    'a name is both said and asked',
    'flows/main.yaml:6:10 error duplicate-id',
    'give one another name',
    '  - say: a\n    id: first\n  - collect: a\n    type: text\n    next: end\n',
    'a: A\na.ask: A?\n',
  ),
  main(
    'duplicate-key',
    'a key is written twice',
    'flows/main.yaml:8:5 error duplicate-key',
    'keep one of the two',
    '  - say: a\n    next: end\n    next: end\n',
    'a: A\n',
  ),
  {
    code: 'duplicate-phrase',
    when: 'a phrase means two intents',
    compiled: () =>
      compile(
        sourcesOf({
          flows: { main: `${FLOW}steps:\n  - say: a\n    next: end\n` },
          locales: {
            'en/main': 'a: A\n',
            'en/intents': 'greet:\n  - Hello!\n  - hello\nbye: [see you, hello]\n',
          },
        }),
        ACTIONS,
      ),
    lines: ['locales/en/intents.yaml:4:16 error duplicate-phrase'],
    cure: '"hello" means "greet" already (line 2); keep it under one of the two',
  },
  {
    code: 'duplicate-trigger',
    when: 'two flows start on one command',
    compiled: () =>
      compile(
        sourcesOf({
          flows: {
            main: `${FLOW}steps:\n  - say: a\n    next: end\n`,
            other: `${FLOW}steps:\n  - say: a\n    next: end\n`,
          },
          locales: { 'en/main': 'a: A\n', 'en/other': 'a: A\n' },
        }),
        ACTIONS,
      ),
    lines: ['flows/other.yaml:4:14 error duplicate-trigger'],
    cure: 'keep it in one place',
  },
  {
    code: 'duplicate-trigger',
    when: 'a keyword is a rule word of another flow',
    compiled: () =>
      compile(
        sourcesOf({
          flows: {
            main: `${FLOW}  - keyword: [hi, HELP!]\nsteps:\n  - say: a\n    next: end\n`,
            help: 'title: Help\npurpose: service\nstarts_on: [{ command: help }]\nsteps:\n  - say: a\n    next: end\n',
          },
          locales: { 'en/main': 'a: A\n', 'en/help': 'a: A\n', 'en/stop-words': 'help: [help]\n' },
        }),
        ACTIONS,
      ),
    lines: ['flows/main.yaml:5:19 error duplicate-trigger'],
    cure: 'choose another keyword',
  },
  main(
    'endless-loop',
    'steps go round without a question',
    'flows/main.yaml:6:5 error endless-loop',
    'ask a question, wait, or leave the loop',
    '  - say: a\n  - say: b\n    next: a\n',
    'a: A\nb: B\n',
  ),
  main(
    'extra-translation',
    'words that no step says',
    'locales/en/main.yaml:2:1 warning extra-translation',
    'take it away',
    '  - say: a\n    next: end\n',
    'a: A\nzebra: Z\n',
  ),
  main(
    'icu-syntax',
    'a brace is never closed',
    'locales/en/main.yaml:1:4 error icu-syntax',
    'add the missing }',
    '  - say: a\n    next: end\n',
    'a: "A {campaign"\n',
  ),
  main(
    'icu-syntax',
    'a plural has a branch that no number takes',
    'locales/en/main.yaml:2:4 error icu-syntax',
    'write one, other, or a number such as =0',
    '  - collect: n\n    type: number\n  - say: a\n    next: end\n',
    'n: { ask: N? }\na: "{n, plural, zero {none} other {#}}"\n',
  ),
  main(
    'icu-type',
    'a text is counted',
    'locales/en/main.yaml:1:4 error icu-type',
    'write {campaign} alone',
    '  - say: a\n    next: end\n',
    'a: "{campaign, plural, one {#} other {#}}"\n',
  ),
  main(
    'invalid-name',
    'a name has spaces and accents',
    'flows/main.yaml:6:10 error invalid-name',
    'such as "ete_prochain"',
    '  - say: Été prochain\n    next: end\n',
    '',
  ),
  main(
    'label-too-long',
    'an option is longer than a button shows',
    'locales/en/main.yaml:1:29 error label-too-long',
    'shorten it',
    '  - collect: a\n    type: choice\n    options: [x]\n    next: end\n',
    `a: { ask: A?, options: { x: ${'x'.repeat(21)} } }\n`,
    { campaign: `${CAMPAIGN}channels: [whatsapp]\n` },
  ),
  main(
    'maybe-absent',
    'a skipped answer is read',
    'flows/main.yaml:10:13 error maybe-absent',
    'ask first with has(answers.a)',
    '  - collect: a\n    type: text\n    optional: true\n    next:\n      - if: answers.a == "x"\n        then: end\n      - else: end\n',
    ASK,
  ),
  main(
    'maybe-absent',
    'an action is given more than a skipped answer for what may be left out',
    'flows/main.yaml:11:19 error maybe-absent',
    'ask first with has(answers.a)',
    '  - collect: a\n    type: text\n    optional: true\n  - action: shift.offer\n    id: b\n    with: { near: answers.a + "!" }\n    give_up: end\n    next: end\n',
    ASK,
  ),
  main(
    'misplaced-else',
    'an arm comes after `else`',
    'flows/main.yaml:10:9 error misplaced-else',
    'put `else` last',
    '  - collect: a\n    type: yes_no\n    next:\n      - else: end\n      - if: answers.a\n        then: end\n',
    ASK,
  ),
  main(
    'missing-argument',
    'an action lacks what it needs',
    'flows/main.yaml:6:13 error missing-argument',
    'add `with: { tag: … }`',
    '  - action: supporter.tag\n    next: end\n',
    '',
  ),
  {
    code: 'missing-campaign',
    when: 'there is no campaign.yaml',
    compiled: () => {
      const { flows, locales } = sourcesOf({
        flows: { main: `${FLOW}steps:\n  - say: a\n    next: end\n` },
        locales: { 'en/main': 'a: A\n' },
      });
      return compile({ flows, locales }, ACTIONS);
    },
    lines: ['flows/campaign.yaml:1:1 warning missing-campaign'],
    cure: 'add one with `name:` and `languages:`',
  },
  main(
    'missing-consent',
    'an address is kept before anybody agreed',
    'flows/main.yaml:8:11 error missing-consent',
    'ask a yes_no with `consent: { purpose: engagement }` first',
    '  - collect: a\n    type: email\n    into: supporter.email\n    next: end\n',
    ASK,
  ),
  main(
    'missing-else',
    'a list of arms is not closed',
    'flows/main.yaml:9:7 error missing-else',
    'close the list with `- else: …`',
    '  - collect: a\n    type: yes_no\n    next:\n      - if: answers.a\n        then: b\n  - say: b\n    next: end\n',
    `${ASK}b: B\n`,
  ),
  main(
    'missing-key',
    'a question does not say its type',
    'flows/main.yaml:6:14 error missing-key',
    'add `type:`',
    '  - collect: a\n    next: end\n',
    ASK,
  ),
  main(
    'missing-key',
    'a flow has no title',
    'flows/main.yaml:1:1 error missing-key',
    'add `title:`',
    '  - say: a\n    next: end\n',
    'a: A\n',
    { head: 'purpose: service\nstarts_on: [{ command: start }]\n' },
  ),
  main(
    'missing-none-branch',
    'a first name may be unknown',
    'locales/en/main.yaml:1:4 error missing-none-branch',
    'write {firstName, select, none {…} other {… {firstName} …}}',
    '  - say: a\n    next: end\n',
    'a: "Hello {firstName}"\n',
  ),
  main(
    'missing-notice',
    'a donation is asked for before its notice',
    'flows/main.yaml:6:13 error missing-notice',
    'put a `say` with `notice: donation` before it on every path',
    "  - action: donation.prompt\n    id: gift\n    with: { amount: '2000' }\n    next: end\n    give_up: end\n",
    '',
    { campaign: `${CAMPAIGN}country: us\n` },
  ),
  main(
    'missing-translation',
    'a question has no words',
    'flows/main.yaml:6:14 error missing-translation',
    'add it to locales/en/main.yaml',
    TEXT,
    'a: { retry: Again? }\n',
  ),
  {
    code: 'missing-translation',
    when: 'a language has no file for the flow',
    compiled: () =>
      compile(
        sourcesOf({
          campaign: 'name: Test\nlanguages: [en, fr]\n',
          flows: { main: `${FLOW}steps:\n  - say: a\n    next: end\n` },
          locales: { 'en/main': 'a: A\n', 'fr/common': COMMON },
        }),
        ACTIONS,
      ),
    lines: ['flows/main.yaml:1:1 error missing-translation'],
    cure: 'add the file locales/fr/main.yaml with: a',
  },
  main(
    'neutral-content',
    'a neutral flow names the candidate',
    'locales/en/main.yaml:1:4 error neutral-content',
    'mark the flow `content: campaign`',
    '  - say: a\n    next: end\n',
    'a: "Vote for ann DOE!"\n',
    { head: FLOW.replace('starts_on', 'content: neutral\nstarts_on') },
  ),
  main(
    'no-start-flow',
    'nothing begins on a first contact',
    'flows/main.yaml:1:1 warning no-start-flow',
    'add `starts_on: [{ command: start }]`',
    '  - say: a\n    next: end\n',
    'a: A\n',
    { head: 'title: Main\npurpose: service\n' },
  ),
  main(
    'null-comparison',
    'an answer is compared with null',
    'flows/main.yaml:9:13 error null-comparison',
    'write !has(answers.a)',
    '  - collect: a\n    type: text\n    next:\n      - if: answers.a == null\n        then: end\n      - else: end\n',
    ASK,
  ),
  main(
    'reserved-name',
    'an answer takes the name of an argument',
    'flows/main.yaml:6:14 error reserved-name',
    'choose another name',
    '  - collect: campaign\n    type: text\n    next: end\n',
    '',
  ),
  {
    code: 'reserved-name',
    when: 'a flow is called as a file of words',
    compiled: () =>
      compile(
        sourcesOf({
          flows: {
            main: `${FLOW}steps:\n  - say: a\n    next: end\n`,
            intents: 'title: I\npurpose: service\nsteps:\n  - wait: 1s\n    next: end\n',
          },
          locales: { 'en/main': 'a: A\n' },
        }),
        ACTIONS,
      ),
    lines: ['flows/intents.yaml:1:1 error reserved-name'],
    cure: 'rename the file',
  },
  main(
    'straight-apostrophe',
    'words use the straight apostrophe',
    'locales/en/main.yaml:1:4 error straight-apostrophe',
    'write the typographic one (’)',
    '  - say: a\n    next: end\n',
    `a: "I'm {campaign}"\n`,
  ),
  main(
    'text-too-long',
    'a question with buttons is longer than WhatsApp shows',
    'locales/en/main.yaml:1:11 error text-too-long',
    'say it in two steps',
    '  - collect: a\n    type: yes_no\n    next: end\n',
    `a: { ask: ${'x'.repeat(1025)} }\n`,
    { campaign: `${CAMPAIGN}channels: [whatsapp]\n` },
  ),
  main(
    'two-kinds',
    'a step does two things',
    'flows/main.yaml:7:5 error two-kinds',
    'move "wait" to a step of its own',
    '  - say: a\n    wait: 1d\n    next: end\n',
    'a: A\n',
  ),
  main(
    'unknown-action',
    'an action is mistyped',
    'flows/main.yaml:6:13 error unknown-action',
    'did you mean "email.confirm"?',
    '  - action: email.comfirm\n    next: end\n',
    '',
  ),
  main(
    'unknown-argument',
    'an argument is mistyped',
    'flows/main.yaml:7:13 error unknown-argument',
    'did you mean "purpose"?',
    '  - action: consent.withdraw\n    with: { purpos: "\'vote\'" }\n    next: end\n',
    '',
  ),
  main(
    'unknown-field',
    'an answer goes into a field that is not there',
    'flows/main.yaml:8:11 error unknown-field',
    'did you mean "supporter.first_name"?',
    '  - collect: a\n    type: name\n    into: supporter.firstname\n    next: end\n',
    ASK,
  ),
  main(
    'unknown-field',
    'a condition reads an answer that is not there',
    'flows/main.yaml:9:13 error unknown-field',
    'did you mean "age"?',
    '  - collect: age\n    type: number\n    next:\n      - if: answers.agee > 3\n        then: end\n      - else: end\n',
    'age: { ask: A? }\n',
  ),
  main(
    'unknown-flow',
    'a call goes to a flow that is not there',
    'flows/main.yaml:6:11 error unknown-flow',
    'did you mean "main"?',
    '  - call: mian\n    next: end\n',
    '',
  ),
  main(
    'unknown-icu-argument',
    'words name an answer that is not there',
    'locales/en/main.yaml:1:4 error unknown-icu-argument',
    'did you mean "firstName"?',
    '  - say: a\n    next: end\n',
    'a: "{fistName}"\n',
  ),
  {
    code: 'unknown-intent',
    when: 'no language has the intent',
    compiled: () =>
      compile(
        sourcesOf({
          flows: { main: `${FLOW}  - intent: gret\nsteps:\n  - say: a\n    next: end\n` },
          locales: { 'en/main': 'a: A\n', 'en/intents': 'greet: [hello]\n' },
        }),
        ACTIONS,
      ),
    lines: ['flows/main.yaml:5:13 warning unknown-intent'],
    cure: 'did you mean "greet"?',
  },
  {
    code: 'unknown-intent',
    when: 'one language lacks the phrases of an intent',
    compiled: () =>
      compile(
        sourcesOf({
          campaign: 'name: Test\ncandidate: Ann Doe\nlanguages: [en, fr]\n',
          flows: { main: `${FLOW}  - intent: greet\nsteps:\n  - say: a\n    next: end\n` },
          locales: {
            'en/main': 'a: A\n',
            'fr/main': 'a: A\n',
            'fr/common': COMMON,
            'en/intents': 'greet: [hello]\n',
            'fr/intents': 'bye: [salut]\nnone: [bof]\n',
          },
        }),
        ACTIONS,
      ),
    lines: ['flows/main.yaml:5:13 warning unknown-intent'],
    cure: 'no intents.yaml of fr has "greet"; add its phrases there too',
  },
  main(
    'unknown-key',
    'a key is mistyped',
    'flows/main.yaml:8:5 error unknown-key',
    'did you mean "optional"?',
    '  - collect: a\n    type: text\n    optionel: true\n    next: end\n',
    ASK,
  ),
  {
    code: 'unknown-language',
    when: 'a folder is of no language of the campaign',
    compiled: () =>
      compile(
        sourcesOf({
          flows: { main: `${FLOW}steps:\n  - say: a\n    next: end\n` },
          locales: { 'en/main': 'a: A\n', 'de/main': 'a: A\n' },
        }),
        ACTIONS,
      ),
    lines: ['locales/de/main.yaml:1:1 warning unknown-language'],
    cure: 'add it to `languages:` in campaign.yaml',
  },
  main(
    'unknown-option',
    'a condition compares with an option that is not there',
    'flows/main.yaml:10:13 error unknown-option',
    'did you mean "health"?',
    '  - collect: a\n    type: choice\n    options: [health, work]\n    next:\n      - if: answers.a == "heath"\n        then: end\n      - else: end\n',
    'a: { ask: A?, options: { health: H, work: W } }\n',
  ),
  {
    code: 'unknown-segment',
    when: 'a condition asks for a segment that is not among those there are',
    compiled: () =>
      compile(
        {
          ...sourcesOf({
            flows: {
              main: `${FLOW}steps:\n  - say: a\n    next:\n      - if: '"donros" in supporter.segments'\n        then: end\n      - else: end\n`,
            },
            locales: { 'en/main': 'a: A\n' },
          }),
          segments: ['donors'],
        },
        ACTIONS,
      ),
    lines: ['flows/main.yaml:8:13 warning unknown-segment'],
    cure: 'did you mean "donors"?',
  },
  main(
    'cel-type',
    'segments are not asked for one by one, by name',
    'flows/main.yaml:8:13 error cel-type',
    'ask for one segment by its name',
    '  - say: a\n    next:\n      - if: size(supporter.segments) > 1\n        then: end\n      - else: end\n',
    'a: A\n',
  ),
  main(
    'unknown-option',
    'words compare a choice with an option that is not there',
    'locales/en/main.yaml:2:4 error unknown-option',
    'did you mean "health"?',
    '  - collect: c\n    type: choice\n    options: [health, work]\n  - say: b\n    next: end\n',
    'c: { ask: C?, options: { health: H, work: Jobs } }\nb: "{c, select, heath {1} Jobs {2} other {3}}"\n',
  ),
  main(
    'unknown-step',
    'a step goes to one that is not there',
    'flows/main.yaml:7:11 error unknown-step',
    'step "a" goes to "bb", which does not exist; did you mean "b"?',
    '  - say: a\n    next: bb\n  - say: b\n    next: end\n',
    'a: A\nb: B\n',
  ),
  main(
    'unknown-type',
    'an answer type is not asked for here',
    'flows/main.yaml:7:11 error unknown-type',
    'did you mean "choices"?',
    '  - collect: a\n    type: choises\n    options: [x]\n    next: end\n',
    'a: { ask: A?, options: { x: X } }\n',
  ),
  main(
    'unreachable-step',
    'nothing leads to a step',
    'flows/main.yaml:8:5 error unreachable-step',
    'point a `next` at it, or take it away',
    '  - say: a\n    next: end\n  - say: b\n  - say: c\n    next: end\n',
    'a: A\nb: B\nc: C\n',
  ),
  main(
    'wrong-type',
    'a number is written as a word',
    'flows/main.yaml:8:15 error wrong-type',
    '"attempts" must be a whole number, 1 or more; it is "three"',
    '  - collect: a\n    type: text\n    attempts: three\n    next: end\n',
    ASK,
  ),
  main(
    'wrong-type',
    'an amount to suggest is a word',
    'flows/main.yaml:8:19 error wrong-type',
    'write a whole number, such as 20',
    '  - collect: a\n    type: amount\n    options: [10, twenty]\n    next: end\n',
    ASK,
  ),
  main(
    'wrong-type',
    'an amount is suggested that the question refuses',
    'flows/main.yaml:8:19 error wrong-type',
    'over "max" (50)',
    '  - collect: a\n    type: amount\n    options: [20, 60]\n    max: 50\n    next: end\n',
    ASK,
  ),
  main(
    'wrong-type',
    'an answer goes into a field of another type',
    'flows/main.yaml:8:11 error wrong-type',
    'choose another field or another type of answer',
    '  - collect: a\n    type: number\n    into: supporter.first_name\n    next: end\n',
    ASK,
  ),
  {
    code: 'yaml-syntax',
    when: 'the indentation of one file is broken, and the other is still checked',
    compiled: () =>
      compile(
        sourcesOf({
          flows: {
            main: 'title: x\nsteps:\n  - say: a\n   next: end\n',
            other: 'title: Other\npurpose: service\nsteps:\n  - link: main\n  - say: a\n',
          },
          locales: { 'en/main': 'a: A\n', 'en/other': 'a: A\n' },
        }),
        ACTIONS,
      ),
    lines: [
      'flows/main.yaml:4:1 error yaml-syntax',
      'flows/other.yaml:5:5 error dead-end',
      'flows/other.yaml:5:5 error unreachable-step',
    ],
    cure: 'line it up with them',
  },
];

describe('the checker', () => {
  test.each(CASES)('$code: $when', ({ code, compiled, lines, cure }) => {
    const result = compiled();
    expect(linesOf(result)).toEqual(lines);
    const problem = result.problems.find((one) => one.code === code);
    expect(problem?.message).toContain(cure);
  });

  test('every code has a case', () => {
    expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual([...PROBLEM_CODES].sort());
  });
});
