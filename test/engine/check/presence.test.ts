import { describe, expect, test } from '@jest/globals';
import { compileSteps, linesOf } from '../sources.js';

const AGREE = '  - collect: agree\n    type: yes_no\n    consent: { purpose: engagement }\n';
const EMAIL =
  '  - collect: email\n    id: mail\n    type: email\n    into: supporter.email\n    next: end\n';
const WORDS =
  'agree: { ask: A? }\nemail: { ask: E? }\nbye: Bye\nname: { ask: N? }\ncount: { ask: C? }\n';

/** Codes with lines, of errors only: the words of these flows are more than they need. */
function errorsOf(steps: string): readonly string[] {
  const lines = linesOf(compileSteps(steps, WORDS));
  return lines.filter((line) => line.includes(' error ') && !line.includes('missing-translation'));
}

describe('a consent is proven', () => {
  test('by the arm that follows a yes', () => {
    const next = '    next:\n      - if: answers.agree\n        then: mail\n      - else: end\n';
    expect(errorsOf(AGREE + next + EMAIL)).toEqual([]);
  });

  test('by a branch some steps after the yes', () => {
    const branch =
      '  - say: bye\n  - branch: true\n    next:\n      - if: "!answers.agree"\n        then: end\n      - else: mail\n';
    expect(errorsOf(AGREE + branch + EMAIL)).toEqual([]);
  });

  test('by asking whether it was given before', () => {
    const branch =
      '  - branch: true\n    next:\n      - if: consents.engagement && supporter.language == "en"\n        then: mail\n      - else: end\n';
    expect(errorsOf(branch + EMAIL)).toEqual([]);
  });

  test('by a condition closed with the words it may be wrapped in', () => {
    const branch =
      '  - branch: true\n    next:\n      - if: has(consents.engagement) && consents.engagement == true\n        then: mail\n      - else: end\n';
    expect(errorsOf(branch + EMAIL)).toEqual([]);
  });
});

describe('a consent is not proven', () => {
  test('by the question alone: a no goes on as a yes does', () => {
    expect(errorsOf(AGREE + EMAIL)).toEqual(['flows/main.yaml:12:11 error missing-consent']);
  });

  test('when one of two paths goes around it', () => {
    const start =
      '  - collect: count\n    type: number\n    next:\n      - if: answers.count > 2\n        then: mail\n      - else: agree\n';
    const next = '    next:\n      - if: answers.agree\n        then: mail\n      - else: end\n';
    expect(errorsOf(start + AGREE + next + EMAIL)).toEqual([
      'flows/main.yaml:22:11 error missing-consent',
    ]);
  });

  test('by an "or" of which the other side holds', () => {
    const next =
      '    next:\n      - if: answers.agree || session.turn > 3\n        then: mail\n      - else: end\n';
    expect(errorsOf(AGREE + next + EMAIL)).toHaveLength(1);
  });

  test('after it was withdrawn', () => {
    const next = '    next:\n      - if: answers.agree\n        then: off\n      - else: end\n';
    const off = '  - action: consent.withdraw\n    id: off\n';
    const again =
      '  - branch: true\n    next:\n      - if: answers.agree\n        then: mail\n      - else: end\n';
    expect(errorsOf(AGREE + next + off + EMAIL)).toHaveLength(1);
    expect(errorsOf(AGREE + next + off + again + EMAIL)).toHaveLength(1);
  });

  test('by consent to another purpose', () => {
    const other = AGREE.replace('engagement', 'newsletter');
    const next = '    next:\n      - if: answers.agree\n        then: mail\n      - else: end\n';
    expect(errorsOf(other + next + EMAIL)).toHaveLength(1);
  });

  test('by a `set` before anybody agreed', () => {
    const set = '  - set: { supporter.support_level: "2" }\n    next: end\n';
    expect(errorsOf(set)).toEqual(['flows/main.yaml:6:12 error missing-consent']);
  });
});

function arms(condition: string): string {
  return `    next:\n      - if: '${condition}'\n        then: end\n      - else: end\n`;
}

describe('an answer is surely there', () => {
  const name = '  - collect: name\n    type: name\n    optional: true\n';

  test.each([
    'has(answers.name) && answers.name == "Léa"',
    '!has(answers.name) || answers.name == "Léa"',
    'has(answers.name) ? answers.name == "Léa" : false',
    '!(has(answers.name) && answers.name != "Léa")',
  ])('where the condition asked first: %s', (condition) => {
    expect(errorsOf(name + arms(condition))).toEqual([]);
  });

  test.each([
    'answers.name == "Léa"',
    'answers.name == "Léa" && has(answers.name)',
    'has(answers.name) || answers.name == "Léa"',
    'session.turn > 2 && answers.name == "Léa"',
    'supporter.first_name == "Léa"',
    'session.turn > 2 ? answers.name == "x" : has(answers.name)',
  ])('but not where it did not: %s', (condition) => {
    expect(errorsOf(name + arms(condition))).toEqual(['flows/main.yaml:10:13 error maybe-absent']);
  });

  test('in the arms below one that asked', () => {
    const next =
      '    next:\n      - if: "!has(answers.name)"\n        then: end\n      - if: answers.name == "Léa"\n        then: end\n      - else: end\n';
    expect(errorsOf(name + next)).toEqual([]);
  });

  test('on the way on from a question without end, but not where it was given up', () => {
    const asked = '  - collect: name\n    type: name\n';
    const read =
      '  - branch: true\n    id: read\n    next:\n      - if: answers.name == "Léa"\n        then: end\n      - else: end\n';
    expect(errorsOf(asked + read)).toEqual([]);
    expect(errorsOf(`${asked}    attempts: 2\n${read}`)).toHaveLength(1);
    expect(errorsOf(`${asked}    attempts: 2\n    give_up: end\n${read}`)).toEqual([]);
  });

  test('for a value that was set on every path', () => {
    const set = '  - set: { session.round: "1" }\n';
    const more = '  - set: { session.round: "session.round + 1" }\n    next: end\n';
    expect(errorsOf(set + more.replace('- set', '- id: more\n    set'))).toEqual([]);
    expect(errorsOf(more)).toHaveLength(1);
  });

  test('for a field that the flow has just kept', () => {
    const keep =
      '  - collect: name\n    type: name\n    into: supporter.first_name\n    next:\n      - if: supporter.first_name == "Léa"\n        then: end\n      - else: end\n';
    expect(errorsOf(keep)).toEqual([]);
  });
});

describe('words know what is there', () => {
  test('a phrase may print an answer once it is surely given', () => {
    const steps = '  - collect: name\n    type: name\n  - say: hi\n    next: end\n';
    const words = 'name: { ask: N? }\nhi: "Hi {name}"\n';
    expect(linesOf(compileSteps(steps, words))).toEqual([]);
    const optional = steps.replace('type: name', 'type: name\n    optional: true');
    expect(linesOf(compileSteps(optional, words))).toEqual([
      'locales/en/main.yaml:2:5 error missing-none-branch',
    ]);
    const guarded = 'name: { ask: N? }\nhi: "Hi{name, select, none {} other { {name}}}"\n';
    expect(linesOf(compileSteps(optional, guarded))).toEqual([]);
  });

  test('the result of an action is named by its id and field', () => {
    const steps =
      '  - action: shift.offer\n    id: offer\n    give_up: end\n  - say: where\n    next: end\n';
    expect(linesOf(compileSteps(steps, 'where: "In {offer_town}"\n'))).toEqual([]);
    const through = steps.replace('    give_up: end\n', '');
    expect(linesOf(compileSteps(through, 'where: "In {offer_town}"\n'))).toEqual([
      'locales/en/main.yaml:1:8 error missing-none-branch',
    ]);
  });

  test('options that an action returned must have been returned', () => {
    const steps =
      '  - action: shift.offer\n    id: offer\n  - collect: shift\n    type: choice\n    options_from: offer\n    next: end\n';
    expect(linesOf(compileSteps(steps, 'shift: { ask: W? }\n'))).toEqual([
      'flows/main.yaml:10:19 error maybe-absent',
    ]);
    const safe = steps.replace('id: offer\n', 'id: offer\n    give_up: end\n');
    expect(linesOf(compileSteps(safe, 'shift: { ask: W? }\n'))).toEqual([]);
  });
});
