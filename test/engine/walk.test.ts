import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../src/actions.js';
import { createChance } from './chance.js';
import { compileFixtures, compileFolder } from './fixture-library.js';
import { walk } from './walk.js';

const WALKS = 40;
const EVENTS = 60;

describe.each([
  ['the sample flows', compileFolder(join(__dirname, '..', '..', 'flows'), ACTIONS)],
  ['the fixture flows', compileFixtures()],
])('%s', (_, { flows, library, rules }) => {
  test.each([...flows.keys()])('%s goes on, whatever happens', (name) => {
    const ends = Array.from({ length: WALKS }, (__, seed) =>
      walk(library, rules, name, EVENTS, createChance(seed)),
    );
    // Not all walks may end at once: then nothing was walked.
    expect(Math.max(...ends.map(({ turn }) => turn))).toBeGreaterThan(EVENTS / 3);
  });
});
