import { useEffect, useRef, useState } from 'react';
import type { AreaView } from '../../../staff/api.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { canvassWords } from '../../words/canvass-words.js';
import { listWords } from '../../words/list-words.js';
import { useWords } from '../../words/use-words.js';
import { useAreaName } from './area-name.js';
import { shadeOf } from './map/shapes.js';

/** Areas shown at once; more when asked for. */
const PART = 60;

/** Areas in their order, each with its reason: all that the map says of them, in words. */
export function AreaList({
  areas,
  chosen,
  choose,
  show,
  light,
  lit,
  canChoose,
}: {
  readonly areas: readonly AreaView[];
  readonly chosen: ReadonlySet<string>;
  choose(code: string): void;
  /** Moves the map there. */
  show(area: AreaView): void;
  light(code: string | undefined): void;
  /** Pressed on the map: it comes into sight. */
  readonly lit: string | undefined;
  readonly canChoose: boolean;
}) {
  const words = useWords(listWords);
  const [shown, setShown] = useState(PART);
  const of = areas.filter(({ rank }) => rank !== undefined).length;
  const at = areas.findIndex(({ code }) => code === lit);
  useEffect(() => {
    if (at >= shown) setShown(at + PART);
  }, [at, shown]);
  return (
    <>
      <ol className="area-list">
        {areas.slice(0, Math.max(shown, at + 1)).map((area) => (
          <AreaRow
            key={area.code}
            area={area}
            of={of}
            isChosen={chosen.has(area.code)}
            isLit={area.code === lit}
            choose={choose}
            show={show}
            light={light}
            canChoose={canChoose}
          />
        ))}
      </ol>
      {shown < areas.length ? (
        <div className="list-more">
          <Button onClick={() => setShown(shown + PART)}>{words.more}</Button>
        </div>
      ) : null}
    </>
  );
}

function AreaRow({
  area,
  of,
  isChosen,
  isLit,
  choose,
  show,
  light,
  canChoose,
}: {
  readonly area: AreaView;
  readonly of: number;
  readonly isChosen: boolean;
  readonly isLit: boolean;
  choose(code: string): void;
  show(area: AreaView): void;
  light(code: string | undefined): void;
  readonly canChoose: boolean;
}) {
  const words = useWords(canvassWords);
  const nameOf = useAreaName();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLit) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isLit]);
  const { code, city, rank, why, doors, done, turfs } = area;
  const name = nameOf(code);
  const all = turfs.free + turfs.walked + turfs.done;
  const shade = shadeOf(rank, of);
  return (
    <li
      ref={row}
      className={`area-row${isChosen ? ' area-row-chosen' : ''}`}
      onPointerEnter={() => light(code)}
      onPointerLeave={() => light(undefined)}
    >
      {canChoose ? (
        <input
          type="checkbox"
          aria-label={words.choose(name)}
          checked={isChosen}
          onChange={() => choose(code)}
        />
      ) : null}
      <div className="area-words">
        <p className="area-head">
          <span
            className={`rank-badge rank-${shade ?? 'none'}`}
            title={rank === undefined ? words.unranked : words.rank(rank)}
          >
            {rank ?? '–'}
          </span>
          <strong>{name}</strong>
          {city === undefined ? null : <span className="muted">{city}</span>}
          <button
            type="button"
            className="icon-button area-show"
            aria-label={words.show(name)}
            title={words.show(name)}
            onClick={() => show(area)}
          >
            <Icon name="map" size={18} />
          </button>
        </p>
        {why === undefined ? null : <p className="area-why">{withoutRank(why)}</p>}
        <p className="area-facts">
          <DoneBar done={done} all={doors} />
          <span>{words.doorsDone(done, doors)}</span>
          {all === 0 ? null : <span>{words.turfCount(all)}</span>}
          {turfs.walked === 0 ? null : <span>{words.walkedNow(turfs.walked)}</span>}
        </p>
      </div>
    </li>
  );
}

/** The rank stands in the badge already. */
function withoutRank(why: string): string {
  const rest = why.replace(/^[^:]{1,24}[\u00a0 ]?:\s/, '');
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** How much is done, drawn; the words beside it say it too. */
export function DoneBar({ done, all }: { readonly done: number; readonly all: number }) {
  return (
    <svg className="done-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="6" className="bar-ground" />
      <rect width={all === 0 ? 0 : (done / all) * 100} height="6" className="done-fill" />
    </svg>
  );
}
