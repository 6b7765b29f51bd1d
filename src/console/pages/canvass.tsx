import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { AreasView, AreaView, BoxInput, CutInput, PlaceView } from '../../staff/api.js';
import { useSession } from '../session.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { Tabs } from '../ui/tabs.js';
import { useApi } from '../use-api.js';
import { useAsked } from '../use-asked.js';
import { canvassWords } from '../words/canvass-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { AreaList } from './canvass/area-list.js';
import { CanvassMap } from './canvass/canvass-map.js';
import { CanvassViews } from './canvass/canvass-views.js';
import { CutPanel, readWish, type CutWish } from './canvass/cut-panel.js';
import { boxAround, placesOf } from './canvass/map/plane.js';
import { SilenceLine } from './canvass/silence-line.js';
import { TurfList } from './canvass/turf-list.js';
import { useDrawing } from './canvass/use-drawing.js';
import './canvass/canvass.css';

/** How often areas are looked at again. */
const LIVE_MS = 15_000;
/** After so long a wait, it is said why. */
const LONG_MS = 2_500;
const FIRST_WISH: CutWish = { by: 'size', size: '60', turfs: '10' };

/** Where to knock: areas in their order, turfs, and a map of both. */
export function Canvass() {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const { data, error, mutate } = useApi(
    'GET /canvass/areas',
    { language },
    { keepPrevious: true, everyMs: LIVE_MS },
  );
  const isEmpty = data !== undefined && data.doors === 0;
  return (
    <Page title={words.title} isWide actions={<CanvassViews here="map" />}>
      <div className="canvass">
        {error === undefined || data !== undefined ? null : (
          <Failure error={error} again={() => void mutate()} />
        )}
        {data === undefined && error === undefined ? <Waiting /> : null}
        {isEmpty ? <NoDoors /> : null}
        {data === undefined || isEmpty ? null : <Town town={data} changed={() => void mutate()} />}
      </div>
    </Page>
  );
}

function Waiting() {
  const words = useWords(canvassWords);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="canvass-waiting" aria-busy="true">
      {isLong ? (
        <p className="muted" role="status">
          {words.looking}
        </p>
      ) : null}
      <Skeleton lines={8} />
    </div>
  );
}

function NoDoors() {
  const words = useWords(canvassWords);
  return (
    <Empty
      icon="map"
      title={words.noDoors}
      text={words.noDoorsText}
      action={<code className="canvass-command">npx portevoix import doors FILE</code>}
    />
  );
}

function Town({ town, changed }: { readonly town: AreasView; changed(): void }) {
  const words = useWords(canvassWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const canCut = may('canvass.write');
  const [side, setSide] = useState<'areas' | 'turfs'>('areas');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [within, setWithin] = useState<readonly PlaceView[]>();
  const [lit, setLit] = useState<string>();
  const [pressed, setPressed] = useState<string>();
  const [goal, setGoal] = useState<BoxInput>();
  const [wish, setWish] = useState(FIRST_WISH);
  const drawing = useDrawing((line) => {
    setWithin(line);
    setChosen(new Set());
  });

  const where = whereOf(town.areas, chosen, within);
  const how = readWish(wish);
  const input: CutInput | undefined =
    where === undefined || how === undefined || !canCut ? undefined : { ...where, ...how };
  const preview = useAsked('POST /canvass/cut-previews', input, 500);
  // What is shown is of this wish, and of none before.
  const isOf = input !== undefined && !preview.isWaiting && preview.error === undefined;
  const planned = isOf ? preview.data : undefined;

  function choose(code: string): void {
    setWithin(undefined);
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  }
  function clear(): void {
    setChosen(new Set());
    setWithin(undefined);
  }
  const home = useMemo(() => homeOf(town.areas), [town.areas]);
  const pressArea = useMemo(
    () =>
      canCut
        ? (code: string): void => {
            choose(code);
            setPressed(code);
          }
        : setPressed,
    [canCut],
  );
  const pressTurf = useMemo(() => (id: string) => go(`/canvass/turfs/${id}`), [go]);
  const doors = town.areas.reduce((sum, area) => sum + (chosen.has(area.code) ? area.doors : 0), 0);

  return (
    <>
      <SilenceLine silence={town.silence} />
      <div className="canvass-split">
        <CanvassMap
          areas={town.areas}
          home={home}
          goal={goal}
          side={side}
          chosen={chosen}
          lit={lit}
          within={within}
          planned={planned}
          pressArea={pressArea}
          pressTurf={pressTurf}
          drawing={drawing}
          canDraw={canCut}
        />
        <div className="canvass-side">
          <Tabs
            label={words.title}
            of={['areas', 'turfs'] as const}
            chosen={side}
            choose={setSide}
            name={(one) => words[one]}
          />
          <div className="canvass-list">
            {side === 'turfs' ? (
              <TurfList areas={town.areas} light={setLit} />
            ) : (
              <>
                <Remarks town={town} />
                <AreaList
                  areas={town.areas}
                  chosen={chosen}
                  choose={choose}
                  show={(area) => setGoal(boxOf(area))}
                  light={setLit}
                  lit={pressed}
                  canChoose={canCut}
                />
              </>
            )}
          </div>
          {where === undefined ? null : (
            <CutPanel
              what={
                within === undefined
                  ? `${words.chosen(chosen.size)} · ${words.doors(doors)}`
                  : words.drawn
              }
              wish={wish}
              change={setWish}
              input={input}
              preview={preview}
              cancel={clear}
              made={() => {
                clear();
                setSide('turfs');
                changed();
              }}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** What to know of the order below. */
function Remarks({ town }: { readonly town: AreasView }) {
  const words = useWords(canvassWords);
  const { areas, elections, hasRules, strayDoors } = town;
  if (areas.length === 0) {
    return <Empty icon="map" title={words.noAreas} text={words.noAreasText} />;
  }
  return (
    <div className="canvass-remarks">
      {elections.length > 0 ? (
        <p>
          {words.ranked} {words.from(elections.join(', '))}
        </p>
      ) : (
        <p>{hasRules ? words.noResults : words.noRules}</p>
      )}
      {strayDoors === 0 ? null : <p>{words.stray(strayDoors)}</p>}
    </div>
  );
}

/** The best areas first, so that their turfs are walked first. */
function whereOf(
  areas: readonly AreaView[],
  chosen: ReadonlySet<string>,
  within: readonly PlaceView[] | undefined,
): CutInput | undefined {
  if (within !== undefined) return { within };
  const stations = areas.map(({ code }) => code).filter((code) => chosen.has(code));
  return stations.length === 0 ? undefined : { stations };
}

function boxOf(area: AreaView): BoxInput | undefined {
  return boxAround(placesOf(area.outline).flat());
}

/** All there is; around nothing, some place to begin at. */
function homeOf(areas: readonly AreaView[]): BoxInput {
  return (
    boxAround(areas.flatMap(({ outline }) => placesOf(outline).flat())) ?? {
      south: 42,
      west: -5,
      north: 51,
      east: 8,
    }
  );
}
