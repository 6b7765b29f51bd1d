import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { Json } from '../../../../engine/json.js';
import type { Problem } from '../../../../engine/problem.js';
import type { They } from '../../../../engine/transcript.js';
import type { FlowSurroundings } from '../../../../staff/api.js';

/** A step or another thing to lay out, with its size and where it leads, in pixels. */
export type Box = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly leadsTo: readonly string[];
};
export type Point = { readonly x: number; readonly y: number };

/** How a conversation of the simulator begins. */
export type Opening = {
  readonly language: string;
  readonly channel: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly supporter: { readonly [key: string]: Json };
  readonly consents: { readonly [purpose: string]: boolean };
};

/** What came of an action that the simulator stands in for. */
export type ActionEnd = {
  readonly action: string;
  readonly returns?: { readonly [key: string]: Json };
  readonly fails?: boolean;
};

/** One turn of the supporter, with what its actions came to. */
export type Move = { readonly they: They; readonly ends: readonly ActionEnd[] };

/** Something said in the simulator. */
export type SaidLine = {
  readonly flow: string;
  readonly key: string;
  readonly text: string;
  /** Present where it asks. */
  readonly buttons?: readonly { readonly value: string; readonly label: string }[];
  readonly skip?: string;
  readonly isMultiple?: boolean;
};

export type PlayedMove = {
  readonly said: readonly SaidLine[];
  readonly done: readonly string[];
  /** The action whose result is waited for. */
  readonly awaits?: string;
};

/** A conversation of the simulator as far as it has come. */
export type Played = {
  readonly moves: readonly PlayedMove[];
  /** Where it stands, flow by flow; the last one is under way. */
  readonly standing: readonly { readonly flow: string; readonly step: string }[];
  readonly now: number;
  readonly knows: { readonly [key: string]: Json };
  readonly consents: { readonly [purpose: string]: boolean };
  /** The transcript of it, as YAML. */
  readonly transcript: string;
};

/** What a program beside the page is asked. */
export type Question = { readonly id: number } & (
  | { readonly type: 'surround'; readonly surroundings: FlowSurroundings }
  | { readonly type: 'check'; readonly texts: FlowTexts }
  | { readonly type: 'lay_out'; readonly boxes: readonly Box[] }
  | {
      readonly type: 'play';
      readonly texts: FlowTexts;
      readonly opening: Opening;
      readonly title: string;
      readonly moves: readonly Move[];
    }
);

/** What it answers, under the id of the question. */
export type Answer = { readonly id: number } & (
  | { readonly type: 'surrounded' }
  | { readonly type: 'checked'; readonly problems: readonly Problem[] }
  | { readonly type: 'laid_out'; readonly places: readonly (readonly [id: string, at: Point])[] }
  | { readonly type: 'played'; readonly played: Played }
  /** The flow has mistakes, so that nobody can talk with it. */
  | { readonly type: 'unsound' }
);
