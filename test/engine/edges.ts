import type { Arm, Flow, Library, Step } from '../../src/engine/flow.js';

/** Everything that can happen at the steps of a flow, one name each: `welcome.email gives up`. */
export function edgesOf(flow: Flow): string[] {
  return flow.steps.flatMap((step) => {
    const at = `${flow.name}.${step.id}`;
    return [...armNames(step), ...outcomes(step)].map((outcome) => `${at} ${outcome}`);
  });
}

/** The same library, which tells each edge that a conversation walks. */
export function watched(library: Library, walked: (edge: string) => void): Library {
  const flows = new Map<string, Flow>();
  return {
    ...library,
    flow: (name, version) => {
      const flow = library.flow(name, version);
      if (flow === undefined) return undefined;
      const known = flows.get(name) ?? watchedFlow(flow, walked);
      flows.set(name, known);
      return known;
    },
  };
}

/** The edges that only words tell: a key `welcome.email.retry` is a refusal at that step. */
export function refusalsIn(
  flows: Iterable<Flow>,
  said: readonly { readonly flow: string; readonly key: string }[],
): string[] {
  return [...flows].flatMap((flow) =>
    flow.steps.flatMap((step) => {
      if (step.type !== 'collect') return [];
      const refused = said.some(
        (say) => say.flow === flow.name && say.key.startsWith(`${step.name}.retry`),
      );
      return refused ? [`${flow.name}.${step.id} refuses`] : [];
    }),
  );
}

function armNames(step: Step): string[] {
  return step.next.map(({ to }) => `goes to ${to.type === 'end' ? 'end' : to.id}`);
}

function outcomes(step: Step): string[] {
  switch (step.type) {
    case 'collect':
      return [
        'refuses',
        ...(step.answer === 'yes_no' ? ['hears yes', 'hears no'] : ['hears an answer']),
        ...(step.optional ? ['is skipped'] : []),
        ...(step.attempts === undefined ? [] : ['gives up']),
      ];
    case 'action':
      return step.awaited ? ['gives up'] : [];
    case 'link':
      return ['links'];
    case 'say':
    case 'set':
    case 'call':
    case 'branch':
    case 'wait':
      return [];
    default:
      return step satisfies never;
  }
}

function watchedFlow(flow: Flow, walked: (edge: string) => void): Flow {
  const steps = flow.steps.map((step) => watchedStep(flow.name, step, walked));
  return { ...flow, steps, byId: new Map(steps.map((step) => [step.id, step])) };
}

function watchedStep(flow: string, step: Step, walked: (edge: string) => void): Step {
  const tell = (outcome: string): void => walked(`${flow}.${step.id} ${outcome}`);
  const next = step.next.map((arm, index) =>
    watchedArm(step, arm, armNames(step)[index] ?? '', tell),
  );
  switch (step.type) {
    case 'collect':
    case 'action': {
      const { giveUp } = step;
      return Object.defineProperty({ ...step, next }, 'giveUp', {
        get: () => {
          tell('gives up');
          return giveUp;
        },
      });
    }
    case 'link': {
      const target = step.flow;
      return Object.defineProperty({ ...step, next }, 'flow', {
        get: () => {
          tell('links');
          return target;
        },
      });
    }
    case 'say':
    case 'set':
    case 'call':
    case 'branch':
    case 'wait':
      return { ...step, next };
    default:
      return step satisfies never;
  }
}

function watchedArm(
  step: Step,
  { when, to }: Arm,
  name: string,
  tell: (outcome: string) => void,
): Arm {
  return {
    to,
    when: {
      source: when?.source ?? 'true',
      test: (scope) => {
        const holds = when === undefined || when.test(scope);
        if (holds) tell(name);
        if (holds && step.type === 'collect') tell(heard(scope.answers[step.name]));
        return holds;
      },
    },
  };
}

function heard(answer: unknown): string {
  if (answer === undefined) return 'is skipped';
  if (typeof answer === 'boolean') return answer ? 'hears yes' : 'hears no';
  return 'hears an answer';
}
