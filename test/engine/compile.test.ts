import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { compile, compileVersion } from '../../src/engine/compile.js';
import type { Scope } from '../../src/engine/flow.js';
import {
  ACTIONS,
  CAMPAIGN,
  COMMON,
  compileSteps,
  linesOf,
  readSources,
  sourcesOf,
} from './sources.js';

const ROOT = path.join(__dirname, '../..');

const SCOPE: Scope = {
  supporter: {},
  answers: {},
  consents: {},
  session: { turn: 1 },
  campaign: {},
  now: 0,
};

describe('the sample campaign', () => {
  const compiled = compile(readSources(ROOT), ACTIONS);

  test('has no mistake', () => {
    const own = ['welcome', 'stop', 'help', 'language', 'common', 'stop-words', 'campaign'];
    const problems = compiled.problems.filter(({ file }) =>
      own.some((name) => file.endsWith(`/${name}.yaml`)),
    );
    expect(problems).toEqual([]);
    for (const name of ['welcome', 'stop', 'help', 'language']) {
      expect(compiled.flows.get(name)?.name).toBe(name);
    }
  });

  test('speaks French first, with the typographic apostrophe and fine spaces', () => {
    expect(compiled.campaign.languages).toEqual(['fr', 'en']);
    const hello = compiled.flows.get('welcome')?.words.get('fr')?.get('hello');
    expect(
      hello?.render({ firstName: 'Léa', campaign: 'Valbrume en commun', candidate: 'Maëlle' }),
    ).toMatch(/^Bonjour Léa\u202f! Je suis l’assistant automatique de Valbrume en commun/);
    const all = [compiled.common, ...[...compiled.flows.values()].map(({ words: own }) => own)];
    for (const words of all.map((own) => own.get('fr'))) {
      for (const [key, phrase] of words ?? []) {
        const text = phrase.render({});
        expect([key, / [?!;:»]|« /.test(text)]).toEqual([key, false]);
      }
    }
  });

  test('reads the rule words of both languages', () => {
    expect(compiled.rules.get('arreter')).toBe('stop');
    expect(compiled.rules.get('unsubscribe')).toBe('stop');
    expect(compiled.rules.get('aide')).toBe('help');
    expect(compiled.rules.get('mes donnees')).toBe('privacy');
    expect(compiled.rules.get('langue')).toBe('language');
    expect(compiled.rules.get('une personne')).toBe('person');
  });

  test.each(['fr', 'en'])('has an answer to all that is understood in %s', (language) => {
    const file = path.join(ROOT, 'locales', language, 'intents.yaml');
    const understood = Object.keys(parse(readFileSync(file, 'utf8'))).sort();
    const answered = [...compiled.flows.values()].flatMap(({ triggers }) =>
      triggers.flatMap((trigger) => (trigger.type === 'intent' ? [trigger.intent] : [])),
    );
    // What the assistant is not there for starts nothing.
    expect([...answered, 'none'].sort()).toEqual(understood);
  });

  test('reads yes, no and ordinals in both languages, folded', () => {
    expect(compiled.lists.get('fr')?.yes).toContain('bien sur');
    expect(compiled.lists.get('en')?.no).toContain('no thanks');
    expect(compiled.lists.get('fr')?.ordinals[1]).toContain('deuxieme');
    expect(compiled.lists.get('fr')?.yes).toContain('👍');
  });

  test('opens on a Sunday, Paris time', () => {
    const { election } = compiled.campaign;
    expect(new Date(election?.opens ?? 0).toISOString()).toBe('2032-03-14T07:00:00.000Z');
    expect(new Date(election?.opens ?? 0).getUTCDay()).toBe(0);
  });
});

/** The flow of the language's description, with words for it. */
const WELCOME = `# flows/welcome.yaml
title: First contact
purpose: engagement             # engagement | newsletter | donation | volunteering | canvassing | vote | service
content: campaign               # campaign | neutral: neutral may be sent during election silence
starts_on:
  - command: start              # /start, a deep link, or first contact
  - intent: greet
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
    optional: true              # offers "skip"
    attempts: 3
    give_up: topics
    next:
      - if: "!has(answers.email)"
        then: topics
      - else: confirm_email
  - action: email.confirm
    id: confirm_email
  - collect: topics
    type: choices               # several; \`choice\` is one
    options: [climate, health, schools, work]
    into: supporter.preferences.topics
    min: 1
    max: 3
  - collect: news
    type: yes_no
    consent: { purpose: newsletter, channel: email }
  - collect: postcode
    type: postal_code
    into: supporter.postal_code
  - say: thanks
    next: end
  - say: goodbye
    next: end
`;
const WELCOME_WORDS = `hello: "Bonjour{firstName, select, none {} other { {firstName}}} ! Je suis l’assistant automatique de {campaign}."
agree: { ask: "Puis-je garder vos réponses ?" }
email:
  ask: "Quelle est votre adresse e-mail ?"
  retry: "Je ne reconnais pas cette adresse. Pouvez-vous la vérifier ?"
  skip: "Plus tard"
topics:
  ask: "Quels sujets vous tiennent à cœur ?"
  options: { climate: Climat, health: Santé, schools: École, work: Travail }
news: { ask: "Voulez-vous nos nouvelles ?" }
postcode: { ask: "Votre code postal ?" }
thanks: "Merci ! {topics}"
goodbye: "Au revoir."
`;

describe('the flow of the description', () => {
  const compiled = compile(
    sourcesOf({
      campaign: 'name: Valbrume\nlanguages: [fr]\n',
      flows: { welcome: WELCOME },
      locales: { 'fr/welcome': WELCOME_WORDS, 'fr/common': COMMON },
    }),
    ACTIONS,
  );

  test('compiles without a problem of its own', () => {
    expect(linesOf(compiled)).toEqual(['locales/en/common.yaml:1:1 warning unknown-language']);
  });

  test('becomes the steps it describes', () => {
    const flow = compiled.flows.get('welcome');
    expect(flow?.steps.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'hello say',
      'agree collect',
      'email collect',
      'confirm_email action',
      'topics collect',
      'news collect',
      'postcode collect',
      'thanks say',
      'goodbye say',
    ]);
    expect(flow?.triggers).toEqual([
      { type: 'command', command: 'start' },
      { type: 'intent', intent: 'greet' },
      { type: 'keyword', keyword: 'bonjour' },
      { type: 'keyword', keyword: 'hello' },
    ]);
    expect(flow?.byId.get('email')).toMatchObject({
      type: 'collect',
      name: 'email',
      answer: 'email',
      into: 'email',
      optional: true,
      attempts: 3,
      giveUp: { type: 'step', id: 'topics' },
      options: { type: 'none' },
    });
    expect(flow?.byId.get('topics')).toMatchObject({
      options: { type: 'fixed', values: ['climate', 'health', 'schools', 'work'] },
      min: 1,
      max: 3,
      into: 'preferences.topics',
      next: [{ to: { type: 'step', id: 'news' } }],
    });
    expect(flow?.byId.get('news')).toMatchObject({
      consent: { purpose: 'newsletter', channel: 'email' },
    });
    const arms = flow?.byId.get('email')?.next ?? [];
    expect(arms.map(({ to }) => to)).toEqual([
      { type: 'step', id: 'topics' },
      { type: 'step', id: 'confirm_email' },
    ]);
    expect(arms[0]?.when?.test(SCOPE)).toBe(true);
    expect(arms[0]?.when?.test({ ...SCOPE, answers: { email: 'a@b.org' } })).toBe(false);
  });
});

describe('steps of every kind', () => {
  test('keep what they say', () => {
    const compiled = compileSteps(
      `  - action: shift.offer
    id: offer
    with: { near: "supporter.language" }
    give_up: wait_a_day
  - set: { session.round: "1", supporter.language: "'en'" }
    next:
      - if: answers.offer.open && session.round < 2
        then: pick
      - else: end
  - collect: pick
    type: choice
    options_from: offer
    attempts: 2
    give_up: end
    remind_in: 1d
    expire_in: 1w
    checkpoint: true
  - call: main
    next: end
  - wait: 1d12h
    id: wait_a_day
  - wait: { until: "campaign.election.opens" }
  - link: main
`,
      'pick: { ask: Which? }\n',
      {
        campaign: `${CAMPAIGN}timezone: Europe/Paris\nelection: { name: { en: Vote }, date: 2032-03-14, opens: "09:00" }\n`,
      },
    );
    expect(linesOf(compiled)).toEqual([]);
    const flow = compiled.flows.get('main');
    expect(flow?.byId.get('offer')).toMatchObject({ awaited: true, action: 'shift.offer' });
    expect(flow?.byId.get('pick')).toMatchObject({
      options: { type: 'from', answer: 'offer' },
      remindInMs: 86_400_000,
      expireInMs: 604_800_000,
      giveUp: { type: 'end' },
      checkpoint: true,
    });
    expect(flow?.byId.get('wait_a_day')).toMatchObject({
      wait: { type: 'span', ms: 129_600_000 },
    });
    const until = flow?.steps.find((step) => step.type === 'wait' && step.wait.type === 'until');
    const instant =
      until?.type === 'wait' && until.wait.type === 'until' ? until.wait.instant : undefined;
    expect(instant?.evaluate({ ...SCOPE, campaign: compiled.campaign.facts })).toBe(
      '2032-03-14T08:00:00.000Z',
    );
    const set = flow?.steps.find((step) => step.type === 'set');
    expect(set?.type === 'set' ? set.values.map((value) => value.path) : []).toEqual([
      'session.round',
      'supporter.language',
    ]);
    const scope = { ...SCOPE, answers: { offer: { open: true } }, session: { round: 1 } };
    expect(set?.next[0]?.when?.test(scope)).toBe(true);
  });
});

describe('versions', () => {
  const words = { path: 'locales/en/main.yaml', text: 'a: Hello {campaign}\n' };
  const flow = {
    path: 'flows/main.yaml',
    text: 'title: M\npurpose: service\nstarts_on: [{ command: start }]\nsteps:\n  - say: a\n    next: end\n',
  };
  const sources = { ...sourcesOf({ flows: {} }), flows: [flow] };
  const common = { path: 'locales/en/common.yaml', text: COMMON };
  const compiled = compile({ ...sources, locales: [words, common] }, ACTIONS);

  test('an old version compiles from its stored sources to the same flow', () => {
    const again = compileVersion('main', { flow, words: [words] }, compiled.campaign, ACTIONS);
    expect(again?.version).toBe(compiled.flows.get('main')?.version);
    expect(again?.version).toMatch(/^[0-9a-f]{8}$/);
    expect(again?.words.get('en')?.get('a')?.render({ campaign: 'Us' })).toBe('Hello Us');
  });

  test('change with the words as with the flow, and with nothing else', () => {
    const version = (text: string): string | undefined =>
      compile({ ...sources, locales: [{ ...words, text }, common] }, ACTIONS).flows.get('main')
        ?.version;
    expect(version('a: Hello {campaign}\n')).toBe(compiled.flows.get('main')?.version);
    expect(version('a: Hi {campaign}\n')).not.toBe(compiled.flows.get('main')?.version);
    const other = { path: 'flows/other.yaml', text: flow.text.replace('start }', 'other }') };
    const more = compile({ ...sources, flows: [other, flow], locales: [words, common] }, ACTIONS);
    expect(more.flows.get('main')?.version).toBe(compiled.flows.get('main')?.version);
  });

  test('one that cannot run any more is undefined', () => {
    const broken = { ...flow, text: 'title: M\npurpose: service\nsteps:\n  - sing: a\n' };
    expect(
      compileVersion('main', { flow: broken, words: [words] }, compiled.campaign, ACTIONS),
    ).toBeUndefined();
    const gone = { ...flow, text: flow.text.replace('- say: a', '- dance: a') };
    expect(
      compileVersion('main', { flow: gone, words: [] }, compiled.campaign, ACTIONS),
    ).toBeUndefined();
  });
});

test('a flow with an error is left out, and those that go to it stay', () => {
  const compiled = compile(
    sourcesOf({
      flows: {
        bad: 'title: B\npurpose: service\nsteps:\n  - say: a\n',
        main: 'title: M\npurpose: service\nstarts_on: [{ command: start }]\nsteps:\n  - link: bad\n',
      },
      locales: { 'en/bad': 'a: A\n' },
    }),
    ACTIONS,
  );
  expect(linesOf(compiled)).toEqual(['flows/bad.yaml:4:5 error dead-end']);
  expect([...compiled.flows.keys()]).toEqual(['main']);
});

/** Pieces of flows and words, right and wrong, to be thrown together. */
const PIECE = fc.constantFrom(
  'steps:',
  'title: x',
  '  - say: a',
  '  - collect: b',
  '    type: yes_no',
  '    next: end',
  '    next:',
  '      - if: answers.b',
  '        then: a',
  '      - else: end',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '&a',
  '*a',
  '!!x',
  '|',
  '>',
  '---',
  '\t',
  '  ',
  'é',
  '{firstName}',
  '%',
  '    with: { tag: 1 }',
  '  - action: supporter.tag',
  '    id: a',
  '? ',
  '0x1',
  '1e999',
  '~',
  'null',
);

test('no text, however strange, stops the compiler, and each problem has its place in the text', () => {
  const strange = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.array(PIECE, { maxLength: 25 }).map((pieces) => pieces.join('\n')),
    fc.array(PIECE, { maxLength: 25 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(strange, strange, strange, (flow, words, campaign) => {
      const sources = sourcesOf({
        campaign,
        flows: { main: flow },
        locales: { 'en/main': words, 'en/stop-words': words, 'en/common': words },
      });
      const { problems } = compile(sources, ACTIONS);
      const texts = new Map(
        [...sources.flows, ...sources.locales].map((file) => [file.path, file.text]),
      );
      texts.set('flows/campaign.yaml', campaign);
      for (const { file, line, column } of problems) {
        const written = texts.get(file)?.split('\n')[line - 1];
        expect(written).toBeDefined();
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((written ?? '').length + 1);
      }
    }),
    { numRuns: 400 },
  );
});
