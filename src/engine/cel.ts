import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import type { Json } from './json.js';
import type { Condition, Expression, Scope } from './flow.js';
import { instantOf, isDate } from './parse/instant.js';
import { say, word, type Sentence } from './sentence.js';

/** A node of a parsed expression, as the library gives it. */
export type CelNode = ASTNode;

/** The type of a value that a condition reads or an expression gives. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'texts' | 'list' | 'map' | 'any';
/** Names with the types of their values; a record stands for a value with named parts. */
export type Shape = { readonly [name: string]: ValueType | Shape };
/** What the expressions of one flow may name, each with its type. */
export type ScopeShape = {
  readonly supporter: Shape;
  readonly answers: Shape;
  readonly consents: Shape;
  readonly session: Shape;
  readonly campaign: Shape;
};

/** A replacement in an expression's source, by offsets. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

const TIMESTAMP = 'google.protobuf.Timestamp';
/** The campaign's time zone, as rewritten expressions name it; authors cannot. */
export const ZONE = 'portevoix_zone';
const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  text: 'string',
  number: 'double',
  boolean: 'bool',
  date: TIMESTAMP,
  texts: 'list<string>',
  list: 'list',
  map: 'map<string, dyn>',
  any: 'dyn',
};

/** Number literals become doubles and mixed arithmetic is defined, so that authors meet one kind of number. */
function withNumbers(environment: Environment): Environment {
  const operators: readonly (readonly [string, (a: number, b: number) => number])[] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
    ['%', (a, b) => a % b],
  ];
  for (const [sign, apply] of operators) {
    const numeric = (a: unknown, b: unknown): number => apply(Number(a), Number(b));
    environment.registerOperator(`double ${sign} int: double`, numeric);
    environment.registerOperator(`int ${sign} double: double`, numeric);
    if (sign === '%') environment.registerOperator('double % double: double', numeric);
  }
  environment.registerOperator('double == int', sameNumber);
  return environment;
}

function sameNumber(a: unknown, b: unknown): boolean {
  return Number(a) === Number(b);
}

const RUNTIME = withNumbers(new Environment({ homogeneousAggregateLiterals: false }))
  .registerVariable('supporter', 'map')
  .registerVariable('answers', 'map')
  .registerVariable('consents', 'map')
  .registerVariable('session', 'map')
  .registerVariable('campaign', 'map')
  .registerVariable('now', TIMESTAMP)
  .registerVariable(ZONE, 'string')
  .registerFunction(`instant(dyn, string): ${TIMESTAMP}`, (value: unknown, zone: string) => {
    if (typeof value === 'string' || typeof value === 'number') return toDate(value, zone);
    throw new Error('not an instant');
  });

/** A day alone begins at midnight of its time zone. */
function toDate(value: string | number, zone: string): Date {
  const isDay = typeof value === 'string' && isDate(value);
  return new Date(isDay ? instantOf(value, '00:00', zone) : value);
}

/** Characters of the longest expression that is read: what is longer is a program, and too deep to walk. */
const LONGEST = 2_000;

/** Parses an expression; `problem` is a sentence when its syntax is wrong. */
export function parseCel(source: string): { node: CelNode } | { problem: Sentence } {
  if (source.length > LONGEST) {
    return {
      problem: say`it is longer than ${LONGEST} characters, so split it into several steps`,
    };
  }
  try {
    return { node: RUNTIME.parse(source).ast };
  } catch (error) {
    return { problem: summaryOf(error) };
  }
}

/**
 * Compiles a source whose syntax is known to be right, after `edits`, when it is first needed: most
 * expressions are only checked. Days begin in `timezone`.
 */
export function compileCel(
  source: string,
  edits: readonly Edit[],
  timezone: string,
): Expression & Condition {
  let run: ReturnType<typeof RUNTIME.parse> | undefined;
  const value = (scope: Scope): unknown => {
    run ??= RUNTIME.parse(applyEdits(source, edits));
    return run({
      supporter: scope.supporter,
      answers: scope.answers,
      consents: scope.consents,
      session: scope.session,
      campaign: scope.campaign,
      now: new Date(scope.now),
      [ZONE]: timezone,
    });
  };
  return {
    source,
    evaluate: (scope) => toJson(value(scope)),
    test: (scope) => {
      const result = value(scope);
      if (typeof result !== 'boolean') throw new Error('the condition gave no yes or no');
      return result;
    },
  };
}

/** Tells the type of an expression, or a sentence about what is wrong with its types. */
export type TypeChecker = (
  source: string,
  edits: readonly Edit[],
) => { type: ValueType } | { problem: Sentence };

/** Makes the type checker of what every flow may read; `forFlow` adds one flow's own names. */
export function createTypeChecker(
  shared: Pick<ScopeShape, 'supporter' | 'consents' | 'campaign'>,
): {
  forFlow(own: Pick<ScopeShape, 'answers' | 'session'>): TypeChecker;
} {
  const parent = withNumbers(new Environment());
  declare(parent, 'supporter', shared.supporter);
  declare(parent, 'consents', shared.consents);
  declare(parent, 'campaign', shared.campaign);
  parent.registerVariable('now', TIMESTAMP);
  // Environments are slow to make, and flows made after one pattern name the same.
  const known = new Map<string, TypeChecker>();
  return {
    forFlow: (own) => {
      const key = JSON.stringify([own.answers, own.session]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const environment = parent.clone();
      declare(environment, 'answers', own.answers);
      declare(environment, 'session', own.session);
      const check: TypeChecker = (source, edits) => {
        const result = environment.check(applyEdits(source, edits));
        if (!result.valid) return { problem: summaryOf(result.error) };
        const type = valueType(result.type ?? 'dyn');
        if (type === undefined) {
          return {
            problem: say`it gives a ${word(plainTypes(result.type ?? ''))}, which cannot be kept`,
          };
        }
        return { type };
      };
      known.set(key, check);
      return check;
    },
  };
}

function declare(environment: Environment, name: string, shape: Shape): void {
  environment.registerVariable(name, declareType(environment, name, shape));
}

function declareType(environment: Environment, name: string, shape: Shape): string {
  const typeName = `portevoix.${name.replace(/[^A-Za-z0-9_.]/g, '_')}`;
  const fields: Record<string, string> = {};
  for (const [key, type] of Object.entries(shape)) {
    fields[key] =
      typeof type === 'string'
        ? TYPE_NAMES[type]
        : declareType(environment, `${name}.${key}`, type);
  }
  environment.registerType(typeName, { fields });
  return typeName;
}

function valueType(name: string): ValueType | undefined {
  if (name === 'string') return 'text';
  if (name === 'double' || name === 'int') return 'number';
  if (name === 'bool') return 'boolean';
  if (name === TIMESTAMP) return 'date';
  if (name === 'list<string>') return 'texts';
  if (name.startsWith('list')) return 'list';
  if (name.startsWith('map') || name.startsWith('portevoix.')) return 'map';
  return name === 'dyn' ? 'any' : undefined;
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return source;
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += source.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + source.slice(from);
}

function summaryOf(error: unknown): Sentence {
  if (!(error instanceof Error)) return say`it cannot be read`;
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : '';
  return inOurWords(plainTypes(summary === '' ? (error.message.split('\n')[0] ?? '') : summary));
}

/** What the library says most, as a sentence of ours; the rest as it is. */
function inOurWords(text: string): Sentence {
  const [, undefinedFor] = /^this is not defined: (.*)$/.exec(text) ?? [];
  if (undefinedFor !== undefined) return say`this is not defined: ${undefinedFor}`;
  const [, token] = /^Unexpected token: (.*)$/.exec(text) ?? [];
  if (token === 'the end') return say`Unexpected token: the end`;
  if (token !== undefined) return say`Unexpected token: ${token}`;
  return say`${text}`;
}

/** The library's names of types in the words of the manual. */
function plainTypes(text: string): string {
  return text
    .replaceAll(TIMESTAMP, 'date')
    .replaceAll('google.protobuf.Duration', 'duration')
    .replace(/\bportevoix\.[\w.]+/g, 'group')
    .replace(/\b(double|int)\b/g, 'number')
    .replace(/\bbool\b/g, 'yes/no')
    .replace(/\bstring\b/g, 'text')
    .replace(/no such overload: /g, 'this is not defined: ')
    .replace(/\bEOF\b/g, 'the end');
}

function toJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object') throw new Error('the expression gave what cannot be kept');
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Set) return [...value].map(toJson);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [String(key), toJson(item)]));
}
