import { describe, expect, test } from '@jest/globals';
import { readCanvass, USUAL_WEIGHTS } from '../../../src/engine/parse/canvass.js';
import { createReport } from '../../../src/engine/parse/report.js';
import { readYaml } from '../../../src/engine/yaml.js';

function read(text: string) {
  const report = createReport();
  const { root } = readYaml({ path: 'campaign.yaml', text });
  const rules = root === undefined ? undefined : readCanvass(root, report);
  return {
    rules,
    problems: report.problems.map(({ line, code, message }) => `${line} ${code} ${message}`),
  };
}

describe('how areas are ranked', () => {
  test('is read with the usual weights where a campaign says none', () => {
    expect(read('own: [Ours, UG]\n')).toEqual({
      rules: { own: ['Ours', 'UG'], near: [], weights: USUAL_WEIGHTS },
      problems: [],
    });
    expect(
      read('own: [Ours]\nnear: [Theirs]\nweights: { income: -2, density: 0.5 }').rules,
    ).toEqual({
      own: ['Ours'],
      near: ['Theirs'],
      weights: { ...USUAL_WEIGHTS, income: -2, density: 0.5 },
    });
  });

  test.each([
    ['near: [x]', /^1 missing-key .*add `own:`/],
    ['own: Ours', /^1 wrong-type "own" must be a list/],
    ['own: [Ours]\nweight: {}', /^2 unknown-key .*did you mean "weights"/],
    ['own: [Ours]\nweights: { mobilization: 1 }', /^2 unknown-key .*did you mean "mobilisation"/],
    [
      'own: [Ours]\nweights: { density: -1 }',
      /^2 wrong-type the weight "density" must be between 0 and 10/,
    ],
    [
      'own: [Ours]\nweights: { income: -11 }',
      /^2 wrong-type the weight "income" must be between -10 and 10/,
    ],
    ['own: [Ours]\nweights: { density: much }', /^2 wrong-type "density" must be a number/],
    [
      'own: [Ours]\nweights: { mobilisation: 0, persuasion: 0, density: 0, unvisited: 0 }',
      /^2 wrong-type every weight is 0/,
    ],
  ])('is refused at its place with the cure: %j', (text, problem) => {
    expect(read(text).problems.some((told) => problem.test(told))).toBe(true);
  });
});
