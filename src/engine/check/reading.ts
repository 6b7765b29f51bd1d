import type { ActionDeclaration } from '../action.js';
import type { Campaign } from '../campaign.js';
import type { Draft } from '../parse/draft.js';
import type { Report } from '../parse/report.js';
import type { Catalogue } from '../parse/words.js';
import type { SourceFile } from '../yaml.js';
import type { Expressions } from './expressions.js';
import type { Graph } from './graph.js';
import type { Presence } from './presence.js';

/** A flow's file as read, with its judged expressions and the words it has. */
export type FlowReading = {
  readonly draft: Draft;
  readonly file: SourceFile;
  readonly expressions: Expressions;
  readonly catalogues: readonly Catalogue[];
  /** Whether something in the file could not be read, so that part of the flow is not known. */
  readonly flawed: boolean;
};

/** What the checks of one flow look at. */
export type Checked = FlowReading & {
  readonly campaign: Campaign;
  /** Whether all lines of its file could be read; else nobody knows what it does not have. */
  readonly campaignWhole: boolean;
  readonly actions: ReadonlyMap<string, ActionDeclaration>;
  /** Every flow there is a file for, whether it could be read or not. */
  readonly flowNames: ReadonlySet<string>;
  readonly graph: Graph;
  readonly presence: Presence;
  readonly report: Report;
};
