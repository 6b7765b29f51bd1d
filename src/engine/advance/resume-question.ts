import type { CollectStep, Flow, Library } from '../flow.js';
import type { Draft } from './turn.js';

/** The reserved flow of the words that all flows share. */
export const COMMON = 'common';

/** "Go on" or "begin again": asked of a `/start` in the middle, and of who comes back too late. */
const RESUME: CollectStep = {
  type: 'collect',
  id: 'resume',
  name: 'resume',
  answer: 'choice',
  options: { type: 'fixed', values: ['go_on', 'begin_again'] },
  optional: false,
  giveUp: { type: 'end' },
  next: [{ to: { type: 'end' } }],
  checkpoint: false,
};
const STEPS = [RESUME];
const BY_ID = new Map([[RESUME.id, RESUME]]);

/** The flow that asks it, in the words of `common.yaml`. */
export function resumeFlow(library: Library): Flow {
  return {
    name: COMMON,
    version: '',
    title: '',
    purpose: 'service',
    content: 'neutral',
    triggers: [],
    steps: STEPS,
    byId: BY_ID,
    words: library.common,
  };
}

/** A frame that asks it of what lies below. */
export function resumeFrame(): Draft {
  return { flow: COMMON, version: '', step: RESUME.id, answers: {}, over: 'digression' };
}
