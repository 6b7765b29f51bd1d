import { expect, test } from '@jest/globals';
import { createLibrary } from '../../src/engine/library.js';
import { compileSteps } from './sources.js';

const HEAD =
  'title: M\npurpose: service\nstarts_on:\n  - command: start\n  - intent: greet\n  - keyword: [Bonjour !]\n';
const compiled = compileSteps('  - say: a\n    next: end\n', 'a: A\n', { head: HEAD });
const flow = compiled.flows.get('main');

test('finds the newest version, and asks for an older one only once', () => {
  if (flow === undefined) throw new Error('no flow');
  const old = { ...flow, version: '00000000' };
  const asked: string[] = [];
  const library = createLibrary({
    ...compiled,
    flows: [flow],
    older: (name, version) => {
      asked.push(`${name} ${version}`);
      return version === old.version ? old : undefined;
    },
  });
  expect(library.flow('main')).toBe(flow);
  expect(library.flow('main', flow.version)).toBe(flow);
  expect(library.flow('main', '00000000')).toBe(old);
  expect(library.flow('main', '00000000')).toBe(old);
  expect(asked).toEqual(['main 00000000']);
  expect(library.flow('main', '11111111')).toBeUndefined();
  expect(library.flow('gone')).toBeUndefined();
});

test('finds what a trigger starts, keywords whatever their case and accents', () => {
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  expect(library.startedBy({ type: 'command', command: 'start' })).toBe('main');
  expect(library.startedBy({ type: 'command', command: 'START' })).toBe('main');
  expect(library.startedBy({ type: 'intent', intent: 'greet' })).toBe('main');
  expect(library.startedBy({ type: 'keyword', keyword: 'BÖNJOUR' })).toBe('main');
  expect(library.startedBy({ type: 'keyword', keyword: 'start' })).toBeUndefined();
  expect(library.startedBy({ type: 'command', command: 'stop' })).toBeUndefined();
});
