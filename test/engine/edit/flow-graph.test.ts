import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ACTIONS as DECLARED } from '../../../src/actions.js';
import { compile } from '../../../src/engine/compile.js';
import { readFlowGraph } from '../../../src/engine/edit/flow-graph.js';
import { placeProblems } from '../../../src/engine/edit/place-problems.js';
import { compileSample } from '../sample-library.js';
import { sourcesOf } from '../sources.js';

const ACTIONS = new Map(DECLARED.map((action) => [action.name, action]));
const flows = path.join(__dirname, '../../../flows');

function draw(text: string): ReturnType<typeof readFlowGraph> {
  return readFlowGraph({ path: 'flows/main.yaml', text }, ACTIONS);
}

describe('a flow as a graph', () => {
  test('has the steps and ways of every sample flow that the engine has', () => {
    const { library } = compileSample();
    for (const name of readdirSync(flows)) {
      const flow = library.flow(name.replace('.yaml', ''));
      if (flow === undefined) continue;
      const text = readFileSync(path.join(flows, name), 'utf8');
      const { steps, isBroken } = draw(text);
      expect(isBroken).toBe(false);
      expect(steps.map(({ id }) => id)).toEqual(flow.steps.map(({ id }) => id));
      for (const [index, step] of flow.steps.entries()) {
        const arms = steps[index]?.ways.filter(({ way }) => way.type !== 'give_up') ?? [];
        expect(arms.map(({ to }) => to)).toEqual(
          step.next.map(({ to }) => (to.type === 'end' ? 'end' : to.id)),
        );
        expect(arms.map(({ when }) => when)).toEqual(step.next.map(({ when }) => when?.source));
      }
    }
  });

  test('says which ways are written, and which are the step below', () => {
    const { steps } = draw(
      'steps:\n  - say: a\n  - collect: b\n    type: text\n    attempts: 2\n    next:\n      - if: answers.b == "x"\n        then: a\n      - else: c\n  - say: c\n',
    );
    expect(steps.map(({ ways }) => ways)).toEqual([
      [{ way: { type: 'next' }, to: 'b', isWritten: false }],
      [
        { way: { type: 'arm', arm: 0 }, when: 'answers.b == "x"', to: 'a', isWritten: true },
        { way: { type: 'arm', arm: 1 }, to: 'c', isWritten: true },
        { way: { type: 'give_up' }, to: 'c', isWritten: false },
      ],
      [{ way: { type: 'next' }, isWritten: false }],
    ]);
  });

  test('is drawn as far as it can be read', () => {
    const broken = draw(
      'title: A\nsteps:\n  - say: a\n  - collect: [\n  - say: c\n    next: end\n',
    );
    expect(broken.isBroken).toBe(true);
    expect(broken.steps.map(({ id }) => id)).toContain('a');
    expect(draw('').steps).toEqual([]);
    expect(draw('steps:\n  - 12\n  - dance: x\n').steps.map(({ kind }) => kind)).toEqual([
      'broken',
      'broken',
    ]);
  });
});

describe('the problems of a flow', () => {
  test('are placed at the steps that they are about, in the flow and in its words', () => {
    const text =
      'title: A\npurpose: service\nstarts_on:\n  - command: start\nsteps:\n  - say: hello\n  - collect: town\n    type: txt\n    next: nowhere\n  - say: bye\n    next: end\n';
    const words = "hello: 'Hi {nobody}'\ntown:\n  ask: Where\n  retry: Again\nspare: Never said\n";
    const sources = sourcesOf({ flows: { main: text }, locales: { 'en/main': words } });
    const { problems } = compile(sources, DECLARED);
    const texts = {
      flow: { path: 'flows/main.yaml', text },
      words: [{ path: 'locales/en/main.yaml', text: words }],
    };
    const { bySteps, others } = placeProblems(draw(text), texts, problems);
    const codes = [...bySteps].map(([id, found]) => [id, found.map(({ code }) => code)]);
    expect(Object.fromEntries(codes)).toEqual({
      hello: ['unknown-icu-argument'],
      town: ['unknown-type', 'unknown-step'],
      bye: ['unreachable-step', 'missing-translation'],
    });
    expect(others.map(({ code }) => code)).toEqual(['extra-translation']);
  });
});
