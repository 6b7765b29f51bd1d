import type { SupporterRecord } from '../supporters/record.js';

/** Whoever said "not now" is not asked for money by message for so long. */
export const NOT_NOW_MS = 90 * 86_400_000;

/** The record of somebody who would rather not give now; an earlier "not now" holds until its own end. */
export function withNotNow(record: SupporterRecord, at: number): SupporterRecord {
  const until = new Date(at + NOT_NOW_MS);
  const before = record.summary?.donationsNotBefore;
  if (before !== undefined && before >= until) return record;
  return { ...record, summary: { ...record.summary, donationsNotBefore: until } };
}

/** The record once they gave, or promised to: they may be asked again. */
export function withoutNotNow(record: SupporterRecord): SupporterRecord {
  if (record.summary?.donationsNotBefore === undefined) return record;
  const { donationsNotBefore: _, ...summary } = record.summary;
  const { summary: _summary, ...rest } = record;
  return Object.keys(summary).length === 0 ? rest : { ...rest, summary };
}
