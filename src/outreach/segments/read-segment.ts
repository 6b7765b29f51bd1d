import { isObject } from '../../engine/json.js';
import { didYouMean } from '../../engine/parse/suggest.js';
import { tell } from '../../engine/sentence.js';
import { findSegmentField, segmentFields, type Terms } from './fields.js';
import { at, isText, readRule, type Report } from './read-rule.js';
import {
  LONGEST_TEXT,
  MOST_DEPTH,
  MOST_RULES,
  SEGMENT_NAME,
  type Group,
  type Rule,
  type Segment,
} from './segment.js';

/** A mistake in a segment: where in the data (`rules[2].value`), and what to do about it. */
export type SegmentFault = { readonly path: string; readonly message: string };

export type SegmentReading =
  | { readonly type: 'read'; readonly segment: Segment }
  | { readonly type: 'faulty'; readonly faults: readonly SegmentFault[] };

/** Faults told at once; there may be as many as somebody sends. */
const MOST_FAULTS = 50;
/** What react-querybuilder adds to a group or a rule for itself. */
const IGNORED = ['id', 'path'];

/**
 * Reads what staff sent: a segment whose every field, operator and value is one of ours, in an object of
 * our own making, or all that is wrong with it.
 */
export function readSegment(value: unknown, terms: Terms): SegmentReading {
  const faults: SegmentFault[] = [];
  const report: Report = (path, message) => {
    if (faults.length < MOST_FAULTS) faults.push({ path, message });
  };
  if (!isPlainObject(value)) {
    report('', 'a segment is an object with "name", "title", "combinator" and "rules"');
    return { type: 'faulty', faults };
  }
  const name = ownOf(value, 'name');
  if (typeof name !== 'string' || !SEGMENT_NAME.test(name)) {
    report('name', 'write a name of small letters, digits, - and _, such as donors-rennes');
  }
  const title = ownOf(value, 'title');
  if (!isText(title)) {
    report('title', `write a title for people, of ${LONGEST_TEXT} characters at most`);
  }
  const group = readGroup(value, '', ['name', 'title'], { terms, report, left: MOST_RULES }, 1);
  if (faults.length > 0 || group === undefined || typeof name !== 'string' || !isText(title)) {
    return { type: 'faulty', faults };
  }
  return { type: 'read', segment: { name, title, ...group } };
}

type Reading = { readonly terms: Terms; readonly report: Report; left: number };

function readGroup(
  value: Plain,
  path: string,
  more: readonly string[],
  reading: Reading,
  depth: number,
): Group | undefined {
  const { report } = reading;
  checkKeys(value, path, ['combinator', 'not', 'rules', ...more], report);
  const combinator = ownOf(value, 'combinator');
  const not = ownOf(value, 'not') ?? false;
  const rules = ownOf(value, 'rules');
  if (combinator !== 'and' && combinator !== 'or')
    report(at(path, 'combinator'), 'write and or or');
  if (typeof not !== 'boolean') report(at(path, 'not'), 'write true or false, or leave it out');
  if (!isList(rules)) {
    report(at(path, 'rules'), 'write a list of conditions');
    return undefined;
  }
  if (rules.length === 0 && (depth > 1 || combinator !== 'and' || not !== false)) {
    report(at(path, 'rules'), 'add a condition; only a segment of everybody has none, with "and"');
  }
  if (depth > MOST_DEPTH) {
    report(path, `groups may be ${MOST_DEPTH} deep; make two segments of it`);
    return undefined;
  }
  reading.left -= rules.length;
  if (reading.left < 0) {
    report(at(path, 'rules'), `a segment may have ${MOST_RULES} conditions; make two of it`);
    return undefined;
  }
  const read = rules.flatMap((rule: unknown, index) => {
    const place = `${at(path, 'rules')}[${index}]`;
    return readPart(rule, place, reading, depth) ?? [];
  });
  if (combinator !== 'and' && combinator !== 'or') return undefined;
  return { combinator, ...(not === true ? { not } : {}), rules: read };
}

function readPart(
  value: unknown,
  path: string,
  reading: Reading,
  depth: number,
): Rule | Group | undefined {
  const { terms, report } = reading;
  if (!isPlainObject(value)) {
    report(path, 'write a condition with "field", "operator" and "value", or a group with "rules"');
    return undefined;
  }
  if (Object.hasOwn(value, 'rules')) return readGroup(value, path, [], reading, depth + 1);
  checkKeys(value, path, ['field', 'operator', 'value', 'valueSource'], report);
  if ((ownOf(value, 'valueSource') ?? 'value') !== 'value') {
    report(at(path, 'valueSource'), 'a field is compared with a value, never with another field');
  }
  const name = ownOf(value, 'field');
  const field = typeof name === 'string' ? findSegmentField(name, terms) : undefined;
  if (typeof name !== 'string' || field === undefined) {
    const names = Object.keys(segmentFields(terms));
    const asked = isText(name) ? name : '';
    report(
      at(path, 'field'),
      `there is no field ${JSON.stringify(asked)}; ${tell(didYouMean(asked, names))}`,
    );
    return undefined;
  }
  return readRule(name, field, ownOf(value, 'operator'), ownOf(value, 'value'), path, report);
}

function checkKeys(value: Plain, path: string, known: readonly string[], report: Report): void {
  let told = 0;
  for (const key of Object.keys(value)) {
    if (known.includes(key) || IGNORED.includes(key)) continue;
    const shown = JSON.stringify(key.slice(0, LONGEST_TEXT));
    report(path, `${shown} is no part of this; ${tell(didYouMean(key.slice(0, 40), known))}`);
    if ((told += 1) >= MOST_FAULTS) return;
  }
}

type Plain = { readonly [key: string]: unknown };

function isPlainObject(value: unknown): value is Plain {
  return isObject(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A key of its own; what an object inherits is nothing that was sent. */
function ownOf(value: Plain, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
