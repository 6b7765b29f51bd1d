import { useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { BoxInput } from '../../../../staff/api.js';
import { IconButton } from '../../../ui/button.js';
import { canvassWords } from '../../../words/canvass-words.js';
import { useWords } from '../../../words/use-words.js';
import { layPlane, middleOf, type Plane, type Point } from './plane.js';
import { useMoves } from './use-moves.js';
import { fit, toPixel, toWorld, zoom, type Size, type View } from './view.js';

const STEP = 1.6;

/** What is drawn is told what part is seen. */
export type Seen = {
  readonly plane: Plane;
  readonly view: View;
  readonly size: Size;
  pixelOf(point: Point): Point;
};

export type Drawing = {
  /** Where a pressed pointer goes, in points of the drawing. */
  drag(at: Point, phase: 'begins' | 'goes_on' | 'ends'): void;
  /** A key that means something while one draws; `at` is the middle of the map. Answers whether it did. */
  key(key: string, at: Point): boolean;
};

/**
 * A map that we draw ourselves, so that nobody else learns where one looks: `shapes` in metres below,
 * `marks` in pixels above. What it shows stands in a list beside it for whoever does not see it.
 */
export function TownMap({
  home,
  goal,
  label,
  shapes,
  marks,
  tools,
  drawing,
  looked,
}: {
  /** All there is to see. */
  readonly home: BoxInput;
  /** Where to look; another object moves there. */
  readonly goal?: BoxInput | undefined;
  readonly label: string;
  shapes(seen: Seen): ReactNode;
  marks?(seen: Seen): ReactNode;
  readonly tools?: ReactNode;
  readonly drawing?: Drawing | undefined;
  /** Told what part is seen now. */
  looked?(seen: Pick<Seen, 'plane' | 'view' | 'size'>): void;
}) {
  const words = useWords(canvassWords);
  const helpId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const middle = middleOf(home);
  const plane = useMemo(() => layPlane(middle), [middle.lat, middle.lon]);
  const [view, setView] = useState<View>();
  const shown = view ?? fit(home, plane, size);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void =>
      setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isThere = size.width > 0 && size.height > 0;
  useLayoutEffect(() => {
    if (goal !== undefined && isThere) setView(fit(goal, plane, size));
  }, [goal, isThere]);
  const box = `${shown.x} ${shown.y} ${shown.scale} ${size.width} ${size.height}`;
  useLayoutEffect(() => {
    if (isThere) looked?.({ plane, view: shown, size });
  }, [box, plane, isThere]);

  const showAll = (): void => setView(undefined);
  const worldAt = (at: Point): Point => toWorld(shown, at, size);
  const moves = useMoves(
    frame,
    size,
    shown,
    setView,
    showAll,
    drawing && ((at, phase) => drawing.drag(worldAt(at), phase)),
  );
  const center = { x: size.width / 2, y: size.height / 2 };
  const seen: Seen = {
    plane,
    view: shown,
    size,
    pixelOf: (point) => toPixel(shown, point, size),
  };
  const { x, y, scale } = shown;
  const shift = `translate(${center.x - x * scale} ${center.y - y * scale}) scale(${scale})`;
  return (
    <div className={drawing === undefined ? 'town-map' : 'town-map town-map-drawing'}>
      <p className="hidden" id={helpId}>
        {drawing === undefined ? words.mapHelp : words.drawHelp}
      </p>
      <div
        ref={frame}
        className="town-map-frame"
        role="application"
        aria-label={label}
        aria-describedby={helpId}
        tabIndex={0}
        {...moves}
        onKeyDown={(event) => {
          if (drawing?.key(event.key, worldAt(center)) === true) event.preventDefault();
          else moves.onKeyDown(event);
        }}
        onDoubleClick={(event) => {
          if (drawing !== undefined) return;
          const bounds = event.currentTarget.getBoundingClientRect();
          const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
          setView(zoom(shown, STEP, at, size));
        }}
      >
        {isThere ? (
          <svg width={size.width} height={size.height} aria-hidden="true">
            <g transform={shift}>{shapes(seen)}</g>
            {marks?.(seen)}
            {drawing === undefined ? null : (
              <path
                className="map-cross"
                d={`M${center.x - 9} ${center.y}h18M${center.x} ${center.y - 9}v18`}
              />
            )}
          </svg>
        ) : null}
        <MapScale scale={scale} />
      </div>
      <div className="town-map-tools">
        {tools}
        <IconButton
          icon="plus"
          label={words.zoomIn}
          onClick={() => setView(zoom(shown, STEP, center, size))}
        />
        <IconButton
          icon="minus"
          label={words.zoomOut}
          onClick={() => setView(zoom(shown, 1 / STEP, center, size))}
        />
        <IconButton icon="fit" label={words.fit} onClick={showAll} />
      </div>
    </div>
  );
}

/** How long a round number of metres is. */
function MapScale({ scale }: { readonly scale: number }) {
  const words = useWords(canvassWords);
  const most = 110 / scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((one) => one * power).find((one) => one <= most) ?? power;
  return (
    <p className="map-scale" aria-hidden="true">
      <span style={{ width: `${metres * scale}px` }} />
      {words.metres(metres)}
    </p>
  );
}
