import type { Query } from '../../store/table.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { holds, toQuery, type Condition } from './condition.js';
import { findSegmentField, type Terms } from './fields.js';
import { planRule, type Moment } from './plan-rule.js';
import { isGroup, type Group, type Rule } from './segment.js';

/**
 * The query that finds those of a segment at an instant: what it says of days is about the day that `at`
 * is in the campaign's time zone. Whoever is being erased is never among them.
 */
export function compileSegment(segment: Group, at: Date, terms: Terms): Query {
  return { $and: [toQuery(planSegment(segment, at, terms)), { erasing: { $exists: false } }] };
}

/** Whether a supporter is in a segment at an instant, just as the query would find them; pure. */
export function matchesSegment(
  segment: Group,
  record: SupporterRecord,
  at: Date,
  terms: Terms,
): boolean {
  return record.erasing === undefined && holds(planSegment(segment, at, terms), record);
}

function planSegment(segment: Group, at: Date, terms: Terms): Condition {
  return planGroup(segment, terms, { at, timezone: terms.timezone });
}

function planGroup(group: Group, terms: Terms, moment: Moment): Condition {
  const of = group.rules.map((rule) =>
    isGroup(rule) ? planGroup(rule, terms, moment) : planOne(rule, terms, moment),
  );
  const joined: Condition = { type: group.combinator === 'and' ? 'all' : 'any', of };
  return group.not === true ? { type: 'not', of: joined } : joined;
}

function planOne(rule: Rule, terms: Terms, moment: Moment): Condition {
  const field = findSegmentField(rule.field, terms);
  // Segments are checked against these very terms before; nobody is safer than everybody.
  if (field === undefined) throw new Error('A segment asks about a field that is not there.');
  return planRule(rule, field, moment);
}
