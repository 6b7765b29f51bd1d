import type { Query } from '../../store/table.js';
import type { SupporterRecord } from '../../supporters/record.js';

/** What a record is compared with: never anything but a value. */
export type Literal = string | number | boolean | Date;

/** A condition over a record, as small as both the store and this process can judge alike. */
export type Condition =
  /** All of none holds for everybody. */
  | { readonly type: 'all'; readonly of: readonly Condition[] }
  /** One of none holds for nobody. */
  | { readonly type: 'any'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }
  /** A value, or one in a list, is so; of another type none is. */
  | {
      readonly type: 'is';
      readonly path: string;
      readonly by: Comparison;
      readonly value: Literal;
    }
  | { readonly type: 'one_of'; readonly path: string; readonly values: readonly Literal[] }
  /** There is a value that is neither null nor an empty list, and has neither in it. */
  | { readonly type: 'known'; readonly path: string };
export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte';

/** The condition as a query of the store: every operator is written here, every value is a literal. */
export function toQuery(condition: Condition): Query {
  switch (condition.type) {
    case 'all': {
      const [only, ...more] = condition.of;
      if (only === undefined) return {};
      return more.length === 0 ? toQuery(only) : { $and: condition.of.map(toQuery) };
    }
    case 'any':
      return condition.of.length === 0 ? { $nor: [{}] } : { $or: condition.of.map(toQuery) };
    case 'not':
      return { $nor: [toQuery(condition.of)] };
    case 'is':
      return { [condition.path]: { [condition.by]: condition.value } };
    case 'one_of':
      return { [condition.path]: { $in: [...condition.values] } };
    case 'known':
      return { [condition.path]: { $nin: [null, []] } };
    default:
      return condition satisfies never;
  }
}

/** Whether the condition holds for one record, just as the store would judge it; pure. */
export function holds(condition: Condition, record: SupporterRecord): boolean {
  switch (condition.type) {
    case 'all':
      return condition.of.every((part) => holds(part, record));
    case 'any':
      return condition.of.some((part) => holds(part, record));
    case 'not':
      return !holds(condition.of, record);
    case 'is': {
      const { path, by, value } = condition;
      return valuesAt(record, path).some((found) => compares(found, by, value));
    }
    case 'one_of': {
      const { path, values } = condition;
      return valuesAt(record, path).some((found) =>
        values.some((value) => compares(found, '$eq', value)),
      );
    }
    case 'known':
      return valuesAt(record, condition.path).every((found) => !isNothing(found));
    default:
      return condition satisfies never;
  }
}

/** What stands at a path: undefined where nothing does, of a list the list itself and each in it. */
function valuesAt(record: SupporterRecord, path: string): readonly unknown[] {
  const ends = endsAt(record, path.split('.'));
  return ends.flatMap((end) => (isList(end) ? [end, ...end] : [end]));
}

function endsAt(value: unknown, names: readonly string[]): readonly unknown[] {
  const [name, ...rest] = names;
  if (name === undefined) return [value];
  // On the way through a list, each of it that has parts is gone into.
  if (isList(value)) return value.filter(hasParts).flatMap((part) => endsAt(part, names));
  if (!hasParts(value) || !Object.hasOwn(value, name)) return [undefined];
  return endsAt(value[name], rest);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function hasParts(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (isList(value) && value.length === 0);
}

function compares(found: unknown, by: Comparison, value: Literal): boolean {
  const order = orderOf(found, value);
  if (order === undefined) return false;
  switch (by) {
    case '$eq':
      return order === 0;
    case '$gt':
      return order > 0;
    case '$gte':
      return order >= 0;
    case '$lt':
      return order < 0;
    case '$lte':
      return order <= 0;
    default:
      return by satisfies never;
  }
}

/** How two values of one type are ordered; undefined when they are not of one type. */
function orderOf(found: unknown, value: Literal): number | undefined {
  if (typeof found === 'string' && typeof value === 'string') {
    // The store compares the bytes of UTF-8.
    return found === value ? 0 : Buffer.compare(Buffer.from(found), Buffer.from(value));
  }
  if (typeof found === 'number' && typeof value === 'number') return found - value;
  if (typeof found === 'boolean' && typeof value === 'boolean')
    return Number(found) - Number(value);
  if (found instanceof Date && value instanceof Date) return found.getTime() - value.getTime();
  return undefined;
}
