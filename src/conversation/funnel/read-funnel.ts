import type { KeptTurns } from './kept-turns.js';
import { measureFunnel, type FlowFunnel } from './measure-funnel.js';

/** A funnel, and since when it counts: later than asked where more turns were kept than are read. */
export type ReadFunnel = FlowFunnel & { readonly since: Date };

/** Measures how supporters went through a flow since an instant; pure. */
export function readFunnel({ turns, since }: KeptTurns, flow: string, from: Date): ReadFunnel {
  const lately = turns.filter(({ at }) => at >= from);
  return { ...measureFunnel(flow, lately), since: since > from ? since : from };
}
