import type { Flow, Step, Target } from './flow.js';

/**
 * Draws a flow as a Mermaid flowchart: one node a step, the condition on each arm, and dotted lines
 * for questions and results that are given up.
 */
export function drawDiagram(flow: Flow): string {
  const names = new Map(flow.steps.map((step, index) => [step.id, `s${index}`]));
  const to = (target: Target): string =>
    target.type === 'end' ? 'finish' : (names.get(target.id) ?? 'finish');
  const lines = ['flowchart TD', `  start([${quote(flow.title)}])`];
  const edges: string[] = [];
  const [first] = flow.steps;
  edges.push(`  start --> ${first === undefined ? 'finish' : 's0'}`);
  for (const [index, step] of flow.steps.entries()) {
    const name = `s${index}`;
    lines.push(`  ${name}${drawNode(step)}`);
    const several = step.next.length > 1;
    for (const { when, to: target } of step.next) {
      const otherwise = several ? 'otherwise' : '';
      const label = when?.source ?? otherwise;
      edges.push(`  ${name} -->${label === '' ? '' : `|${quote(label)}|`} ${to(target)}`);
    }
    const surrender = givenUp(step);
    if (surrender !== undefined) {
      edges.push(`  ${name} -.->|${quote(surrender.label)}| ${to(surrender.target)}`);
    }
  }
  if (edges.some((edge) => edge.endsWith(' finish'))) lines.push('  finish([end])');
  return [...lines, ...edges, ''].join('\n');
}

function drawNode(step: Step): string {
  switch (step.type) {
    case 'say':
      return `[${quote(step.words)}]`;
    case 'collect':
      return `[/${quote(`${step.name} (${step.answer})`)}/]`;
    case 'set':
      return `[${quote(step.values.map(({ path, value }) => `${path} = ${value.source}`).join(', '))}]`;
    case 'action':
      return `{{${quote(step.action)}}}`;
    case 'call':
      return `[[${quote(step.flow)}]]`;
    case 'link':
      return `([${quote(`go to ${step.flow}`)}])`;
    case 'branch':
      return `{${quote(step.id)}}`;
    case 'wait': {
      const { wait } = step;
      const until =
        wait.type === 'span' ? `wait ${spanText(wait.ms)}` : `wait until ${wait.instant.source}`;
      return `(${quote(until)})`;
    }
    default:
      return step satisfies never;
  }
}

function givenUp(step: Step): { readonly label: string; readonly target: Target } | undefined {
  if (step.type === 'collect' && step.attempts !== undefined) {
    return { label: `after ${step.attempts} refused`, target: step.giveUp };
  }
  if (step.type === 'action' && step.awaited) return { label: 'no result', target: step.giveUp };
  return undefined;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

function spanText(ms: number): string {
  let left = ms;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** Mermaid reads `#quot;` inside quotes as a quotation mark. */
function quote(text: string): string {
  return `"${text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replace(/\s+/g, ' ')}"`;
}
