import type { DrawnStep, FlowGraph } from '../../../../engine/edit/flow-graph.js';
import type { Problem } from '../../../../engine/problem.js';
import type { Box } from '../checking/protocol.js';
import { shortPhrase } from './short-phrase.js';

/** What a card on the canvas shows. */
export type Card = {
  readonly step: DrawnStep;
  /** What it says or asks, in one language. */
  readonly excerpt: string;
  readonly errors: number;
  readonly warnings: number;
  readonly isFirst: boolean;
};

/** The width of every card, in pixels; the heights of its parts are those of `canvas.css`. */
export const CARD_WIDTH = 272;
const HEAD = 41;
const LINE = 20;
const WAY = 30;
const MOST_LINES = 3;
/** Characters that surely fit on a line of an excerpt. */
const LINE_LENGTH = 34;

/** The cards of a flow; one that shows what it showed before is the very same object, and so are all of them. */
export function drawCards(
  { steps }: FlowGraph,
  phrases: ReadonlyMap<string, string>,
  problems: ReadonlyMap<string, readonly Problem[]>,
  before: readonly Card[],
): readonly Card[] {
  const known = new Map(before.map((card) => [card.step.id, card]));
  const cards = steps.map((step, index): Card => {
    const found = problems.get(step.id) ?? [];
    const errors = found.filter(({ severity }) => severity === 'error').length;
    const old = known.get(step.id);
    const isOld = old !== undefined && isSame(old.step, step);
    const card: Card = {
      step: isOld ? old.step : step,
      excerpt: excerptOf(step, phrases),
      errors,
      warnings: found.length - errors,
      isFirst: index === 0,
    };
    return isOld && looksSame(old, card) ? old : card;
  });
  const isUnchanged =
    cards.length === before.length && cards.every((card, index) => card === before[index]);
  return isUnchanged ? before : cards;
}

function excerptOf({ kind, value }: DrawnStep, phrases: ReadonlyMap<string, string>): string {
  if (kind === 'say') return shortPhrase(phrases.get(value) ?? '');
  if (kind === 'collect') return shortPhrase(phrases.get(`${value}.ask`) ?? '');
  return value;
}

/** Whether two steps are drawn alike; where they stand in the file is not drawn. */
function isSame(one: DrawnStep, other: DrawnStep): boolean {
  return one === other || shapeOf(one) === shapeOf(other);
}

function shapeOf(step: DrawnStep): string {
  return JSON.stringify({ ...step, line: 0, lastLine: 0 });
}

function looksSame(one: Card, other: Card): boolean {
  return (
    one.excerpt === other.excerpt &&
    one.errors === other.errors &&
    one.warnings === other.warnings &&
    one.isFirst === other.isFirst
  );
}

/** How many lines an excerpt takes; what is longer is cut. */
export function linesOf({ excerpt }: Card): number {
  return Math.min(MOST_LINES, Math.max(1, Math.ceil(excerpt.length / LINE_LENGTH)));
}

/** The height of a card in pixels. */
export function heightOf(card: Card): number {
  return HEAD + linesOf(card) * LINE + 16 + card.step.ways.length * WAY + 2;
}

/** Cards as boxes to lay out. */
export function boxesOf(cards: readonly Card[]): readonly Box[] {
  return cards.map((card) => ({
    id: card.step.id,
    width: CARD_WIDTH,
    height: heightOf(card),
    leadsTo: card.step.ways.flatMap(({ to }) => (to === undefined || to === 'end' ? [] : [to])),
  }));
}
