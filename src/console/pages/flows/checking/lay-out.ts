import { Graph, layout } from '@dagrejs/dagre';
import type { Box, Point } from './protocol.js';

/** Pixels between columns, and between what stands in one. */
const BETWEEN_COLUMNS = 72;
const BETWEEN_ROWS = 28;

/** Places boxes in columns from left to right, each after what leads to it; gives their upper left corners. */
export function layOut(boxes: readonly Box[]): readonly (readonly [id: string, at: Point])[] {
  const graph = new Graph<
    object,
    { width: number; height: number; x: number; y: number },
    object
  >();
  graph.setGraph({
    rankdir: 'LR',
    ranksep: BETWEEN_COLUMNS,
    nodesep: BETWEEN_ROWS,
    ranker: 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(boxes.map(({ id }) => id));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height, x: 0, y: 0 });
  for (const { id, leadsTo } of boxes) {
    for (const to of new Set(leadsTo)) if (known.has(to) && to !== id) graph.setEdge(id, to);
  }
  layout(graph);
  return boxes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id);
    return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
  });
}
