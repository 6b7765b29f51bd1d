import type { StepKind } from '../parse/names.js';
import type { Value } from './write-yaml.js';
import type { WayOut } from './ways.js';

/** One thing done to a flow by hand. Steps are named by their id, also where that is not written. */
export type Operation =
  /** Adds a step on the way out of another, which then leads to it; without, below the last. */
  | {
      readonly type: 'add_step';
      readonly kind: StepKind;
      readonly name: string;
      readonly on?: WayOut;
    }
  | { readonly type: 'remove_step'; readonly step: string }
  /** Moves a step's lines below another's, or to the top; every step goes on to where it went. */
  | { readonly type: 'move_step'; readonly step: string; readonly after?: string }
  | { readonly type: 'duplicate_step'; readonly step: string; readonly name: string }
  | { readonly type: 'rename_step'; readonly step: string; readonly to: string }
  /** Writes a key of a step, or takes it away. */
  | {
      readonly type: 'set_key';
      readonly step: string;
      readonly key: string;
      readonly value?: Value;
    }
  /** Leads a way to a step or `end`; without `to`, the way is taken away. */
  | { readonly type: 'connect'; readonly from: WayOut; readonly to?: string }
  | {
      readonly type: 'add_arm';
      readonly step: string;
      readonly when: string;
      readonly to: string;
    }
  | {
      readonly type: 'set_condition';
      readonly step: string;
      readonly arm: number;
      readonly when: string;
    }
  /** Puts an arm in the place of the one before it. */
  | { readonly type: 'raise_arm'; readonly step: string; readonly arm: number }
  | { readonly type: 'add_option'; readonly step: string; readonly option: string }
  | { readonly type: 'remove_option'; readonly step: string; readonly option: string }
  | {
      readonly type: 'rename_option';
      readonly step: string;
      readonly option: string;
      readonly to: string;
    }
  /** Puts an option in the place of the one before it. */
  | { readonly type: 'raise_option'; readonly step: string; readonly option: string }
  /** Writes a phrase in one language, or takes it away. */
  | {
      readonly type: 'set_words';
      readonly language: string;
      readonly key: string;
      readonly text?: string;
    }
  /** Writes what stands above the steps: the title, the purpose, what starts the flow. */
  | { readonly type: 'set_head'; readonly key: string; readonly value?: Value };
