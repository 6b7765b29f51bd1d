import { useState } from 'react';
import type { PlaceView } from '../../../staff/api.js';
import type { Plane, Point } from './map/plane.js';
import type { Drawing } from './map/town-map.js';

/** Metres between two corners of a line that is drawn in one go, and how many corners make it one. */
const APART = 12;
const ONE_GO = 8;
const MOST = 900;

/** A line that is being drawn around a part of the map, corner by corner or in one go. */
export function useDrawing(finish: (within: readonly PlaceView[]) => void) {
  const [corners, setCorners] = useState<readonly Point[]>();
  const [strokes, setStrokes] = useState(0);
  const [plane, setPlane] = useState<Plane>();

  function end(line: readonly Point[]): void {
    if (line.length >= 3 && plane !== undefined)
      finish(line.map((corner) => plane.toPlace(corner)));
    setCorners(undefined);
  }
  const add = (at: Point): void =>
    setCorners((line) => (line === undefined || line.length >= MOST ? line : [...line, at]));

  const drawing: Drawing | undefined =
    corners === undefined
      ? undefined
      : {
          drag(at, phase) {
            if (phase === 'begins') {
              setStrokes(0);
              add(at);
              return;
            }
            if (phase === 'ends') {
              if (strokes >= ONE_GO) end(corners);
              return;
            }
            const last = corners.at(-1);
            if (last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) < APART) return;
            setStrokes(strokes + 1);
            add(at);
          },
          key(key, at) {
            switch (key) {
              case ' ':
                add(at);
                return true;
              case 'Enter':
                end(corners);
                return true;
              case 'Backspace':
                setCorners(corners.slice(0, -1));
                return true;
              case 'Escape':
                setCorners(undefined);
                return true;
              default:
                return false;
            }
          },
        };
  return {
    corners,
    drawing,
    begin(on: Plane) {
      setPlane(on);
      setCorners([]);
    },
    back: () => setCorners(corners?.slice(0, -1)),
    end: () => end(corners ?? []),
    stop: () => setCorners(undefined),
  };
}
