import { useEffect, useRef, useState } from 'react';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import type { Problem } from '../../../engine/problem.js';
import type { FlowSurroundings } from '../../../staff/api.js';
import { startEngine, type EngineBeside } from './checking/ask-engine.js';

/** The engine beside the page, which knows the campaign. */
export function useEngine(surroundings: FlowSurroundings): EngineBeside | undefined {
  const [engine, setEngine] = useState<EngineBeside>();
  useEffect(() => {
    const started = startEngine();
    void started.ask({ type: 'surround', surroundings }).then(() => setEngine(started));
    return () => started.stop();
  }, [surroundings]);
  return engine;
}

const NONE: readonly Problem[] = [];

/** The mistakes in the texts as they are; the last ones known while they are looked for. */
export function useChecked(
  engine: EngineBeside | undefined,
  texts: FlowTexts,
): { readonly problems: readonly Problem[]; readonly isChecked: boolean } {
  const [found, setFound] = useState<{
    readonly of: FlowTexts;
    readonly problems: readonly Problem[];
  }>();
  const wanted = useRef(texts);
  wanted.current = texts;
  useEffect(() => {
    if (engine === undefined) return;
    const check = async (): Promise<void> => {
      const answer = await engine.askLatest({ type: 'check', texts });
      if (answer?.type !== 'checked') return;
      const { problems } = answer;
      // What is told once more is the very same, so that nothing is drawn anew for it.
      setFound((before) => ({
        of: texts,
        problems: isSame(before?.problems, problems) ? before.problems : problems,
      }));
    };
    void check();
  }, [engine, texts]);
  return { problems: found?.problems ?? NONE, isChecked: found?.of === texts };
}

function isSame(
  one: readonly Problem[] | undefined,
  other: readonly Problem[],
): one is readonly Problem[] {
  return one?.length === other.length && JSON.stringify(one) === JSON.stringify(other);
}
