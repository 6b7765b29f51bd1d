import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import type { PlacedProblems } from '../../../engine/edit/place-problems.js';
import type { PublishOutcome } from '../../../staff/api.js';
import type { EngineBeside } from './checking/ask-engine.js';
import type { Played } from './checking/protocol.js';
import type { Side } from './editor-bar.js';
import { HeadPanel } from './panel/head-panel.js';
import { ProblemsPanel } from './panel/problems-panel.js';
import { StepPanel } from './panel/step-panel.js';
import { useFlow } from './panel/use-flow.js';
import { FunnelPanel } from './publishing/funnel-panel.js';
import { HistoryPanel } from './publishing/history-panel.js';
import { SimulatorPanel } from './simulator/simulator-panel.js';

/** What stands beside a flow. */
export function EditorSide({
  side,
  selected,
  placed,
  engine,
  canEdit,
  mayPublish,
  select,
  leaveStep,
  follow,
  take,
  rolledBack,
  close,
}: {
  readonly side: Side;
  readonly selected: string | undefined;
  readonly placed: PlacedProblems;
  readonly engine: EngineBeside | undefined;
  readonly canEdit: boolean;
  readonly mayPublish: boolean;
  select(step: string): void;
  leaveStep(): void;
  follow(played: Played | undefined): void;
  take(texts: FlowTexts): void;
  rolledBack(outcome: PublishOutcome): void;
  close(): void;
}) {
  const { name, texts, graph, problems, surroundings } = useFlow();
  const step = graph.steps.find(({ id }) => id === selected);
  switch (side) {
    case 'step':
      return step === undefined ? (
        <HeadPanel problems={placed.others} />
      ) : (
        <StepPanel
          key={step.id}
          step={step}
          problems={placed.bySteps.get(step.id) ?? []}
          close={leaveStep}
        />
      );
    case 'simulator':
      return (
        <SimulatorPanel
          engine={engine}
          name={name}
          texts={texts}
          surroundings={surroundings}
          startsAtOnce={/^\s*- command: ['"]?\/?start\b/m.test(texts.flow.text)}
          isWritable={canEdit}
          follow={follow}
          close={close}
        />
      );
    case 'history':
      return (
        <HistoryPanel
          name={name}
          mayWrite={canEdit}
          mayPublish={mayPublish}
          take={take}
          rolledBack={rolledBack}
          close={close}
        />
      );
    case 'funnel':
      return (
        <FunnelPanel
          name={name}
          order={graph.steps.map(({ value }) => value)}
          select={(value) => {
            const found = graph.steps.find((one) => one.value === value);
            if (found !== undefined) select(found.id);
          }}
          close={close}
        />
      );
    case 'problems':
      return <ProblemsPanel problems={problems} close={close} />;
    default:
      return side satisfies never;
  }
}
