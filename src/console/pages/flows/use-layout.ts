import { useEffect, useMemo, useRef, useState } from 'react';
import { boxesOf, heightOf, type Card } from './canvas/draw-steps.js';
import type { EngineBeside } from './checking/ask-engine.js';
import type { Box, Point } from './checking/protocol.js';

export type Places = ReadonlyMap<string, Point>;

/** Where cards are laid out; asked again only when the size of one or a way is another. */
export function useLayout(
  engine: EngineBeside | undefined,
  cards: readonly Card[],
): Places | undefined {
  const [places, setPlaces] = useState<Places>();
  const boxes = useBoxes(cards);
  useEffect(() => {
    if (engine === undefined) return;
    const layOut = async (): Promise<void> => {
      const answer = await engine.askLatest({ type: 'lay_out', boxes });
      if (answer?.type === 'laid_out') setPlaces(new Map(answer.places));
    };
    void layOut();
  }, [engine, boxes]);
  return places;
}

/** The boxes of cards, the very same while none of them is another. */
function useBoxes(cards: readonly Card[]): readonly Box[] {
  const last = useRef<{ readonly cards: readonly Card[]; readonly boxes: readonly Box[] }>(null);
  return useMemo(() => {
    const before = last.current;
    const isSame =
      before?.cards.length === cards.length &&
      cards.every((card, at) => {
        const old = before.cards[at];
        return (
          old === card ||
          (old !== undefined && old.step === card.step && heightOf(old) === heightOf(card))
        );
      });
    const boxes = isSame ? before.boxes : boxesOf(cards);
    last.current = { cards, boxes };
    return boxes;
  }, [cards]);
}
