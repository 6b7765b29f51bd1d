/** The figures of a rehearsal, in the order in which reports show them. */
export const FIGURES = [
  'planned',
  'sent',
  'unknown',
  'failed',
  'skipped',
  'lost',
  'doubled',
  'late',
  'refused',
] as const;
