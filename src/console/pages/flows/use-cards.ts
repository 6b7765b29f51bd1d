import { useMemo, useRef } from 'react';
import type { FlowGraph } from '../../../engine/edit/flow-graph.js';
import type { PlacedProblems } from '../../../engine/edit/place-problems.js';
import { drawCards, type Card } from './canvas/draw-steps.js';

const NO_PHRASES: ReadonlyMap<string, string> = new Map();

/**
 * The cards of a flow, of which those that show what they showed are the very same; while the diagram is
 * not looked at, they stay as they were.
 */
export function useCards(
  graph: FlowGraph,
  phrases: ReadonlyMap<string, string> = NO_PHRASES,
  { bySteps }: PlacedProblems,
  isSeen: boolean,
): readonly Card[] {
  const before = useRef<readonly Card[]>([]);
  return useMemo(() => {
    if (isSeen) before.current = drawCards(graph, phrases, bySteps, before.current);
    return before.current;
  }, [graph, phrases, bySteps, isSeen]);
}
