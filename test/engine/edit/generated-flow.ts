import fc from 'fast-check';
import type { FlowTexts } from '../../../src/engine/edit/flow-texts.js';

const NAMES = ['hello', 'agree', 'email', 'topics', 'town', 'thanks', 'goodbye', 'again', 'check'];
const GAPS = ['', '', '\n', '\n\n', '  # what comes next\n', '\n  # one\n  # two\n', '# far out\n'];
const ENDS = ['', '', '  # why', ' # {odd}: ["'];
const QUOTES = ['plain', 'single', 'double'] as const;

type Drawn = {
  readonly name: string;
  readonly kind: 'say' | 'collect' | 'branch' | 'wait' | 'set';
  readonly gap: string;
  readonly end: string;
  readonly next: 'none' | 'plain' | 'list';
  readonly to: readonly number[];
  readonly quotes: (typeof QUOTES)[number];
  readonly options: 'none' | 'brackets' | 'lines' | 'spread';
  readonly giveUp: boolean;
};

const drawn = (name: string): fc.Arbitrary<Drawn> =>
  fc.record({
    name: fc.constant(name),
    kind: fc.constantFrom('say', 'collect', 'collect', 'branch', 'wait', 'set'),
    gap: fc.constantFrom(...GAPS),
    end: fc.constantFrom(...ENDS),
    next: fc.constantFrom('none', 'plain', 'list'),
    to: fc.array(fc.nat(NAMES.length), { minLength: 3, maxLength: 3 }),
    quotes: fc.constantFrom(...QUOTES),
    options: fc.constantFrom('none', 'brackets', 'lines', 'spread'),
    giveUp: fc.boolean(),
  });

/** Flows as people write them: comments, blank lines, every way of quoting, lists in brackets and on lines. */
export const generatedFlow: fc.Arbitrary<FlowTexts> = fc
  .subarray(NAMES, { minLength: 2 })
  .chain((names) => fc.tuple(...names.map(drawn)))
  .map((steps) => ({
    flow: { path: 'flows/made.yaml', text: writeFlow(steps) },
    words: ['fr', 'en'].map((language) => ({
      path: `locales/${language}/made.yaml`,
      text: writeWords(steps, language),
    })),
  }));

function quoted(text: string, quotes: Drawn['quotes']): string {
  if (quotes === 'single') return `'${text.replaceAll("'", "''")}'`;
  return quotes === 'double' ? JSON.stringify(text) : text;
}

function writeFlow(steps: readonly Drawn[]): string {
  const names = steps.map(({ name }) => name);
  const nameAt = (at: number | undefined): string => names[(at ?? 0) % (names.length + 1)] ?? 'end';
  return [
    '# A flow that nobody runs.\ntitle: Made   # up\npurpose: service\n\nstarts_on:\n  - command: start\nsteps:\n',
    ...steps.map((step) => writeStep(step, nameAt)),
    '# the end\n',
  ].join('');
}

function writeStep(step: Drawn, nameAt: (at: number | undefined) => string): string {
  const { name, kind, gap, end, quotes } = step;
  const first = {
    say: `say: ${quoted(name, quotes)}${end}`,
    collect: `collect: ${quoted(name, quotes)}${end}\n    type: choice\n    ${writeOptions(step)}`,
    branch: `branch: true${end}\n    id: ${name}`,
    wait: `wait: 2d${end}\n    id: ${quoted(name, quotes)}`,
    set: `set: { session.${name}: "1 + 1" }${end}\n    id: ${name}`,
  }[kind];
  const up =
    kind === 'collect' && step.giveUp
      ? `\n    attempts: 3\n    give_up: ${nameAt(step.to[2])}`
      : '';
  return `${gap}  - ${first}${up}${writeNext(step, nameAt)}\n`;
}

function writeOptions({ options }: Drawn): string {
  switch (options) {
    case 'none':
      return 'options_from: shifts';
    case 'brackets':
      return 'options: [river, "health", schools]  # three';
    case 'spread':
      return 'options: [\n      river,\n      health, # and\n      schools ]';
    case 'lines':
      return "options:\n      - river\n      # then\n      - 'health'\n      - schools";
    default:
      return options satisfies never;
  }
}

function writeNext(
  { kind, next, to, quotes }: Drawn,
  nameAt: (at: number | undefined) => string,
): string {
  const [one, two] = to.map(nameAt);
  if (kind === 'branch' || next === 'list') {
    const when = quoted('answers.email == 1 && has(answers.agree)', quotes);
    return `\n    next:\n      - if: ${when}\n        then: ${one}\n      # otherwise\n      - else: ${two}`;
  }
  return next === 'plain' ? `\n    next: ${quoted(one ?? 'end', quotes)} # on` : '';
}

function writeWords(steps: readonly Drawn[], language: string): string {
  const lines = steps.flatMap(({ name, kind, quotes, options }) => {
    if (kind === 'say') return [`${name}: ${quoted(`Words of ${name} in ${language}`, quotes)}`];
    if (kind !== 'collect') return [];
    const labels =
      options === 'none'
        ? []
        : ['  options:', "    river: 'A'", '    health: B', '    schools: "C"'];
    return [
      `${name}:`,
      `  ask: ${quoted(`May we ask {email}`, quotes === 'plain' ? 'single' : quotes)}`,
      '  # once more',
      '  retry: Please',
      ...labels,
    ];
  });
  return `# words\n${lines.join('\n')}\n`;
}
