import { describe, expect, test } from '@jest/globals';
import { compareSteps, type StepChange, type Written } from '../../src/engine/compare-flows.js';
import { compileSteps } from './sources.js';

const STEPS = `  - say: hello
  - collect: mood
    type: choice
    options: [good, bad]
    next: [{ if: answers.mood == "good", then: glad }, { else: end }]
  - set: { session.round: '1 + 1' }
    id: glad
  - say: bye
    next: end
`;
const WORDS = `hello: Hello
mood: { ask: How are you?, options: { good: Good, bad: Bad } }
mood_of_today: Fine
bye: Bye
`;

function write(steps: string, words: string): Written {
  const flow = compileSteps(steps, words).flows.get('main');
  if (flow === undefined) throw new Error('It is faulty.');
  return { flow, words: [{ path: 'locales/en/main.yaml', text: words }] };
}

function compare(steps: string, words: string): Record<string, StepChange> {
  const before = write(STEPS, WORDS.replace(/mood_of.*\n/, ''));
  return Object.fromEntries(compareSteps(before, write(steps, words)));
}

const same = { hello: 'same', mood: 'same', glad: 'same', bye: 'same' };
const words = WORDS.replace(/mood_of.*\n/, '');

describe('steps of two versions', () => {
  test('are the same when only comments and places differ', () => {
    expect(compare(`  # A comment.\n${STEPS}`, `# Another.\n${words}`)).toEqual(same);
  });

  test('are reworded when only their words differ, in any variant', () => {
    expect(compare(STEPS, words.replace('Hello', 'Hi'))).toEqual({ ...same, hello: 'reworded' });
    expect(compare(STEPS, words.replace('Bad', 'Awful'))).toEqual({ ...same, mood: 'reworded' });
  });

  test('are not reworded by words of a step whose name begins like theirs', () => {
    const more = `${STEPS.replace('    next: end\n', '')}  - say: mood_of_today\n    next: end\n`;
    expect(compare(more, WORDS)).toEqual({ ...same, bye: 'changed' });
  });

  test('are changed when they do something else, or go elsewhere', () => {
    expect(compare(STEPS.replace('"good"', '"bad"'), words)).toEqual({ ...same, mood: 'changed' });
    expect(compare(STEPS.replace('1 + 1', '1 + 2'), words)).toEqual({ ...same, glad: 'changed' });
    // A step more in between: the one above goes to it.
    const between = STEPS.replace('  - say: bye', '  - say: hello\n    id: again\n  - say: bye');
    expect(compare(between, words)).toEqual({ ...same, glad: 'changed' });
  });

  test('have vanished when none has their name', () => {
    const without = STEPS.replace(/ {2}- set:[^]*?glad\n/, '').replace('then: glad', 'then: bye');
    expect(compare(without, words)).toEqual({ ...same, mood: 'changed', glad: 'vanished' });
  });
});
