import type { YamlMap, YamlNode } from '../yaml.js';
import type { DraftArm, DraftTarget } from './draft.js';
import { checkKeys, readText } from './read.js';
import type { Report } from './report.js';

/** Reads where a step goes on: a step's id or `end`. */
export function readTarget(node: YamlNode, key: string, report: Report): DraftTarget | undefined {
  const written = readText(node, key, report);
  if (written === undefined) return undefined;
  const { text, place } = written;
  return { to: text === 'end' ? { type: 'end' } : { type: 'step', id: text }, place };
}

/** Reads `next`: a step, `end`, or a list of `if`/`then` closed by `else`. */
export function readNext(node: YamlNode, report: Report): readonly DraftArm[] | undefined {
  if (node.type === 'map') {
    report.error(
      node.place(),
      'wrong-type',
      '"next" must be a step, `end`, or a list of `- if: … then: …` closed by `- else: …`',
    );
    return undefined;
  }
  if (node.type === 'scalar') {
    const target = readTarget(node, 'next', report);
    return target === undefined ? undefined : [{ target }];
  }
  const arms: DraftArm[] = [];
  let closed = false;
  let flawed = false;
  for (const item of node.items) {
    if (item.type !== 'map') {
      report.error(
        item.place(),
        'wrong-type',
        'each line of "next" must be `- if: …` with `then: …`, or `- else: …`',
      );
      flawed = true;
      continue;
    }
    if (closed) {
      report.error(
        item.place(),
        'misplaced-else',
        'nothing is read after `else`; put `else` last in "next"',
      );
      continue;
    }
    const arm = readArm(item, report);
    if (arm === undefined) flawed = true;
    else arms.push(arm);
    closed = item.entry('else') !== undefined;
  }
  if (!closed && !flawed) {
    report.error(
      node.place(),
      'missing-else',
      '"next" does not say where to go when no `if` holds; close the list with `- else: …`',
    );
  }
  return arms.length === 0 ? undefined : arms;
}

function readArm(map: YamlMap, report: Report): DraftArm | undefined {
  const otherwise = map.get('else');
  if (otherwise !== undefined) {
    checkKeys(map, ['else'], 'an `else`', report);
    const target = readTarget(otherwise, 'else', report);
    return target === undefined ? undefined : { target };
  }
  checkKeys(map, ['if', 'then', 'else'], 'a line of "next"', report);
  const condition = map.get('if');
  const then = map.get('then');
  if (condition === undefined || then === undefined) {
    const missing = condition === undefined ? 'if' : 'then';
    report.error(
      map.place(),
      'missing-key',
      `this line of "next" has no \`${missing}\`; write \`- if: …\` with \`then: …\`, or \`- else: …\``,
    );
    return undefined;
  }
  const when = readCel(condition, 'if', report);
  const target = readTarget(then, 'then', report);
  return when === undefined || target === undefined ? undefined : { when, target };
}

/** Reads a CEL source: a text, or a number or `true` written bare. */
export function readCel(node: YamlNode, key: string, report: Report): ReturnType<typeof readText> {
  if (node.type === 'map') {
    report.error(
      node.place(),
      'wrong-type',
      `"${key}" must be an expression; put it in quotes, such as "!has(answers.email)"`,
    );
    return undefined;
  }
  return readText(node, key, report);
}
