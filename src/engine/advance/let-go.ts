import { placeOf } from './frames.js';
import type { Turn } from './turn.js';

/** Lets go of a question that was asked in passing, with its flow: it is not asked again. */
export function letGo(turn: Turn): void {
  if (isPassing(turn)) turn.frames.pop();
}

/** Whether the open question was asked in passing; a flow that was called has to come back, so its stay. */
export function isPassing(turn: Turn): boolean {
  const frame = turn.frames.at(-1);
  if (frame === undefined || frame.over === 'call') return false;
  const step = placeOf(turn, frame)?.step;
  return step?.type === 'collect' && step.passing === true;
}
