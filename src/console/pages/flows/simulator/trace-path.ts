import type { FlowGraph } from '../../../../engine/edit/flow-graph.js';
import type { Played } from '../checking/protocol.js';

/** The longest way between two steps that said or did something that is looked for. */
const FURTHEST = 40;

/**
 * The steps of a flow that a conversation went through, in order: those that said something or acted, those
 * between them that left no trace, and where it stands.
 */
export function tracePath(
  { steps }: FlowGraph,
  flow: string,
  { moves, standing }: Played,
): readonly string[] {
  const stand = standing.findLast((frame) => frame.flow === flow)?.step;
  const valueOf = new Map(steps.map(({ id, value }) => [id, value]));
  const path: string[] = [];
  const wayTo = (isWanted: (id: string) => boolean): readonly string[] => {
    const from = path.at(-1);
    if (from === undefined) return between(steps, steps[0]?.id ?? '', isWanted, true);
    return isWanted(from) ? [] : between(steps, from, isWanted, false);
  };
  for (const { said, done } of moves) {
    const spoken = said.flatMap((line) => (line.flow === flow ? [stemOf(line.key)] : []));
    const acted = [...done];
    // What was said and what was done are told apart; the nearer of both came first.
    while (spoken.length + acted.length > 0) {
      const [line, action] = [spoken[0], acted[0]];
      const toLine = line === undefined ? undefined : wayTo((id) => valueOf.get(id) === line);
      const toAction = action === undefined ? undefined : wayTo((id) => valueOf.get(id) === action);
      const isAction =
        toAction !== undefined && (toLine === undefined || toAction.length <= toLine.length);
      path.push(...((isAction ? toAction : toLine) ?? []));
      if (isAction) acted.shift();
      else spoken.shift();
    }
  }
  if (stand !== undefined) path.push(...wayTo((id) => id === stand));
  return path;
}

function stemOf(key: string): string {
  return key.split('.')[0] ?? key;
}

/** The shortest way from a step to a wanted one, without the step itself unless it is `included`. */
function between(
  steps: FlowGraph['steps'],
  from: string,
  isWanted: (id: string) => boolean,
  included: boolean,
): readonly string[] {
  if (included && isWanted(from)) return [from];
  const ways = new Map(
    steps.map(({ id, ways: out }) => [id, out.flatMap(({ to }) => (to === undefined ? [] : [to]))]),
  );
  const before = new Map<string, string | undefined>([[from, undefined]]);
  let edge = [from];
  for (let depth = 0; depth < FURTHEST && edge.length > 0; depth += 1) {
    const next: string[] = [];
    for (const id of edge) {
      for (const to of ways.get(id) ?? []) {
        if (before.has(to)) continue;
        before.set(to, id);
        if (isWanted(to)) return unwind(before, to, from, included);
        next.push(to);
      }
    }
    edge = next;
  }
  const far = steps.find(({ id }) => isWanted(id));
  return far === undefined ? [] : [far.id];
}

function unwind(
  before: ReadonlyMap<string, string | undefined>,
  to: string,
  from: string,
  included: boolean,
): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = to; at !== undefined && at !== from; at = before.get(at))
    way.unshift(at);
  return included ? [from, ...way] : way;
}
