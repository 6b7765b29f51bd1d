import { useEffect, useState } from 'react';
import type { EngineBeside } from './checking/ask-engine.js';
import type { Box, Point } from './checking/protocol.js';

export type Places = ReadonlyMap<string, Point>;

/** Where boxes are laid out; asked again only when a box or a way is another. */
export function useLayout(
  engine: EngineBeside | undefined,
  boxes: readonly Box[],
): Places | undefined {
  const [places, setPlaces] = useState<Places>();
  const shape = JSON.stringify(boxes);
  useEffect(() => {
    if (engine === undefined) return;
    const asked: readonly Box[] = JSON.parse(shape);
    const layOut = async (): Promise<void> => {
      const answer = await engine.askLatest({ type: 'lay_out', boxes: asked });
      if (answer?.type === 'laid_out') setPlaces(new Map(answer.places));
    };
    void layOut();
  }, [engine, shape]);
  return places;
}
