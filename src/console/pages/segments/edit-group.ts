import type { Group, Operator, Rule, RuleValue, SegmentFieldRow } from '../../../staff/api.js';

/** Where a part of a segment is: the place in each group on the way. */
export type Place = readonly number[];

/** Whether this is a group of conditions. */
export function isGroup(part: Rule | Group): part is Group {
  return 'rules' in part;
}

/** The segment with a part at a place replaced, or taken away where `change` answers nothing; pure. */
export function changeAt(
  group: Group,
  place: Place,
  change: (part: Rule | Group) => Rule | Group | undefined,
): Group {
  const [first, ...rest] = place;
  if (first === undefined) {
    const changed = change(group);
    return changed !== undefined && isGroup(changed) ? changed : group;
  }
  const rules = group.rules.flatMap((part, index) => {
    if (index !== first) return [part];
    if (rest.length === 0) return change(part) ?? [];
    return isGroup(part) ? [changeAt(part, rest, change)] : [part];
  });
  // A group that lost its last condition says nothing any more.
  return { ...group, rules: rules.filter((part) => !isGroup(part) || part.rules.length > 0) };
}

/** The segment with one more part at the end of a group. */
export function addTo(group: Group, place: Place, part: Rule | Group): Group {
  return changeAt(group, place, (is) => (isGroup(is) ? { ...is, rules: [...is.rules, part] } : is));
}

/** The group that holds, or does not hold, when its conditions do. */
export function negate(group: Group, isNot: boolean): Group {
  const { not: _, ...rest } = group;
  return isNot ? { ...rest, not: true } : rest;
}

/** A condition about a field, with the first of its operators and a value that fits. */
export function newRule(field: SegmentFieldRow, operator = field.operators[0] ?? '='): Rule {
  const value = firstValue(field, operator);
  return { field: field.name, operator, ...(value === undefined ? {} : { value }) };
}

/** The condition with another operator; its value stays where it fits. */
export function withOperator(rule: Rule, field: SegmentFieldRow, operator: Operator): Rule {
  const isSameKind = kindOf(rule.operator) === kindOf(operator);
  return isSameKind ? { ...rule, operator } : newRule(field, operator);
}

/** How many values an operator takes: none, one, two, a list, or a number of days. */
export function kindOf(operator: Operator): 'none' | 'one' | 'two' | 'list' | 'days' {
  if (operator === 'null' || operator === 'notNull') return 'none';
  if (operator === 'between') return 'two';
  if (operator === 'in' || operator === 'notIn') return 'list';
  if (['withinDays', 'notWithinDays', 'withinNextDays'].includes(operator)) return 'days';
  return 'one';
}

function firstValue(field: SegmentFieldRow, operator: Operator): RuleValue | undefined {
  const { type, values = [] } = field;
  const kind = kindOf(operator);
  switch (kind) {
    case 'none':
      return undefined;
    case 'two':
      return [1, 2];
    case 'days':
      return 30;
    case 'list':
      return values.slice(0, 1);
    case 'one':
      if (values[0] !== undefined) return values[0];
      if (type === 'number') return 1;
      if (type === 'yes_no') return true;
      if (type === 'consent') return 'given';
      return type === 'instant' || type === 'day' ? 'today' : '';
    default:
      return kind satisfies never;
  }
}

/** What to call a segment of this title: small letters, digits and dashes. */
export function nameFor(title: string): string {
  return title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** The place in the data of a part, as faults name it: `rules[1].rules[0]`. */
export function pathOf(place: Place): string {
  return place.map((index) => `rules[${index}]`).join('.');
}
