import type { ImportProgress } from './import-table.js';

export type ImportOptions = {
  readonly at: Date;
  /** Only places whose code begins like one of these: `35238` is a commune, `35` a department. */
  readonly only?: readonly string[];
  readonly progress?: ImportProgress;
};
