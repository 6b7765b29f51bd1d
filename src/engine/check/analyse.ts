import {
  ZONE,
  type CelNode,
  type Edit,
  type ScopeShape,
  type Shape,
  type ValueType,
} from '../cel.js';
import type { ProblemCode } from '../parse/codes.js';
import { didYouMean } from '../parse/suggest.js';
import { say, type Sentence } from '../sentence.js';
import { pathOf, resolvePath, unitOf, type Path } from './paths.js';

/**
 * Something known where an expression is evaluated: a path that has a value (`answers.email`), or,
 * with a `+` before it, a path that is true (`+answers.agree`, `+consents.engagement`).
 */
export type Fact = string;

/** A value that an expression reads, with what the expression itself made sure of before. */
export type Read = { readonly path: string; readonly known: ReadonlySet<Fact> };

/** A mistake in an expression, before types are looked at. */
export type Mistake = { readonly code: ProblemCode; readonly sentence: Sentence };

/** What an expression reads, and what is known once it is true or false. */
export type Analysis = {
  readonly reads: readonly Read[];
  /** Every value that it names, also those that it only asks for. */
  readonly names: readonly string[];
  readonly whenTrue: readonly Fact[];
  readonly whenFalse: readonly Fact[];
  readonly mistakes: readonly Mistake[];
  /** Segments that it asks for. */
  readonly segments: readonly string[];
  /** The expression only passes on an answer, or a value of the profile or the session. */
  readonly passesOn: boolean;
  /** Edits that make every number literal a double, for the type checker. */
  readonly checkEdits: readonly Edit[];
  /** Edits for evaluation: instants become timestamps, an unknown consent is one not given. */
  readonly runEdits: readonly Edit[];
};

type Outcome = { readonly t: readonly Fact[]; readonly f: readonly Fact[] };
const NOTHING: Outcome = { t: [], f: [] };
/** The segments somebody is in: asked for one by one, by name, so that it is known which are asked for. */
const SEGMENTS = 'supporter.segments';
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'supporter.language',
  SEGMENTS,
  'session.turn',
  'session.channel',
  'session.language',
]);

/** Analyses a parsed expression against what it may name. */
export function analyse(
  node: CelNode,
  shape: ScopeShape,
  options: ReadonlyMap<string, readonly string[]>,
): Analysis {
  const reads: Read[] = [];
  const named = new Set<string>();
  const segments = new Set<string>();
  const mistakes: Mistake[] = [];
  const numbers: Edit[] = [];
  const rewrites: Edit[] = [];

  const visit = (at: CelNode, known: ReadonlySet<Fact>, bound: ReadonlySet<string>): Outcome => {
    const path = pathOf(at);
    if (path !== undefined && !bound.has(path.root)) return visitPath(at, path, known);
    switch (at.op) {
      case 'value':
        if (typeof at.args === 'bigint') {
          numbers.push({ start: at.start, end: at.end, text: `${Number(at.args)}.0` });
        } else if (at.args === null) {
          mistakes.push({
            code: 'null-comparison',
            sentence: say`there is no null here; what is unknown is absent: ask with \`has(…)\``,
          });
        }
        return NOTHING;
      case 'id':
        return NOTHING;
      case '&&': {
        const left = visit(at.args[0], known, bound);
        const right = visit(at.args[1], join(known, left.t), bound);
        return {
          t: [...left.t, ...right.t],
          f: both(left.f, [...left.t, ...right.f]),
        };
      }
      case '||': {
        const left = visit(at.args[0], known, bound);
        const right = visit(at.args[1], join(known, left.f), bound);
        return {
          t: both(left.t, [...left.f, ...right.t]),
          f: [...left.f, ...right.f],
        };
      }
      case '!_': {
        const inner = visit(at.args, known, bound);
        return { t: inner.f, f: inner.t };
      }
      case '?:': {
        const [condition, yes, no] = at.args;
        const test = visit(condition, known, bound);
        const whenYes = visit(yes, join(known, test.t), bound);
        const whenNo = visit(no, join(known, test.f), bound);
        return {
          t: both([...test.t, ...whenYes.t], [...test.f, ...whenNo.t]),
          f: both([...test.t, ...whenYes.f], [...test.f, ...whenNo.f]),
        };
      }
      case 'call': {
        const [name, args] = at.args;
        const subject = args[0];
        const asked = subject === undefined ? undefined : pathOf(subject);
        if (name === 'has' && asked !== undefined && !bound.has(asked.root)) {
          return visitHas(at, asked);
        }
        visitArguments(args, known, bound);
        return NOTHING;
      }
      case 'rcall': {
        const [name, receiver, args] = at.args;
        visit(receiver, known, bound);
        const [variable] = args;
        const opens =
          variable?.op === 'id' && ['all', 'exists', 'exists_one', 'map', 'filter'].includes(name);
        const inner = opens ? new Set([...bound, variable.args]) : bound;
        visitArguments(opens ? args.slice(1) : args, known, inner);
        return NOTHING;
      }
      case '[]':
      case '[?]':
        visit(at.args[0], known, bound);
        visitArguments([at.args[1]], known, bound);
        return NOTHING;
      case '.':
      case '.?':
        visit(at.args[0], known, bound);
        return NOTHING;
      case '-_':
        visit(at.args, known, bound);
        return NOTHING;
      case 'list':
        for (const item of at.args) visit(item, known, bound);
        return NOTHING;
      case 'map':
        for (const [key, value] of at.args) {
          visit(key, known, bound);
          visit(value, known, bound);
        }
        return NOTHING;
      case '==':
      case '!=':
        return visitEquality(at.op, at.args, known, bound);
      case 'in': {
        const [item, list] = at.args;
        if (isSegments(pathOf(list)) && item.op === 'value' && typeof item.args === 'string') {
          segments.add(item.args);
          named.add(SEGMENTS);
          return NOTHING;
        }
        checkOption(pathOf(list), [item]);
        if (list.op === 'list') checkOption(pathOf(item), list.args);
        visit(item, known, bound);
        visit(list, known, bound);
        return NOTHING;
      }
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
      case '<':
      case '<=':
      case '>':
      case '>=':
        visit(at.args[0], known, bound);
        visit(at.args[1], known, bound);
        return NOTHING;
      default:
        return at satisfies never;
    }
  };

  /** Whole numbers given straight to a function or an index stay whole. */
  const visitArguments = (
    args: readonly CelNode[],
    known: ReadonlySet<Fact>,
    bound: ReadonlySet<string>,
  ): void => {
    for (const arg of args) {
      if (arg.op !== 'value' || typeof arg.args !== 'bigint') visit(arg, known, bound);
    }
  };

  const visitPath = (at: CelNode, path: Path, known: ReadonlySet<Fact>): Outcome => {
    if (refusesSegments(path)) return NOTHING;
    const type = resolve(path);
    if (type === undefined) return NOTHING;
    named.add(unitOf(path));
    if (path.root === 'consents' && path.names.length === 1) {
      const source = unitOf(path);
      rewrites.push({ start: at.start, end: at.end, text: `(has(${source}) && ${source})` });
      return { t: [`+${source}`], f: [] };
    }
    // A day that is only passed on stays the day it is.
    const passedOn = at === node && (path.root === 'answers' || path.root === 'supporter');
    if (type === 'date' && path.root !== 'now' && !passedOn) {
      const source = at.input.slice(at.start, at.end);
      rewrites.push({ start: at.start, end: at.end, text: `instant(${source}, ${ZONE})` });
    }
    if (path.root === 'campaign' || path.root === 'now' || path.names.length === 0) return NOTHING;
    const unit = unitOf(path);
    if (ALWAYS_THERE.has(unit)) return NOTHING;
    reads.push({ path: unit, known });
    return { t: [unit, `+${unit}`], f: [unit] };
  };

  const visitHas = (at: CelNode, path: Path): Outcome => {
    if (refusesSegments(path)) return NOTHING;
    if (resolve(path) === undefined) return NOTHING;
    named.add(unitOf(path));
    const source = at.input.slice(at.start, at.end);
    if (path.names.length > 1) {
      const steps = path.names.map(
        (_, index) => `has(${[path.root, ...path.names.slice(0, index + 1)].join('.')})`,
      );
      rewrites.push({ start: at.start, end: at.end, text: `(${steps.join(' && ')})` });
    } else if (path.names.length === 0) {
      mistakes.push({
        code: 'cel-type',
        sentence: say`${source} asks nothing; name what it should ask for, such as has(answers.email)`,
      });
    }
    return { t: [unitOf(path)], f: [] };
  };

  const visitEquality = (
    op: '==' | '!=',
    [left, right]: readonly [CelNode, CelNode],
    known: ReadonlySet<Fact>,
    bound: ReadonlySet<string>,
  ): Outcome => {
    if (isNull(left) || isNull(right)) {
      const other = isNull(left) ? right : left;
      const path = pathOf(other);
      const name = other.input.slice(other.start, other.end);
      const cure =
        path === undefined || path.names.length === 0
          ? say`ask with \`has(…)\``
          : say`write ${op === '==' ? '!' : ''}has(${name})`;
      mistakes.push({
        code: 'null-comparison',
        sentence: say`what is unknown is absent, never null; ${cure}`,
      });
      return NOTHING;
    }
    checkOption(pathOf(left), [right]);
    checkOption(pathOf(right), [left]);
    if (comparesYesNo(left, right) || comparesYesNo(right, left)) return NOTHING;
    const [a, b] = [visit(left, known, bound), visit(right, known, bound)];
    const literal = [left, right].find(
      (side) => side.op === 'value' && typeof side.args === 'boolean',
    );
    const other = literal === left ? b : a;
    if (literal === undefined) return NOTHING;
    const same = (literal.args === true) === (op === '==');
    return same ? other : { t: other.f, f: other.t };
  };

  /** A yes or no compared with a text, as in `answers.agree == "yes"`. */
  const comparesYesNo = (asked: CelNode, text: CelNode): boolean => {
    const path = pathOf(asked);
    if (path === undefined || text.op !== 'value' || typeof text.args !== 'string') return false;
    const found = resolvePath(path, shape);
    if (!('type' in found) || found.type !== 'boolean') return false;
    const name = asked.input.slice(asked.start, asked.end);
    mistakes.push({
      code: 'cel-type',
      sentence: say`${name} is a yes or a no, not a text; write ${name} alone, or !${name} for a no`,
    });
    return true;
  };

  const checkOption = (path: Path | undefined, values: readonly CelNode[]): void => {
    if (path === undefined) return;
    const allowed = options.get(unitOf(path));
    if (allowed === undefined) return;
    for (const value of values) {
      if (value.op !== 'value' || typeof value.args !== 'string') continue;
      if (allowed.includes(value.args)) continue;
      mistakes.push({
        code: 'unknown-option',
        sentence: say`"${path.names.join('.')}" has no option "${value.args}"; ${didYouMean(value.args, allowed)}`,
      });
    }
  };

  const refusesSegments = (path: Path): boolean => {
    if (!isSegments(path)) return false;
    const sentence = say`ask for one segment by its name, such as \`"donors" in ${SEGMENTS}\``;
    mistakes.push({ code: 'cel-type', sentence });
    return true;
  };

  const resolve = (path: Path): ValueType | Shape | undefined => {
    const found = resolvePath(path, shape);
    if ('type' in found) return found.type;
    mistakes.push({ code: 'unknown-field', sentence: found.problem });
    return undefined;
  };

  const outcome = visit(node, new Set(), new Set());
  const whole = pathOf(node);
  return {
    reads,
    names: [...named],
    segments: [...segments],
    passesOn: whole !== undefined && ['answers', 'supporter', 'session'].includes(whole.root),
    whenTrue: [...new Set(outcome.t)],
    whenFalse: [...new Set(outcome.f)],
    mistakes,
    checkEdits: numbers,
    runEdits: [...numbers, ...rewrites],
  };
}

function isSegments(path: Path | undefined): boolean {
  return path !== undefined && path.names.length > 0 && unitOf(path) === SEGMENTS;
}

function isNull(node: CelNode): boolean {
  return node.op === 'value' && node.args === null;
}

function join(known: ReadonlySet<Fact>, more: readonly Fact[]): ReadonlySet<Fact> {
  return more.length === 0 ? known : new Set([...known, ...more]);
}

function both(left: readonly Fact[], right: readonly Fact[]): readonly Fact[] {
  return left.filter((fact) => right.includes(fact));
}
