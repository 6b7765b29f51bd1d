import { useMemo } from 'react';
import type { Outline, TurfDoorView } from '../../../staff/api.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';
import { boxAround, placesOf } from './map/plane.js';
import { DoorDots } from './map/shapes.js';
import { TownMap } from './map/town-map.js';

/** Where a walk begins, and every so many doors: numbers that can be found in the list. */
const NUMBERED = 10;

/** A turf with its doors and the way from one to the next. */
export function WalkMap({
  outline,
  doors,
  lit,
}: {
  readonly outline: Outline;
  readonly doors: readonly TurfDoorView[];
  /** The door that is pointed at in the list. */
  readonly lit: string | undefined;
}) {
  const words = useWords(canvassWords);
  const home = useMemo(() => boxAround([...doors, ...placesOf(outline).flat()]), [doors, outline]);
  const dots = useMemo(() => doors.map((door) => ({ ...door, turf: 'this' })), [doors]);
  if (home === undefined) return null;
  return (
    <TownMap
      home={home}
      label={words.walkMap}
      shapes={({ plane }) => {
        const points = doors.map((door) => plane.toPoint(door));
        const way = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
        const shown = doors.find(({ id }) => id === lit);
        const at = shown === undefined ? undefined : plane.toPoint(shown);
        return (
          <>
            <path className="map-turf map-turf-free" fillRule="evenodd" d={plane.pathOf(outline)} />
            <path className="map-walk" d={`M${way}`} />
            <DoorDots doors={dots} plane={plane} />
            {at === undefined ? null : <path className="map-stop" d={`M${at.x} ${at.y}h0`} />}
          </>
        );
      }}
      marks={({ plane, pixelOf }) => (
        <g className="map-names">
          {doors.map((door, index) => {
            if (index % NUMBERED !== 0 && index !== doors.length - 1) return null;
            const { x, y } = pixelOf(plane.toPoint(door));
            return (
              <text key={door.id} x={x + 6} y={y - 6}>
                {index + 1}
              </text>
            );
          })}
        </g>
      )}
    />
  );
}
