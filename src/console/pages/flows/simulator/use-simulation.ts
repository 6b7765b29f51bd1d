import { useEffect, useMemo, useState } from 'react';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { They } from '../../../../engine/transcript.js';
import type { EngineBeside } from '../checking/ask-engine.js';
import type { ActionEnd, Move, Opening, Played } from '../checking/protocol.js';
import { call } from '../../../client.js';

/** A conversation with the flow as it is being written. */
export type Simulation = {
  readonly moves: readonly Move[];
  /** Absent until it was played, and while the flow has mistakes. */
  readonly played: Played | undefined;
  readonly isUnsound: boolean;
  say(text: string): Promise<void>;
  do(they: They): void;
  end(end: ActionEnd): void;
  back(): void;
  again(): void;
};

/** Plays the conversation anew whenever somebody says something, or the flow is changed. */
export function useSimulation(
  engine: EngineBeside | undefined,
  texts: FlowTexts,
  opening: Opening,
  title: string,
  first: They,
): Simulation {
  const start = useMemo((): readonly Move[] => [{ they: first, ends: [] }], [first]);
  const [moves, setMoves] = useState<readonly Move[]>(start);
  const [outcome, setOutcome] = useState<Played | 'unsound'>();
  useEffect(() => setMoves(start), [start, opening]);
  useEffect(() => {
    if (engine === undefined) return;
    const question = { type: 'play', texts, opening, title, moves } as const;
    const play = async (): Promise<void> => {
      const answer = await engine.askLatest(question);
      if (answer?.type === 'played') setOutcome(answer.played);
      if (answer?.type === 'unsound') setOutcome('unsound');
    };
    void play();
  }, [engine, texts, opening, title, moves]);

  const add = (they: They): void => setMoves((before) => [...before, { they, ends: [] }]);
  return {
    moves,
    played: outcome === 'unsound' ? undefined : outcome,
    isUnsound: outcome === 'unsound',
    async say(text) {
      // What free text means is asked of the server, which has learned it.
      const { language } = opening;
      const meaning = await call('POST /flows/meaning', { language, text }).catch(() => ({}));
      add({ type: 'text', text, ...meaning });
    },
    do: add,
    end: (end) =>
      setMoves((before) => {
        const last = before.at(-1);
        if (last === undefined) return before;
        return [...before.slice(0, -1), { ...last, ends: [...last.ends, end] }];
      }),
    back: () => setMoves((before) => (before.length > 1 ? before.slice(0, -1) : before)),
    again: () => setMoves(start),
  };
}
