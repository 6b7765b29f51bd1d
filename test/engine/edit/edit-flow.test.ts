import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACTIONS as DECLARED } from '../../../src/actions.js';
import { editFlow } from '../../../src/engine/edit/edit-flow.js';
import { noteEdit, NO_HISTORY, redo, undo } from '../../../src/engine/edit/edit-history.js';
import type { FlowTexts } from '../../../src/engine/edit/flow-texts.js';
import type { Operation } from '../../../src/engine/edit/operation.js';
import { graphOf, stepsOf } from '../../../src/engine/edit/steps.js';
import { editBetween } from '../../../src/engine/edit/text-edit.js';
import type { Way } from '../../../src/engine/edit/ways.js';
import { phrasesOf } from '../../../src/engine/edit/words.js';
import { generatedFlow } from './generated-flow.js';

const ACTIONS = new Map(DECLARED.map((action) => [action.name, action]));
const root = path.join(__dirname, '../../..');
const read = (name: string) => ({ path: name, text: readFileSync(path.join(root, name), 'utf8') });

const SAMPLES: readonly FlowTexts[] = readdirSync(path.join(root, 'flows'))
  .filter((name) => name.endsWith('.yaml') && name !== 'campaign.yaml')
  .map((name) => ({
    flow: read(`flows/${name}`),
    words: ['fr', 'en'].map((language) => read(`locales/${language}/${name}`)),
  }));

function edit(texts: FlowTexts, operation: Operation): FlowTexts {
  const edited = editFlow(texts, operation, ACTIONS);
  if (edited.type === 'refused') throw new Error(`${operation.type}: ${edited.reason}`);
  return edited.texts;
}

/** The lines that are in one text and not in the other, with a sign before them. */
function changed(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const rest = [...now];
  const gone = old.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...gone.map((line) => `-${line}`), ...rest.map((line) => `+${line}`)];
}

/** Where every step leads, by name: along each arm, and when it is given up. */
function waysOf(text: string): Record<string, Record<string, string>> {
  const { steps, edges } = graphOf(text, ACTIONS);
  return Object.fromEntries(
    steps.map(({ id }, index) => [
      id,
      Object.fromEntries(
        (edges[index] ?? []).map(({ to, type, arm }) => [
          type === 'arm' ? `arm ${arm}` : type,
          to === undefined ? 'end' : (steps[to]?.id ?? '?'),
        ]),
      ),
    ]),
  );
}

function sample(name: string): FlowTexts {
  const found = SAMPLES.find(({ flow }) => flow.path === `flows/${name}.yaml`);
  if (found === undefined) throw new Error(name);
  return found;
}

/** Operations that may be done to a flow, some of which it refuses. */
function operationsOn({ flow }: FlowTexts): fc.Arbitrary<Operation> {
  const steps = stepsOf(flow.text).map(({ id }) => id);
  const step = fc.constantFrom(...steps, 'nobody');
  const name = fc.constantFrom('fresh', 'other_one', 'end', 'not a name', ...steps.slice(0, 2));
  const way: fc.Arbitrary<Way> = fc.oneof(
    fc.constant<Way>({ type: 'next' }),
    fc.record({ type: fc.constant('arm' as const), arm: fc.nat(2) }),
    fc.constant<Way>({ type: 'give_up' }),
  );
  const on = fc.record({ step, way });
  const option = fc.constantFrom('river', 'health', 'new_one', '30');
  const phrase = fc.constantFrom(
    'Oui',
    'Un : deux # trois',
    "L'été",
    '"x" {email}',
    ' a ',
    'a\nb',
    '12',
    'true',
  );
  const kind = fc.constantFrom(
    'say' as const,
    'collect' as const,
    'branch' as const,
    'action' as const,
    'link' as const,
    'wait' as const,
  );
  return fc.oneof(
    fc.record({ type: fc.constant('add_step' as const), kind, name, on }),
    fc.record({ type: fc.constant('remove_step' as const), step }),
    fc.record({ type: fc.constant('move_step' as const), step, after: step }),
    fc.record({ type: fc.constant('duplicate_step' as const), step, name }),
    fc.record({ type: fc.constant('rename_step' as const), step, to: name }),
    fc.record({
      type: fc.constant('connect' as const),
      from: on,
      to: fc.constantFrom('end', ...steps),
    }),
    fc.record({ type: fc.constant('connect' as const), from: on }),
    fc.record({
      type: fc.constant('add_arm' as const),
      step,
      when: fc.constantFrom('answers.agree', 'answers.x == "a: b"'),
      to: step,
    }),
    fc.record({ type: fc.constant('set_condition' as const), step, arm: fc.nat(2), when: phrase }),
    fc.record({ type: fc.constant('raise_arm' as const), step, arm: fc.nat(2) }),
    fc.record({ type: fc.constant('add_option' as const), step, option }),
    fc.record({ type: fc.constant('remove_option' as const), step, option }),
    fc.record({ type: fc.constant('rename_option' as const), step, option, to: option }),
    fc.record({ type: fc.constant('raise_option' as const), step, option }),
    fc.record({
      type: fc.constant('set_words' as const),
      language: fc.constantFrom('fr', 'en', 'de'),
      key: fc.constantFrom(
        'hello',
        'email.ask',
        'email.retry.too_short',
        'topics.options.river',
        'x.options.y',
      ),
      text: phrase,
    }),
    fc.record({
      type: fc.constant('set_key' as const),
      step,
      key: fc.constantFrom('checkpoint', 'optional'),
      value: fc.boolean(),
    }),
    fc.record({ type: fc.constant('set_key' as const), step, key: fc.constant('checkpoint') }),
  );
}

/** What nobody meant to touch: comments stand in the lines of steps, but for those a step takes with it. */
function commentsOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trimStart().startsWith('#'));
}

const EVERY_OPERATION = [
  'add_arm',
  'add_option',
  'add_step',
  'connect',
  'duplicate_step',
  'move_step',
  'raise_arm',
  'raise_option',
  'remove_option',
  'remove_step',
  'rename_option',
  'rename_step',
  'set_condition',
  'set_key',
  'set_words',
];

describe('editing the text of a flow', () => {
  test('leaves every sample flow as it is when it is written what it says already', () => {
    for (const texts of SAMPLES) {
      const steps = stepsOf(texts.flow.text);
      let written = texts;
      for (const { id, map } of steps) {
        for (const key of ['checkpoint', 'into', 'min', 'type', 'optional']) {
          const node = map.get(key);
          if (node?.type !== 'scalar' || node.value === null) continue;
          written = edit(written, { type: 'set_key', step: id, key, value: node.value });
        }
      }
      for (const [at, file] of texts.words.entries()) {
        for (const [key, text] of phrasesOf(file.text)) {
          const language = at === 0 ? 'fr' : 'en';
          written = edit(written, { type: 'set_words', language, key, text });
        }
      }
      expect(written).toEqual(texts);
    }
  });

  test('renames every step of every sample flow and back without a trace', () => {
    for (const texts of SAMPLES) {
      for (const { id, ownId, kind } of stepsOf(texts.flow.text)) {
        if (ownId === undefined && kind !== 'say' && kind !== 'collect') continue;
        const renamed = edit(texts, { type: 'rename_step', step: id, to: 'quite_another' });
        expect(renamed.flow.text).not.toEqual(texts.flow.text);
        expect(edit(renamed, { type: 'rename_step', step: 'quite_another', to: id })).toEqual(
          texts,
        );
      }
    }
  });

  test('touches only the line of what is written', () => {
    const { flow, words } = sample('welcome');
    const texts = { flow, words };
    const bound = edit(texts, { type: 'set_key', step: 'topics', key: 'max', value: 2 });
    expect(changed(flow.text, bound.flow.text)).toEqual(['-    max: 3', '+    max: 2']);
    const said = edit(texts, {
      type: 'set_words',
      language: 'fr',
      key: 'email.skip',
      text: "Pas aujourd'hui",
    });
    expect(changed(words[0]?.text ?? '', said.words[0]?.text ?? '')).toEqual([
      "-  skip: 'Plus tard'",
      "+  skip: 'Pas aujourd''hui'",
    ]);
    expect(said.words[1]).toBe(words[1]);
    const flagged = edit(texts, {
      type: 'set_key',
      step: 'postcode',
      key: 'checkpoint',
      value: true,
    });
    expect(changed(flow.text, flagged.flow.text)).toEqual(['+    checkpoint: true']);
  });

  test('renames an answer wherever conditions and words read it', () => {
    const texts = sample('welcome');
    const renamed = edit(texts, { type: 'rename_step', step: 'topics', to: 'subjects' });
    expect(changed(texts.flow.text, renamed.flow.text)).toEqual([
      '-    give_up: topics',
      '-  - collect: topics',
      '+    give_up: subjects',
      '+  - collect: subjects',
    ]);
    expect(renamed.words[0]?.text).toContain('{subjects}. À bientôt');
    const address = edit(texts, { type: 'rename_step', step: 'email', to: 'address' });
    expect(address.flow.text).toContain('if: has(answers.address)');
    expect(address.flow.text).not.toContain('answers.email');
    expect(address.flow.text).toContain('into: supporter.email');
  });

  test('keeps the name of an answer apart from the same word elsewhere', () => {
    const flow = {
      path: 'flows/a.yaml',
      text: 'steps:\n  - collect: town\n    type: text\n    next:\n      - if: answers.town == "answers.town" || supporter.town == answers.town_hall\n        then: town\n      - else: end\n',
    };
    const words = [
      {
        path: 'locales/en/a.yaml',
        text: "town:\n  ask: '{town, select, town {town} other {{town}}} town'\n",
      },
    ];
    const renamed = edit({ flow, words }, { type: 'rename_step', step: 'town', to: 'city' });
    expect(renamed.flow.text).toContain(
      'if: answers.city == "answers.town" || supporter.town == answers.town_hall\n        then: city',
    );
    expect(renamed.words[0]?.text).toBe(
      "city:\n  ask: '{city, select, town {town} other {{city}}} town'\n",
    );
  });

  test('adds a step on the way from one to another', () => {
    const texts = sample('welcome');
    const on = { step: 'agree', way: { type: 'arm', arm: 0 } } as const;
    const added = edit(texts, { type: 'add_step', kind: 'say', name: 'great', on });
    expect(changed(texts.flow.text, added.flow.text)).toEqual([
      '-        then: email',
      '+        then: great',
      '+  - say: great',
    ]);
    expect(waysOf(added.flow.text)).toMatchObject({
      agree: { 'arm 0': 'great', 'arm 1': 'goodbye' },
      great: { 'arm 0': 'email' },
    });
    const fallen = edit(texts, {
      type: 'add_step',
      kind: 'collect',
      name: 'first_name',
      on: { step: 'hello', way: { type: 'next' } },
    });
    expect(changed(texts.flow.text, fallen.flow.text)).toEqual([
      '+  - collect: first_name',
      '+    type: text',
    ]);
  });

  test('takes a step away with its words and its comments, and joins what was around it', () => {
    const texts = sample('welcome');
    const left = edit(texts, { type: 'remove_step', step: 'news' });
    expect(changed(texts.flow.text, left.flow.text)).toEqual([
      '-        then: news',
      '-  # Only people who gave an address are asked whether we may write to it.',
      '-  - collect: news',
      '-    type: yes_no',
      '-    consent: { purpose: newsletter, channel: email }',
      '+        then: thanks',
    ]);
    expect(left.words[0]?.text).not.toContain('news:');
    expect(left.words[0]?.text).toContain('thanks:');
    const first = edit(texts, { type: 'remove_step', step: 'hello' });
    expect(stepsOf(first.flow.text)[0]?.id).toBe('agree');
  });

  test('gives a question one more way, and takes it away again', () => {
    const texts = sample('welcome');
    const more = edit(texts, {
      type: 'add_arm',
      step: 'postcode',
      when: 'answers.postcode == "35000"',
      to: 'thanks',
    });
    expect(changed(texts.flow.text, more.flow.text)).toEqual([
      '+      - if: answers.postcode == "35000"',
      '+        then: thanks',
      '+      - else: topics',
      '+    next:',
    ]);
    const back = edit(more, {
      type: 'connect',
      from: { step: 'postcode', way: { type: 'arm', arm: 0 } },
    });
    expect(changed(texts.flow.text, back.flow.text)).toEqual(['+    next: topics']);
  });

  test('moves a step with its comments, and every step still goes on to where it went', () => {
    fc.assert(
      fc.property(generatedFlow, fc.nat(), fc.nat(), (texts, one, other) => {
        const steps = stepsOf(texts.flow.text);
        const step = steps[one % steps.length]?.id ?? '';
        const after = steps[other % steps.length]?.id;
        const moved = edit(texts, {
          type: 'move_step',
          step,
          ...(after === undefined ? {} : { after }),
        });
        expect([...commentsOf(moved.flow.text)].sort()).toEqual(
          [...commentsOf(texts.flow.text)].sort(),
        );
        const [was, is] = [waysOf(texts.flow.text), waysOf(moved.flow.text)];
        // The last step of a list may lead nowhere; what is below it now is where it goes.
        for (const [id, ways] of Object.entries(was)) expect(is[id]).toMatchObject(ways);
      }),
      { numRuns: 150 },
    );
  });

  test('can be read after any edit, keeps comments, and takes every edit back, on a thousand flows', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(
        generatedFlow.chain((texts) =>
          fc.tuple(
            fc.constant(texts),
            fc.array(operationsOn(texts), { minLength: 1, maxLength: 3 }),
          ),
        ),
        ([texts, operations]) => {
          let now = texts;
          let history = NO_HISTORY;
          for (const operation of operations) {
            const edited = editFlow(now, operation, ACTIONS);
            if (edited.type === 'refused') continue;
            told.add(operation.type);
            const { texts: after } = edited;
            history = noteEdit(history, editBetween(now, after));
            // What a step or an option takes with it goes; everything else that people noted stays.
            if (!/remove|add_arm|set_key|connect/.test(operation.type)) {
              const kept = commentsOf(after.flow.text);
              for (const comment of commentsOf(now.flow.text)) expect(kept).toContain(comment);
            }
            expect(() => stepsOf(after.flow.text)).not.toThrow();
            if (operation.type === 'set_words') {
              const { language, key, text } = operation;
              const file = after.words.find((one) => one.path.includes(`/${language}/`));
              expect(phrasesOf(file?.text ?? '').get(key)).toBe(text);
            }
            now = after;
          }
          const end = now;
          for (let back = undo(history, now); back !== undefined; back = undo(history, now)) {
            ({ history, texts: now } = back);
          }
          expect(filesOf(now)).toEqual(filesOf(texts));
          for (let on = redo(history, now); on !== undefined; on = redo(history, now)) {
            ({ history, texts: now } = on);
          }
          expect(filesOf(now)).toEqual(filesOf(end));
        },
      ),
      { numRuns: 1_000, seed: 7 },
    );
    expect([...told].sort()).toEqual(EVERY_OPERATION);
  }, 60_000);

  test('says why it cannot be done', () => {
    const texts = sample('welcome');
    const reason = (operation: Operation, of = texts): string => {
      const edited = editFlow(of, operation, ACTIONS);
      return edited.type === 'refused' ? edited.reason : 'edited';
    };
    expect(reason({ type: 'rename_step', step: 'hello', to: 'thanks' })).toBe('name_taken');
    expect(reason({ type: 'rename_step', step: 'hello', to: 'a b' })).toBe('bad_name');
    expect(reason({ type: 'remove_step', step: 'nobody' })).toBe('no_step');
    expect(reason({ type: 'connect', from: { step: 'agree', way: { type: 'arm', arm: 1 } } })).toBe(
      'last_way',
    );
    const broken = { ...texts, flow: { ...texts.flow, text: `${texts.flow.text}  - say: [` } };
    expect(reason({ type: 'remove_step', step: 'hello' }, broken)).toBe('broken');
    const only = {
      flow: { path: 'flows/a.yaml', text: 'steps:\n  - say: a\n    next: end\n' },
      words: [],
    };
    expect(reason({ type: 'remove_step', step: 'a' }, only)).toBe('last_step');
    const inBrackets = {
      ...only,
      flow: { path: 'flows/a.yaml', text: 'steps: [{ say: a, next: end }]\n' },
    };
    expect(reason({ type: 'remove_step', step: 'a' }, inBrackets)).toBe('in_brackets');
  });
});

/** Files with something in them: a file that was begun is empty again when that is undone. */
function filesOf({ flow, words }: FlowTexts): readonly unknown[] {
  return [flow, ...words.filter(({ text }) => text !== '')];
}
