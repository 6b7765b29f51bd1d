import type { TurfRow } from './turfs.js';

/** What somebody is to hear of a turf: that it is kept for them, or was taken back. */
export type TurfNotice = {
  readonly to: string;
  readonly kind: 'kept' | 'taken';
  /** The revision of the turf that was changed so: it tells two such notices apart. */
  readonly of: number;
  /** When their flow was started, the last time. */
  readonly sent?: Date;
  /** The act that told it; `nobody` when there was nothing to tell, or no way. */
  readonly told_by?: string;
};

/** Notices that a turf remembers. */
const REMEMBERED = 20;

/** The turf with a notice that is still to be told, in the place of an older one to the same person. */
export function oweNotice(turf: TurfRow, to: string, kind: TurfNotice['kind']): TurfRow {
  const others = (turf.notices ?? []).filter((one) => one.to !== to || one.told_by !== undefined);
  return withNotices(turf, [...others, { to, kind, of: turf.revision }]);
}

/** The turf with the notice to somebody that is still to be told changed. */
export function changeNotice(
  turf: TurfRow,
  { to, of }: Pick<TurfNotice, 'to' | 'of'>,
  more: Pick<TurfNotice, 'sent' | 'told_by'>,
): TurfRow {
  return withNotices(
    turf,
    (turf.notices ?? []).map((one) => (one.to === to && one.of === of ? { ...one, ...more } : one)),
  );
}

/** The turf without notices to somebody. */
export function withoutNotices(turf: TurfRow, to: string): TurfRow {
  const { notices } = turf;
  if (notices === undefined) return turf;
  return withNotices(
    turf,
    notices.filter((one) => one.to !== to),
  );
}

/** Whether it is as a notice says by now: things change until it can be told. */
export function holds(
  { reserved_for: kept, canvassers }: TurfRow,
  { to, kind }: TurfNotice,
): boolean {
  return kind === 'kept' ? kept === to : kept !== to && !canvassers.includes(to);
}

function withNotices(
  { notice_due: _due, ...turf }: TurfRow,
  notices: readonly TurfNotice[],
): TurfRow {
  const isDue = notices.some(({ told_by: by }) => by === undefined);
  return { ...turf, notices: notices.slice(-REMEMBERED), ...(isDue ? { notice_due: true } : {}) };
}
