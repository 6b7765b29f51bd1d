import { describe, expect, test } from '@jest/globals';
import { compile, type SourceFile } from '../../../src/engine/compile.js';
import { ACTIONS, COMMON, linesOf } from '../sources.js';

// One slip of an author is told once, where it is, with its cure, and nothing else is told because of it.

const CAMPAIGN = `name: Valbrume
candidate: Maëlle Corvisier
languages: [en, fr]
timezone: Europe/Paris
channels: [web, telegram, whatsapp]
election:
  name: { fr: Municipales, en: Town elections }
  date: 2032-03-14
fields:
  age: { type: number, sensitive: false }
`;
const FLOW = `title: First contact
purpose: engagement
starts_on:
  - command: start
  - keyword: [bonjour, hello]
steps:
  - say: hello
  - collect: agree
    type: yes_no
    consent: { purpose: engagement }
    next:
      - if: answers.agree
        then: email
      - else: goodbye
  - collect: email
    type: email
    into: supporter.email
    optional: true
    attempts: 3
    give_up: topics
    next:
      - if: '!has(answers.email)'
        then: topics
      - else: confirm_email
  - action: email.confirm
    id: confirm_email
  - collect: topics
    type: choices
    options: [climate, health]
    into: supporter.preferences.topics
  - collect: age
    type: number
    into: supporter.fields.age
  - say: thanks
    next: end
  - say: goodbye
    next: end
`;
const WORDS = `hello: 'Hello{firstName, select, none {} other { {firstName}}}!'
agree: { ask: 'Agreed?' }
email:
  ask: 'Your address?'
  retry: 'I cannot read it.'
topics:
  ask: 'Which subjects?'
  options: { climate: Climate, health: Health }
age: { ask: 'How old are you?' }
thanks: 'Thanks, {topics}.'
goodbye: 'Goodbye.'
`;
const FILES: readonly SourceFile[] = [
  { path: 'flows/campaign.yaml', text: CAMPAIGN },
  { path: 'flows/welcome.yaml', text: FLOW },
  ...['en', 'fr'].flatMap((language) => [
    { path: `locales/${language}/common.yaml`, text: COMMON },
    { path: `locales/${language}/welcome.yaml`, text: WORDS },
  ]),
];

/** What is told of the campaign with one passage of one file written otherwise. */
function toldOf(path: string, passage: string, written: string) {
  const files = FILES.map((file) => {
    if (file.path !== path) return file;
    expect(file.text.split(passage)).toHaveLength(2);
    return { path, text: file.text.replace(passage, () => written) };
  });
  const [campaign, flow] = files;
  if (campaign === undefined || flow === undefined) throw new Error('there are no files');
  return compile({ campaign, flows: [flow], locales: files.slice(2) }, ACTIONS);
}

type Slip = readonly [passage: string, written: string, line: string, cure: string];

const IN_FLOW: readonly Slip[] = [
  ['    type: email\n', '\ttype: email\n', '16:1 error yaml-syntax', 'write spaces'],
  ['    type: email\n', '    type email\n', '16:5 error yaml-syntax', 'no colon'],
  ['    type: email\n', '    type:email\n', '16:5 error yaml-syntax', 'a space is missing'],
  ["if: '!has(answers.email)'", "if: '!has(answers.email)", '22:13 error yaml-syntax', 'quote'],
  ["if: '!has(answers.email)'", 'if: !has(answers.email)', '22:13 error yaml-syntax', 'in quotes'],
  ['topics\n    type', 'topics\n  type', '28:1 error yaml-syntax', 'line it up'],
  ['steps:\n', '---\nsteps:\n', '6:1 error yaml-syntax', 'take the line away'],
  ['    type: email\n', '    Type: email\n', '16:5 error unknown-key', 'did you mean "type"?'],
  [
    '    next: end\n  - say: goodbye',
    '    nxt: end\n  - say: goodbye',
    '35:5 error unknown-key',
    'did you mean "next"?',
  ],
  ['steps:\n', 'stps:\n', '6:1 error unknown-key', 'did you mean "steps"?'],
  ['  - collect: age\n', '  - colect: age\n', '31:5 error unknown-key', 'did you mean "collect"?'],
  [
    '  - command: start\n',
    '  - comand: start\n',
    '4:5 error unknown-key',
    'did you mean "command"?',
  ],
  [
    '- else: goodbye',
    '- else if: answers.agree\n        then: goodbye\n      - else: goodbye',
    '14:9 error unknown-key',
    '`- if: …` with `then: …`',
  ],
  [
    '        then: email\n      - else: goodbye\n',
    '        then: email\n        else: goodbye\n',
    '14:9 error misplaced-else',
    '`- else: …`',
  ],
  [
    '      - if: answers.agree\n        then: email\n',
    '      - then: email\n',
    '12:9 error missing-key',
    'no `if`',
  ],
  ['        then: email\n', '', '12:9 error missing-key', 'no `then`'],
  ['  - say: hello\n', '  - hello\n', '7:5 error wrong-type', '`- say: …`'],
  ['steps:\n', 'steps:\n  first:\n', '7:3 error wrong-type', 'begin with a dash'],
  ['  - say: thanks\n', '    say: thanks\n', '34:5 error two-kinds', 'after a dash'],
  [
    '  - command: start\n  - keyword: [bonjour, hello]\n',
    '  command: start\n',
    '4:3 error wrong-type',
    'a list',
  ],
  [
    'options: [climate, health]',
    'options: [climate, heath]',
    '29:24 error missing-translation',
    'did you mean "topics.options.health"',
  ],
  [
    '[climate, health]',
    '[{ climate: Climate }, health]',
    '29:15 error wrong-type',
    'its label goes in the words',
  ],
  [
    '[climate, health]',
    '{ climate: Climate, health: Health }',
    '29:14 error wrong-type',
    'must be a list',
  ],
  [
    'purpose: engagement\nstarts',
    'purpose: engagment\nstarts',
    '2:10 error wrong-type',
    'did you mean "engagement"?',
  ],
  [
    'purpose: engagement }',
    'purpose: engagment }',
    '10:25 error wrong-type',
    'did you mean "engagement"?',
  ],
  [
    '    type: choices\n',
    '    type: choises\n',
    '28:11 error unknown-type',
    'did you mean "choices"?',
  ],
  [
    'if: answers.agree',
    'if: answers.agree = true',
    '12:13 error cel-syntax',
    'write == to compare',
  ],
  [
    'if: answers.agree',
    'if: answers.agree and true',
    '12:13 error cel-syntax',
    'write && for "and"',
  ],
  [
    'if: answers.agree',
    'if: answers.agree == "yes"',
    '12:13 error cel-type',
    'write answers.agree alone',
  ],
  ['if: answers.agree', 'if: agree', '12:13 error unknown-field', 'write answers.agree'],
  ['if: answers.agree', 'if: answers.agreed', '12:13 error unknown-field', 'did you mean "agree"?'],
  [
    'if: answers.agree',
    'if: answers.agree == null',
    '12:13 error null-comparison',
    'has(answers.agree)',
  ],
  [
    'into: supporter.email',
    'into: email',
    '17:11 error unknown-field',
    'did you mean "supporter.email"?',
  ],
  [
    'into: supporter.fields.age',
    'into: supporter.age',
    '33:11 error unknown-field',
    'did you mean "supporter.fields.age"?',
  ],
  [
    'into: supporter.fields.age',
    'into: supporter.fields.aje',
    '33:11 error unknown-field',
    'did you mean "supporter.fields.age"?',
  ],
  [
    'into: supporter.fields.age',
    'into: supporter.email',
    '33:11 error wrong-type',
    'choose another field',
  ],
  ['attempts: 3', 'attempts: three', '19:15 error wrong-type', 'a whole number, 1 or more'],
  [
    'attempts: 3',
    'attempts: 3\n    remind_in: 2 days',
    '20:16 error wrong-type',
    'such as 30m, 12h, 2d',
  ],
  ['give_up: topics', 'give_up: topic', '20:14 error unknown-step', 'did you mean "topics"?'],
  ['thanks\n    next: end', 'thanks\n    next:', '35:10 error wrong-type', 'or `end`; it is empty'],
  [
    '  - say: goodbye\n',
    '  - say: thanks\n    next: end\n  - say: goodbye\n',
    '36:10 error duplicate-id',
    'an `id:` of its own',
  ],
  ['email.confirm', 'email.comfirm', '25:13 error unknown-action', 'did you mean "email.confirm"?'],
  [FLOW, '# nothing\n', '1:1 error wrong-type', 'a flow must have'],
  // What text processors write, which looks like what is right.
  ['    type: email\n', '\u00a0\u00a0  type: email\n', '16:1 error yaml-syntax', 'ordinary space'],
  ['    type: email\n', '  \u202f\u00a0type: email\n', '16:3 error yaml-syntax', 'ordinary space'],
  ['  - say: hello\n', '  -\u00a0say: hello\n', '7:4 error yaml-syntax', 'ordinary space'],
  ['type: email\n', 'type:\u00a0email\n', '16:10 error yaml-syntax', 'ordinary space'],
  ['type: email\n', 'type\u00a0: email\n', '16:5 error unknown-key', 'without the no-break space'],
  ['type: email\n', 'type: email\u00a0\n', '16:11 error unknown-type', 'the no-break space beside'],
  ['type: email\n', 'type: “email”\n', '16:11 error unknown-type', 'write email without quotes'],
  ['then: topics', 'then: « topics »', '23:15 error unknown-step', 'write topics without quotes'],
  ['- say: hello', '- say: “hello”', '7:10 error invalid-name', 'write hello without quotes'],
  ["'!has(answers.email)'", '“!has(answers.email)”', '22:13 error cel-syntax', 'straight quotes'],
  // Names that no condition could read.
  ['id: confirm_email', 'id: “confirm_email”', '26:9 error invalid-name', 'without quotes'],
  ['id: confirm_email', 'id: Confirm email', '26:9 error invalid-name', '"confirm_email"'],
  [
    'confirm_email\n  - action: email.confirm\n    id: confirm_email',
    'Confirmer l’e-mail envoyé\n  - action: email.confirm\n    id: Confirmer l’e-mail envoyé',
    '26:9 error invalid-name',
    '"confirmer_l_e_mail_envoye"',
  ],
  [
    '  - collect: topics\n',
    '  - call: nowhere\n  - collect: topics\n',
    '27:11 error unknown-flow',
    'there is no flow "nowhere"',
  ],
  ['then: topics', 'then: Topics', '23:15 error unknown-step', 'did you mean "topics"?'],
  // Values of another kind than is wanted.
  ['optional: true', 'optional: "true"', '18:15 error wrong-type', 'without quotes'],
  ['attempts: 3', 'attempts: "3"', '19:15 error wrong-type', 'a whole number without quotes'],
  ...setting([
    ['age: 3', '12 error unknown-field', 'did you mean "supporter.fields.age"?'],
    ['n: 3', '12 error unknown-field', 'for this conversation only as session.n'],
    ['session.n: two', '23 error unknown-field', `a text is written '"two"'`],
    ['supporter.first_name: 3', '34 error cel-type', `write a text as '"3"'`],
    [`supporter.fields.age: '"3"'`, '34 error cel-type', 'write 3 alone'],
    ['supporter.fields.age: true', '34 error cel-type', 'write a number, such as 2'],
    ['session.n: [1, 2]', '23 error wrong-type', 'put it all in quotes'],
    ['session.n: 2032-03-14', '23 error cel-type', 'timestamp("2032-03-14T00:00:00Z")'],
    ['supporter.first_name: 2032-03-14', '34 error cel-type', `'"2032-03-14"' for a text`],
  ]),
];

/** Slips in what a step sets, which stands on line 34. */
function setting(values: readonly (readonly [string, string, string])[]): readonly Slip[] {
  return values.map(([value, place, cure]) => [
    '  - say: thanks\n',
    `  - set: { ${value} }\n  - say: thanks\n`,
    `34:${place}`,
    cure,
  ]);
}

const IN_WORDS: readonly Slip[] = [
  ["'Goodbye.'", "'D'accord.'", '11:13 error yaml-syntax', 'write apostrophes as ’'],
  ["'Goodbye.'", '"D\'accord."', '11:10 error straight-apostrophe', 'write the typographic one'],
  ["'Goodbye.'", 'Note: goodbye', '11:10 error yaml-syntax', 'put the whole text in quotes'],
  ["'Thanks, {topics}.'", "'Thanks, {topics}.", '10:9 error yaml-syntax', 'add the closing quote'],
  ["'Goodbye.'", '“Thanks: goodbye.”', '11:10 error yaml-syntax', 'whole text in straight ones'],
  ["'Goodbye.'", 'null', '11:10 error wrong-type', 'put such words in quotes'],
  ['  retry:', ' retry:', '5:1 error yaml-syntax', 'line it up'],
  ["'Goodbye.'", '', '11:10 error wrong-type', 'write its words'],
  ["'Goodbye.'", '{campaign} says goodbye', '11:21 error yaml-syntax', 'must be in quotes'],
  ['{firstName}}}', '{firstName}}', '1:8 error icu-syntax', 'add the missing }'],
  ['{topics}', '{topic}', '10:9 error unknown-icu-argument', 'did you mean "topics"?'],
  ['{topics}', '{email}', '10:9 error missing-none-branch', '{email, select, none {…}'],
  ['goodbye:', 'godbye:', '11:1 error missing-translation', 'did you mean it by "godbye"?'],
  [
    "agree: { ask: 'Agreed?' }",
    "agree: 'Agreed?'",
    '2:1 error missing-translation',
    'under it as `ask:`',
  ],
  ["'Goodbye.'", "{ ask: 'Goodbye.' }", '11:12 error missing-translation', 'without `ask:`'],
  [
    'climate: Climate',
    'climate: Climate and energy for all',
    '8:23 error label-too-long',
    'WhatsApp shows 20',
  ],
];

const IN_CAMPAIGN: readonly Slip[] = [
  ['languages: [en, fr]', 'languages: [en, fr', '3:12 error yaml-syntax', 'add the missing ]'],
  [
    'channels: [web, telegram, whatsapp]',
    '\tchannels: [web]',
    '5:1 error yaml-syntax',
    'write spaces',
  ],
  [
    '  age: { type: number, sensitive: false }\n',
    '  age: { type: number\n',
    '10:8 error yaml-syntax',
    'add the missing }',
  ],
  ['  date: 2032-03-14\n', '  date 2032-03-14\n', '8:3 error yaml-syntax', 'no colon'],
  ['fields:\n', 'feilds:\n', '9:1 error unknown-key', 'did you mean "fields"?'],
  ['type: number', 'type: numbr', '10:16 error wrong-type', 'did you mean "number"?'],
  ['type: number', 'type: whatever', '10:16 error wrong-type', 'choose one of: text, number'],
  ['{ type: number, sensitive: false }', 'number', '10:8 error wrong-type', 'a group of keys'],
  ['date: 2032-03-14', 'date: 2032-02-31', '8:9 error wrong-type', 'a day such as'],
  ['date: 2032-03-14', 'date: 14/3/2032', '8:9 error wrong-type', 'write 2032-03-14'],
  ['date: 2032-03-14', 'date: “2032-03-14”', '8:9 error wrong-type', 'write 2032-03-14'],
  ['date: 2032-03-14', 'date: 14 mars 2032', '8:9 error wrong-type', 'year, month and day'],
  [
    '[web, telegram, whatsapp]',
    '[web, telegramm, whatsapp]',
    '5:17 error wrong-type',
    'did you mean "telegram"?',
  ],
];

/** The line of the common words that begins after the line break of a passage. */
function lineAfter(passage: string): number {
  return COMMON.slice(0, COMMON.indexOf(passage) + 1).split('\n').length;
}

const IN_COMMON: readonly Slip[] = [
  ["'yes': 'Yes'", "'yess': 'Yes'", '2:1 error missing-translation', 'did you mean it by "yess"?'],
  ['\nstale:', '\nstalle:', '7:1 error missing-translation', 'did you mean it by "stalle"?'],
  [
    '{ go_on:',
    '{ go_onn:',
    `${lineAfter('{ go_on:')}:14 error missing-translation`,
    'did you mean it by "resume.options.go_onn"?',
  ],
  [
    '\nresume:',
    '\nresum:',
    `${lineAfter('\nresume:')}:1 error unknown-key`,
    'did you mean "resume"?',
  ],
  ['\nwords:', '\nwrods:', `${lineAfter('\nwords:')}:1 error unknown-key`, 'did you mean "words"?'],
  [
    "\n  'no':",
    "\n  'noo':",
    `${lineAfter("\n  'no':")}:3 error unknown-key`,
    'did you mean "no"?',
  ],
  [
    '\ngroup:',
    '\ngruop:',
    `${lineAfter('\ngroup:')}:1 warning extra-translation`,
    'did you mean "group"?',
  ],
];

describe.each([
  ['flows/welcome.yaml', IN_FLOW],
  ['locales/fr/welcome.yaml', IN_WORDS],
  ['flows/campaign.yaml', IN_CAMPAIGN],
  ['locales/fr/common.yaml', IN_COMMON],
] as const)('a slip in %s is told once, with its cure', (path, slips) => {
  test.each(slips)('%j written %j', (passage, written, line, cure) => {
    const compiled = toldOf(path, passage, written);
    expect(linesOf(compiled)).toEqual([`${path}:${line}`]);
    expect(compiled.problems[0]?.message).toContain(cure);
  });
});

test('without a slip there is nothing to tell', () => {
  expect(linesOf(toldOf('flows/welcome.yaml', 'title: First contact', 'title: First'))).toEqual([]);
});

describe('an intents.yaml that cannot be read', () => {
  const triggers = 'starts_on:\n  - intent: greet\n  - intent: bye\n';
  const toldWith = (intents: Readonly<Record<string, string>>) =>
    linesOf(
      compile(
        {
          campaign: { path: 'flows/campaign.yaml', text: CAMPAIGN },
          flows: [
            { path: 'flows/welcome.yaml', text: FLOW.replace('starts_on:\n', () => triggers) },
          ],
          locales: [
            ...FILES.slice(2),
            ...Object.entries(intents).map(([language, text]) => ({
              path: `locales/${language}/intents.yaml`,
              text,
            })),
          ],
        },
        ACTIONS,
      ),
    );

  test.each([
    ['greet: [hello\nbye: [see you]\n', '1:8 error yaml-syntax'],
    ['greet: [hello]\nbye [see you]\n', '2:1 error yaml-syntax'],
    ['- hello\n', '1:1 error wrong-type'],
  ])('does not make intents unknown that may stand in it: %j', (text, line) => {
    expect(toldWith({ en: text, fr: 'greet: [salut]\nbye: [ciao]\n' })).toEqual([
      `locales/en/intents.yaml:${line}`,
    ]);
    expect(toldWith({ en: text })).toEqual([`locales/en/intents.yaml:${line}`]);
  });

  test('hides nothing of what another language lacks', () => {
    expect(toldWith({ en: 'greet: [hello\nbye: [see you]\n', fr: 'greet: [salut]\n' })).toEqual([
      'flows/welcome.yaml:5:13 warning unknown-intent',
      'locales/en/intents.yaml:1:8 error yaml-syntax',
    ]);
  });
});

test.each([
  'non',
  'oui',
  'no',
  'Yes',
  'true',
  '12:30',
  '0033612345678',
  '1.50',
  '0x1F',
  '2032-03-14',
])('words that YAML may take for something else are kept as written: %s', (written) => {
  const compiled = toldOf('locales/fr/welcome.yaml', "'Goodbye.'", written);
  expect(linesOf(compiled)).toEqual([]);
  expect(compiled.flows.get('welcome')?.words.get('fr')?.get('goodbye')?.render({})).toBe(written);
});
