import { ask } from './ask.js';
import { placeOf } from './frames.js';
import { isBarred } from './silence.js';
import { sayCommon } from './say.js';
import type { Turn } from './turn.js';

/** Asks the open question again; while an action's result is awaited, asks for a moment. */
export function askOpen(turn: Turn): void {
  const frame = turn.frames.at(-1);
  if (frame === undefined) return;
  const place = placeOf(turn, frame);
  if (isBarred(turn, place?.flow)) return;
  if (place?.step.type === 'collect') ask(turn, frame, place.flow, place.step);
  else if (frame.awaits !== undefined) sayCommon(turn, 'busy');
}
