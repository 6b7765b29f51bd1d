import type { Effect } from '../../engine/effect.js';
import type { Replayed, ReplayedConversation, ReplayedTurn } from './replay-recording.js';
import { signOf } from './same-effects.js';

/** Conversations that first differ in the same way. */
export type Difference = {
  /** What is different, for people. */
  readonly sentence: string;
  /** How many, and the shortest of them. */
  readonly conversations: number;
  readonly example: ReplayedConversation;
};

/** What a replay of many recordings came to. */
export type ReplaySummary = {
  readonly conversations: number;
  readonly turns: number;
  /** Turns that could not be replayed, because what was before them is no longer kept. */
  readonly skipped: number;
  /** Conversations that go through the flows in question. */
  readonly concerned: number;
  /** Conversations that the flows in force already take otherwise than they were recorded. */
  readonly older: number;
  /** Those that go another way with the draft. */
  readonly changed: readonly ReplayedConversation[];
  /** In which ways they do, the most frequent first. */
  readonly differences: readonly Difference[];
};

/** Sums up replays; `flows` are those whose draft it was. */
export function summarise(replayed: readonly Replayed[], flows: readonly string[]): ReplaySummary {
  const all = replayed.flatMap(({ conversations }) => conversations);
  const changed = all.filter(({ differs }) => differs !== undefined);
  const ways = new Map<string, Difference>();
  for (const conversation of changed) {
    const turn = conversation.turns[conversation.differs ?? 0];
    if (turn === undefined) continue;
    const sentence = describeDifference(turn);
    const before = ways.get(sentence);
    const isShorter =
      before === undefined || conversation.turns.length < before.example.turns.length;
    ways.set(sentence, {
      sentence,
      conversations: (before?.conversations ?? 0) + 1,
      example: isShorter ? conversation : before.example,
    });
  }
  return {
    conversations: all.length,
    turns: sum(replayed.map(({ turns }) => turns)),
    skipped: sum(replayed.map(({ skipped }) => skipped)),
    concerned: all.filter((one) => one.flows.some((flow) => flows.includes(flow))).length,
    older: all.filter(({ isOlder }) => isOlder).length,
    changed,
    differences: [...ways.values()].sort((a, b) => b.conversations - a.conversations),
  };
}

/** What is different in a turn: "welcome.hello differs". */
function describeDifference({ now = [], draft = [] }: ReplayedTurn): string {
  const [was, is] = [now.map(nameOf), draft.map(nameOf)];
  const gone = was.filter((name) => !is.includes(name));
  const fresh = is.filter((name) => !was.includes(name));
  if (gone.length + fresh.length > 0) {
    if (gone.length === 0) return `${fresh.join(', ')} is new`;
    if (fresh.length === 0) return `${gone.join(', ')} is gone`;
    return `${fresh.join(', ')} instead of ${gone.join(', ')}`;
  }
  const other = now.find((effect, index) => {
    const twin = draft[index];
    return twin === undefined || signOf(effect) !== signOf(twin);
  });
  return `${other === undefined ? 'it' : nameOf(other)} differs`;
}

function nameOf(effect: Effect): string {
  switch (effect.type) {
    case 'say':
      return `${effect.flow}.${effect.key}`;
    case 'act':
      return `action ${effect.action}`;
    case 'remember':
      return `supporter.${effect.field}`;
    case 'record_consent':
      return `consent to ${effect.purpose}`;
    case 'alert':
      return `alert ${effect.code} in ${effect.flow}`;
    default:
      return effect satisfies never;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
