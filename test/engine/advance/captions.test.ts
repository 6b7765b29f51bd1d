import { expect, test } from '@jest/globals';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate } from '../../../src/engine/simulate.js';
import { compileSteps } from '../sources.js';
import { NOON } from '../talk.js';

const STEPS = `  - collect: story
    type: text
  - collect: photo
    type: media
  - say: thanks
    next: end
`;
const WORDS =
  "story: { ask: Tell., retry: What? }\nphoto: { ask: Show., retry: What? }\nthanks: 'Thanks.'\n";

const { problems: _, ...sound } = compileSteps(STEPS, WORDS);
const library = createLibrary({ ...sound, flows: sound.flows.values() });

test('a photo with a caption answers a question for words, and one for a photo', () => {
  const files = [{ media: 'photo', id: 'p' }] as const;
  const captioned = { type: 'said', text: 'the pothole', files } as const;
  let { simulation } = simulate(library, createSimulation('en', NOON, 'web'), { type: 'opened' });
  ({ simulation } = simulate(library, simulation, captioned));
  expect(simulation.session.frames).toMatchObject([
    { step: 'photo', answers: { story: 'the pothole' } },
  ]);
  const { effects } = simulate(library, simulation, captioned);
  expect(effects).toMatchObject([{ key: 'thanks' }]);
});
