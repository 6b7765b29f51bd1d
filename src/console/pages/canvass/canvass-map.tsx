import { useEffect, useState } from 'react';
import type {
  AreaView,
  BoxInput,
  CutPreview,
  DoorDot,
  PlaceView,
  TurfShape,
} from '../../../staff/api.js';
import { Button, IconButton } from '../../ui/button.js';
import { useApi } from '../../use-api.js';
import { useLater } from '../../use-later.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';
import { useAreaName } from './area-name.js';
import type { Plane, Point } from './map/plane.js';
import { AreaShapes, DOOR_LOOKS, DoorDots, SHADES, TurfShapes } from './map/shapes.js';
import { TownMap, type Seen } from './map/town-map.js';
import { boxSeen, metresTall } from './map/view.js';
import type { useDrawing } from './use-drawing.js';

/** Metres from top to bottom of the map below which turfs, and doors, are asked for. */
const TURFS_BELOW = 12_000;
const DOORS_BELOW = 1_500;
/** Pixels that an area needs for its name. */
const ROOM = 46;
/** The same ones every time, so that nothing is drawn anew. */
const NO_TURFS: readonly TurfShape[] = [];
const NO_DOORS: readonly DoorDot[] = [];
/** How often what changes by itself is looked at again. */
const LIVE_MS = 10_000;

/** The map of areas, turfs and doors, and what is about to be cut. */
export function CanvassMap({
  areas,
  home,
  goal,
  side,
  chosen,
  lit,
  within,
  planned,
  pressArea,
  pressTurf,
  drawing,
  canDraw,
}: {
  readonly areas: readonly AreaView[];
  readonly home: BoxInput;
  readonly goal: BoxInput | undefined;
  /** What takes presses: areas, or turfs. */
  readonly side: 'areas' | 'turfs';
  readonly chosen: ReadonlySet<string>;
  /** The area or turf that is pointed at in the list. */
  readonly lit: string | undefined;
  readonly within: readonly PlaceView[] | undefined;
  readonly planned: CutPreview | undefined;
  pressArea(code: string): void;
  pressTurf(id: string): void;
  readonly drawing: ReturnType<typeof useDrawing>;
  readonly canDraw: boolean;
}) {
  const words = useWords(canvassWords);
  const [looked, setLooked] = useState<Pick<Seen, 'plane' | 'view' | 'size'>>();
  const settled = useLater(looked, 150);
  const tall = settled === undefined ? Infinity : metresTall(settled.view, settled.size);
  const box = settled && boxSeen(settled.view, settled.plane, settled.size);
  const shapes = useApi('GET /canvass/shapes', tall < TURFS_BELOW ? box : undefined, {
    keepPrevious: true,
    everyMs: LIVE_MS,
  });
  const doors = useApi('GET /canvass/doors', tall < DOORS_BELOW ? box : undefined, {
    keepPrevious: true,
    everyMs: LIVE_MS,
  });
  const turfs = tall < TURFS_BELOW ? (shapes.data?.turfs ?? NO_TURFS) : NO_TURFS;
  const dots = tall < DOORS_BELOW ? (doors.data?.doors ?? NO_DOORS) : NO_DOORS;
  // Areas step back behind what is looked at.
  const isBelow = planned !== undefined || (turfs.length > 0 && side === 'turfs');
  // What was cut is there at once.
  const cuts = areas.reduce((sum, { turfs: { free } }) => sum + free, 0);
  useEffect(() => {
    void shapes.mutate();
    void doors.mutate();
  }, [cuts]);

  return (
    <div className="canvass-map">
      <TownMap
        home={home}
        goal={goal}
        label={words.mapLabel}
        looked={setLooked}
        drawing={drawing.drawing}
        shapes={({ plane }) => (
          <>
            <g className={isBelow ? 'map-below' : undefined}>
              <AreaShapes
                areas={areas}
                plane={plane}
                chosen={chosen}
                lit={side === 'areas' ? lit : undefined}
                {...(side === 'areas' && drawing.drawing === undefined ? { press: pressArea } : {})}
              />
            </g>
            <g className={side === 'areas' ? 'map-turfs-outlined' : undefined}>
              <TurfShapes
                turfs={turfs}
                plane={plane}
                lit={side === 'turfs' ? lit : undefined}
                {...(side === 'turfs' ? { press: pressTurf } : {})}
              />
            </g>
            <Planned planned={planned} plane={plane} />
            <DoorDots doors={dots} plane={plane} />
            <Line places={within} plane={plane} />
            <Drawn corners={drawing.corners} />
          </>
        )}
        marks={(seen) => <Names areas={areas} seen={seen} hasRanks={side === 'areas'} />}
        tools={
          canDraw && drawing.drawing === undefined ? (
            <IconButton
              icon="edit"
              label={words.draw}
              onClick={() => {
                if (looked !== undefined) drawing.begin(looked.plane);
              }}
            />
          ) : null
        }
      />
      {drawing.corners === undefined ? null : (
        <div className="map-drawing-bar">
          <p>{words.drawHelp}</p>
          <IconButton
            icon="undo"
            label={words.drawBack}
            disabled={drawing.corners.length === 0}
            onClick={drawing.back}
          />
          <Button size="small" onClick={drawing.stop}>
            {words.drawCancel}
          </Button>
          <Button
            size="small"
            look="primary"
            disabled={drawing.corners.length < 3}
            onClick={drawing.end}
          >
            {words.drawEnd}
          </Button>
        </div>
      )}
      <Legend
        side={side}
        hasRanks={areas.some(({ rank }) => rank !== undefined)}
        hasDoors={dots.length > 0}
        isFar={tall >= DOORS_BELOW || doors.data?.isCut === true}
      />
    </div>
  );
}

function Planned({
  planned,
  plane,
}: {
  readonly planned: CutPreview | undefined;
  readonly plane: Plane;
}) {
  if (planned === undefined) return null;
  return (
    <g>
      {planned.turfs.map(({ name, outline }) => (
        <path key={name} className="map-planned" fillRule="evenodd" d={plane.pathOf(outline)} />
      ))}
    </g>
  );
}

function Line({
  places,
  plane,
}: {
  readonly places: readonly PlaceView[] | undefined;
  readonly plane: Plane;
}) {
  if (places === undefined) return null;
  const points = places.map((place) => plane.toPoint(place));
  return <path className="map-line" d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}Z`} />;
}

function Drawn({ corners }: { readonly corners: readonly Point[] | undefined }) {
  if (corners === undefined || corners.length === 0) return null;
  const path = corners.map(({ x, y }) => `${x} ${y}`).join('L');
  return (
    <>
      <path className="map-line map-line-open" d={`M${path}`} />
      <path className="map-corner" d={corners.map(({ x, y }) => `M${x} ${y}h0`).join('')} />
    </>
  );
}

/** Names of areas where there is room for them. */
function Names({
  areas,
  seen,
  hasRanks,
}: {
  readonly areas: readonly AreaView[];
  readonly seen: Seen;
  readonly hasRanks: boolean;
}) {
  const nameOf = useAreaName();
  const { plane, view, size, pixelOf } = seen;
  const marks = areas.flatMap(({ code, rank: ranked, centre, doors }) => {
    const rank = hasRanks ? ranked : undefined;
    const at = pixelOf(plane.toPoint(centre));
    const isSeen = at.x > 0 && at.y > 0 && at.x < size.width && at.y < size.height;
    // An area is about as wide as its doors would be on a field of 30 m each.
    const wide = Math.sqrt(doors) * 18 * view.scale;
    return isSeen && wide > ROOM ? [{ code, rank, at, wide }] : [];
  });
  return (
    <g className="map-names">
      {marks.map(({ code, rank, at, wide }) => (
        <text key={code} x={at.x} y={at.y} textAnchor="middle">
          {rank === undefined ? null : (
            <tspan className="map-rank" x={at.x}>
              {rank}
            </tspan>
          )}
          {wide > 2 * ROOM || rank === undefined ? (
            <tspan x={at.x} dy={rank === undefined ? 0 : 16}>
              {nameOf(code)}
            </tspan>
          ) : null}
        </text>
      ))}
    </g>
  );
}

function Legend({
  side,
  hasRanks,
  hasDoors,
  isFar,
}: {
  readonly side: 'areas' | 'turfs';
  readonly hasRanks: boolean;
  readonly hasDoors: boolean;
  readonly isFar: boolean;
}) {
  const words = useWords(canvassWords);
  const looks = {
    none: words.noTurfDot,
    todo: words.todo,
    talked: words.talked,
    passed: words.noTalk,
  };
  return (
    <div className="map-legend" role="note" aria-label={words.legend}>
      {side === 'areas' && hasRanks ? (
        <p>
          <span>{words.best}</span>
          {Array.from({ length: SHADES }, (_, shade) => (
            <span key={shade} className={`legend-box rank-${shade}`} aria-hidden="true" />
          ))}
          <span>{words.last}</span>
        </p>
      ) : null}
      {side === 'turfs' ? (
        <p>
          {(['free', 'reserved', 'walked', 'done'] as const).map((state) => (
            <span key={state} className="legend-item">
              <span className={`legend-box turf-box-${state}`} aria-hidden="true" />
              {state === 'reserved' ? words.reserved : words.states[state]}
            </span>
          ))}
        </p>
      ) : null}
      {hasDoors ? (
        <p>
          {DOOR_LOOKS.map((look) => (
            <span key={look} className="legend-item">
              <span className={`legend-dot door-dot-${look}`} aria-hidden="true" />
              {looks[look]}
            </span>
          ))}
        </p>
      ) : null}
      {isFar && !hasDoors ? <p className="muted map-closer">{words.closer}</p> : null}
    </div>
  );
}
