import type { YamlMap, YamlNode } from '../yaml.js';
import type { DraftArm, DraftTarget } from './draft.js';
import { checkKeys, describe, readText } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** Where a step goes on, as far as it could be read; `open` when some way of it could not. */
export type NextReading = { readonly arms?: readonly DraftArm[]; readonly open: boolean };

const LINES = say`a list of \`- if: …\` with \`then: …\`, closed by \`- else: …\``;

/** Reads where a step goes on: a step's id or `end`. */
export function readTarget(node: YamlNode, key: string, report: Report): DraftTarget | undefined {
  if (node.type !== 'scalar' || node.text.trim() === '') {
    report.error(
      node.place(),
      'wrong-type',
      say`"${key}" must be the name of a step, or \`end\`; it is ${describe(node)}`,
    );
    return undefined;
  }
  const { text } = node;
  return { to: text === 'end' ? { type: 'end' } : { type: 'step', id: text }, place: node.place() };
}

/** Reads `next`: a step, `end`, or a list of `if`/`then` closed by `else`. */
export function readNext(node: YamlNode, report: Report): NextReading {
  if (node.type === 'map') {
    report.error(node.place(), 'wrong-type', say`"next" must be a step, \`end\`, or ${LINES}`);
    return { open: true };
  }
  if (node.type === 'scalar') {
    const target = readTarget(node, 'next', report);
    return target === undefined ? { open: true } : { arms: [{ target }], open: false };
  }
  const arms: DraftArm[] = [];
  let closed = false;
  let open = false;
  for (const item of node.items) {
    if (item.type !== 'map') {
      report.error(item.place(), 'wrong-type', say`"next" must be ${LINES}; this line is neither`);
      open = true;
      continue;
    }
    if (closed) {
      report.error(
        item.place(),
        'misplaced-else',
        say`nothing is read after \`else\`; put \`else\` last in "next"`,
      );
      continue;
    }
    const read = readLine(item, report);
    arms.push(...read.arms);
    open ||= read.open;
    closed = read.closes;
  }
  if (!closed && !open) {
    report.error(
      node.place(),
      'missing-else',
      say`"next" does not say where to go when no \`if\` holds; close the list with \`- else: …\``,
    );
  }
  return arms.length === 0 ? { open: true } : { arms, open };
}

type LineReading = {
  readonly arms: readonly DraftArm[];
  readonly open: boolean;
  /** Whether it is the `else` that closes the list. */
  readonly closes: boolean;
};

function readLine(written: YamlMap, report: Report): LineReading {
  const stray = written.entries.find(({ key }) => /^else\s/.test(key));
  if (stray !== undefined) {
    report.error(
      stray.keyPlace(),
      'unknown-key',
      say`write "${stray.key}" as \`- if: …\` with \`then: …\`; only the last line is an \`else\``,
    );
    return { ...armTo(written, 'then', report), closes: false };
  }
  const map = checkKeys(written, ['if', 'then', 'else'], say`a line of "next"`, report);
  const otherwise = map.entry('else');
  const condition = map.get('if');
  if (otherwise !== undefined && condition === undefined && map.get('then') === undefined) {
    const { arms, open } = armTo(map, 'else', report);
    return { arms: arms.map(({ target }) => ({ target })), open, closes: true };
  }
  if (otherwise !== undefined) {
    report.error(
      otherwise.keyPlace(),
      'misplaced-else',
      say`\`else\` must be a line of its own; write it below this one as \`- else: …\``,
    );
  }
  if (condition === undefined || map.get('then') === undefined) {
    const missing = condition === undefined ? 'if' : 'then';
    report.error(
      map.place(),
      'missing-key',
      say`this line of "next" has no \`${missing}\`; write \`- if: …\` with \`then: …\`, or \`- else: …\``,
    );
  }
  const when = condition === undefined ? undefined : readCel(condition, 'if', report);
  const { arms, open } = armTo(map, 'then', report);
  const last = otherwise === undefined ? undefined : armTo(map, 'else', report);
  return {
    arms: [
      ...arms.map((arm) => (when === undefined ? arm : { target: arm.target, when })),
      ...(last?.arms.map(({ target }) => ({ target })) ?? []),
    ],
    open: open || last?.open === true,
    closes: otherwise !== undefined,
  };
}

/** The way on that a key of a line names, with a condition that is not known. */
function armTo(
  map: YamlMap,
  key: 'then' | 'else',
  report: Report,
): Pick<LineReading, 'arms' | 'open'> {
  const node = map.get(key);
  const target = node === undefined ? undefined : readTarget(node, key, report);
  return target === undefined
    ? { arms: [], open: true }
    : { arms: [{ target, flawed: true }], open: false };
}

/** Reads a CEL source: a text, or a number or `true` written bare. */
export function readCel(node: YamlNode, key: string, report: Report): ReturnType<typeof readText> {
  if (node.type !== 'scalar') {
    const cure =
      node.type === 'map'
        ? say`put it in quotes, such as "!has(answers.email)"`
        : say`put it all in quotes, such as '["a", "b"]'`;
    report.error(node.place(), 'wrong-type', say`"${key}" must be an expression; ${cure}`);
    return undefined;
  }
  return readText(node, key, report);
}
