import type { Content } from '../engine/calendar/permit.js';
import type { Effect } from '../engine/effect.js';
import type { Library } from '../engine/flow.js';

const STRICTEST: readonly Content[] = ['campaign', 'neutral', 'service'];

/** Whether what a flow says campaigns; the words that all flows share never do. */
export function contentOf(library: Library, flow: string): Content {
  if (flow === 'common') return 'service';
  const found = library.flow(flow);
  if (found === undefined) return 'campaign';
  return found.purpose === 'service' ? 'service' : found.content;
}

/** That of a whole turn, whose words may go out as one message: the strictest of what it says. */
export function contentOfAll(library: Library, effects: readonly Effect[]): Content {
  const contents = new Set(
    effects.flatMap((effect) => (effect.type === 'say' ? [contentOf(library, effect.flow)] : [])),
  );
  return STRICTEST.find((content) => contents.has(content)) ?? 'service';
}
