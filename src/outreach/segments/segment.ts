/** What one condition compares with; what it may be depends on the field and the operator. */
export type RuleValue = string | number | boolean | readonly (string | number | boolean)[];

/** One condition: a field of the table (`fields.ts`), an operator that its type has, and a value. */
export type Rule = {
  readonly field: string;
  readonly operator: Operator;
  readonly value?: RuleValue;
};

/** Conditions of which all or one must hold, or with `not`, must not. */
export type Group = {
  readonly combinator: 'and' | 'or';
  readonly not?: true;
  readonly rules: readonly (Rule | Group)[];
};

/** Who is meant: plain data in the format of react-querybuilder, checked by `readSegment`. */
export type Segment = Group & {
  /** What messages, flows and commands call it; its id. */
  readonly name: string;
  /** For people. */
  readonly title: string;
};

/** A segment as it is kept. */
export type KeptSegment = Segment & { readonly author: string; readonly at: Date };

/** Everything an operator can be; each type of field has some (`OPERATORS` in `fields.ts`). */
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'notIn'
  | 'between'
  | 'beginsWith'
  | 'doesNotBeginWith'
  | 'contains'
  | 'doesNotContain'
  | 'before'
  | 'after'
  | 'withinDays'
  | 'notWithinDays'
  | 'withinNextDays'
  | 'null'
  | 'notNull';

/** Groups within groups. */
export const MOST_DEPTH = 5;
/** Conditions and groups of one segment together. */
export const MOST_RULES = 100;
/** Values of one condition. */
export const MOST_VALUES = 100;
/** Characters of a text compared with, and of a title. */
export const LONGEST_TEXT = 200;
/** What a segment may be called. */
export const SEGMENT_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Whether this is a group of conditions, and not one condition. */
export function isGroup(rule: Rule | Group): rule is Group {
  return 'rules' in rule;
}
