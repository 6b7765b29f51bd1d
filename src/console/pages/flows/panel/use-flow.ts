import { createContext, useContext } from 'react';
import type { FlowGraph } from '../../../../engine/edit/flow-graph.js';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { Operation } from '../../../../engine/edit/operation.js';
import type { Problem } from '../../../../engine/problem.js';
import type { FlowSurroundings } from '../../../../staff/api.js';

/** What the parts of the editor know of the flow, and how they change it. */
export type FlowAtHand = {
  readonly name: string;
  readonly texts: FlowTexts;
  readonly graph: FlowGraph;
  /** Phrases by language, then by key. */
  readonly phrases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly problems: readonly Problem[];
  readonly surroundings: FlowSurroundings;
  readonly isWritable: boolean;
  /** `joins`: what is typed in one go is undone in one go. */
  operate(operation: Operation, joins?: boolean): void;
  showInText(problem: Problem): void;
};

const AtHand = createContext<FlowAtHand | undefined>(undefined);
export const FlowProvider = AtHand.Provider;

/** The flow being edited; only within the editor. */
export function useFlow(): FlowAtHand {
  const flow = useContext(AtHand);
  if (flow === undefined) throw new Error('No flow is being edited here.');
  return flow;
}
