import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type NodeChange,
  type OnConnectEnd,
} from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import type { WayOut } from '../../../../engine/edit/ways.js';
import { Icon } from '../../../ui/icon.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import type { Deed } from '../editing.js';
import type { Places } from '../use-layout.js';
import { CARD_WIDTH, heightOf, type Card } from './draw-steps.js';
import { Adding, StepCard, type AskToAdd, type StepNode } from './step-card.js';
import { wayKey, wayOf } from './way-key.js';

export type CanvasProps = {
  readonly cards: readonly Card[];
  readonly places: Places;
  readonly selected: string | undefined;
  /** Steps that the simulator went through, in order, and where it stands. */
  readonly lit: readonly string[];
  readonly standing: string | undefined;
  readonly isWritable: boolean;
  act(deed: Deed): void;
  readonly askToAdd: AskToAdd;
};

const KINDS = { step: StepCard };

/** The smallest scale at which cards can be read, and the one at which a long flow begins. */
const LEAST_READABLE = 0.6;
const FIRST_ZOOM = 0.8;

/** A flow drawn, its steps to be chosen and joined. */
export const FlowCanvas = memo(function FlowCanvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  );
});

function Drawn(props: CanvasProps) {
  const { cards, places, selected, lit, standing, isWritable, act, askToAdd } = props;
  const words = useWords(editorWords);
  const flow = useReactFlow<StepNode>();
  /** Where cards were dragged to, until all is tidied up. */
  const moved = useRef(new Map<string, { x: number; y: number }>());
  const isShown = useRef(false);
  const [nodes, setNodes] = useState<StepNode[]>([]);

  useEffect(() => {
    setNodes((before) => place(before, props, moved.current));
    // The rest of what is drawn are functions and flags that change nothing here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [cards, places, selected, lit, standing]);

  const steps = useSteps(cards);
  const edges = useMemo(() => joinSteps(steps, lit), [steps, lit]);

  useEffect(() => {
    if (isShown.current || nodes.length === 0) return;
    isShown.current = true;
    const bounds = flow.getNodesBounds(nodes);
    const frame = document.querySelector('.flow-canvas')?.getBoundingClientRect();
    const [width = 1, height = 1] = [frame?.width, frame?.height];
    const zoom = Math.min((width - 80) / bounds.width, (height - 130) / bounds.height, 1);
    if (zoom >= LEAST_READABLE) void flow.fitView({ padding: 0.1, maxZoom: 1 });
    else {
      // What would be too small to read is shown from its beginning.
      const first = nodes[0]?.position ?? { x: 0, y: 0 };
      const y = Math.min(height / 2 - (first.y + 90) * FIRST_ZOOM, 90 - bounds.y * FIRST_ZOOM);
      const room = (height - bounds.height * FIRST_ZOOM) / 2 - bounds.y * FIRST_ZOOM;
      void flow.setViewport({
        x: 48 - first.x * FIRST_ZOOM,
        y: Math.max(y, room),
        zoom: FIRST_ZOOM,
      });
    }
  }, [flow, nodes]);

  // What is chosen elsewhere, in the list of problems or by the simulator, is brought into view.
  const wanted = standing ?? selected;
  useEffect(() => {
    const node = wanted === undefined ? undefined : flow.getNode(wanted);
    if (node === undefined) return;
    const { x, y, zoom } = flow.getViewport();
    const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
    const frame = document.querySelector('.flow-canvas')?.getBoundingClientRect();
    if (frame === undefined) return;
    const isSeen =
      left >= 0 &&
      top >= 0 &&
      left + CARD_WIDTH * zoom <= frame.width &&
      top + 80 * zoom <= frame.height;
    if (isSeen) return;
    const height = heightOf(node.data);
    void flow.setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + height / 2, {
      zoom: Math.max(zoom, 0.7),
      duration: 250,
    });
  }, [flow, wanted]);

  const change = useCallback((changes: NodeChange<StepNode>[]) => {
    const chosen = changes.find((one) => one.type === 'select' && one.selected);
    if (chosen?.type === 'select') act({ type: 'select', step: chosen.id });
    for (const one of changes) {
      if (one.type === 'position' && one.position !== undefined)
        moved.current.set(one.id, one.position);
    }
    setNodes((before) =>
      applyNodeChanges(
        changes.filter(({ type }) => type !== 'select'),
        before,
      ),
    );
  }, []);

  const endConnection: OnConnectEnd = (event, { fromNode, fromHandle, toNode }) => {
    const way = wayOf(fromHandle?.id ?? '');
    if (toNode !== null || fromNode === null || way === undefined) return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? touchOf(event) : event;
    askToAdd({ step: fromNode.id, way }, { x, y });
  };

  const connect = (source: string, handle: string | null | undefined, target: string): void => {
    const way = wayOf(handle ?? '');
    if (way !== undefined)
      act({
        type: 'operate',
        operation: { type: 'connect', from: { step: source, way }, to: target },
      });
  };

  return (
    <div className="flow-canvas">
      <Adding value={isWritable ? askToAdd : undefined}>
        <ReactFlow<StepNode>
          nodes={nodes}
          edges={edges}
          nodeTypes={KINDS}
          onNodesChange={change}
          onNodeClick={(_, { id }) => act({ type: 'select', step: id })}
          onPaneClick={() => act({ type: 'select' })}
          onConnect={({ source, sourceHandle, target }) => connect(source, sourceHandle, target)}
          onReconnect={(edge, { source, sourceHandle, target }) => {
            if (edge.source === source) connect(source, sourceHandle, target);
          }}
          onConnectEnd={endConnection}
          onBeforeDelete={async ({ nodes: gone, edges: cut }) => {
            remove(gone, cut, act);
            return false;
          }}
          nodesConnectable={isWritable}
          edgesReconnectable={isWritable}
          deleteKeyCode={isWritable ? ['Delete', 'Backspace'] : null}
          connectionRadius={28}
          minZoom={0.1}
          maxZoom={1.6}
          panOnScroll
          onlyRenderVisibleElements
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{ 'node.a11yDescription.default': words.selectStep }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
          {cards.length > 12 ? (
            <MiniMap pannable zoomable ariaLabel={null} className="flow-map" />
          ) : null}
        </ReactFlow>
      </Adding>
      <div className="canvas-tools" role="group" aria-label={words.graph}>
        <Tool label={words.zoomIn} icon="plus" press={() => void flow.zoomIn({ duration: 150 })} />
        <Tool
          label={words.zoomOut}
          icon="minus"
          press={() => void flow.zoomOut({ duration: 150 })}
        />
        <Tool
          label={words.fit}
          icon="fit"
          press={() => void flow.fitView({ padding: 0.1, duration: 250 })}
        />
        <Tool
          label={words.tidy}
          icon="tidy"
          press={() => {
            moved.current.clear();
            setNodes((before) => place(before, props, moved.current));
            void flow.fitView({ padding: 0.1, duration: 250 });
          }}
        />
      </div>
    </div>
  );
}

function Tool({
  label,
  icon,
  press,
}: {
  readonly label: string;
  readonly icon: 'plus' | 'minus' | 'fit' | 'tidy';
  press(): void;
}) {
  return (
    <button type="button" className="canvas-tool" aria-label={label} title={label} onClick={press}>
      <Icon name={icon} size={18} />
    </button>
  );
}

/** Nodes for the cards, those that show what they showed as they were. */
function place(
  before: readonly StepNode[],
  { cards, places, selected, lit, standing, isWritable }: CanvasProps,
  moved: ReadonlyMap<string, { x: number; y: number }>,
): StepNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const passed = new Set(lit);
  let last = { x: 0, y: 0 };
  return cards.map((card) => {
    const { id } = card.step;
    const old = known.get(id);
    const position = moved.get(id) ??
      places.get(id) ??
      old?.position ?? { x: last.x + 60, y: last.y + 60 };
    last = position;
    const isLit = passed.has(id);
    const isStanding = standing === id;
    const isSelected = selected === id;
    const isSame =
      old !== undefined &&
      old.data.step === card.step &&
      old.data.excerpt === card.excerpt &&
      old.data.errors === card.errors &&
      old.data.warnings === card.warnings &&
      old.data.isLit === isLit &&
      old.data.isStanding === isStanding &&
      old.selected === isSelected &&
      old.position.x === position.x &&
      old.position.y === position.y;
    if (isSame) return old;
    return {
      ...old,
      id,
      type: 'step',
      position,
      width: CARD_WIDTH,
      height: heightOf(card),
      selected: isSelected,
      deletable: isWritable,
      ariaLabel: card.step.id,
      data: { ...card, isLit, isStanding },
    };
  });
}

/** The steps of cards, the very same while none of them is another. */
function useSteps(cards: readonly Card[]): readonly DrawnStep[] {
  const last = useRef<readonly DrawnStep[]>([]);
  return useMemo(() => {
    const isSame =
      last.current.length === cards.length &&
      cards.every(({ step }, at) => step === last.current[at]);
    if (!isSame) last.current = cards.map(({ step }) => step);
    return last.current;
  }, [cards]);
}

/** Lines between steps; those that were gone through are lit. */
function joinSteps(steps: readonly DrawnStep[], lit: readonly string[]): Edge[] {
  const passed = new Set(lit.map((id, at) => `${lit[at - 1] ?? ''} ${id}`));
  return steps.flatMap((step) =>
    step.ways.flatMap(({ way, to, isWritten }): Edge[] => {
      if (to === undefined || to === 'end') return [];
      const look = [
        way.type === 'give_up' ? 'is-given-up' : '',
        passed.has(`${step.id} ${to}`) ? 'is-lit' : '',
      ];
      return [
        {
          id: `${step.id} ${wayKey(way)}`,
          source: step.id,
          sourceHandle: wayKey(way),
          target: to,
          type: 'default',
          className: look.join(' '),
          deletable: isWritten,
          focusable: false,
        },
      ];
    }),
  );
}

function remove(gone: readonly StepNode[], cut: readonly Edge[], act: (deed: Deed) => void): void {
  const [step] = gone;
  if (step !== undefined) {
    act({ type: 'operate', operation: { type: 'remove_step', step: step.id } });
    return;
  }
  for (const { source, sourceHandle } of cut) {
    const way = wayOf(sourceHandle ?? '');
    const from: WayOut | undefined = way === undefined ? undefined : { step: source, way };
    if (from !== undefined) act({ type: 'operate', operation: { type: 'connect', from } });
  }
}

function touchOf(event: TouchEvent): { clientX: number; clientY: number } {
  return event.changedTouches[0] ?? { clientX: 0, clientY: 0 };
}
