import type { CanvassResult, TurfDoorView } from '../../../staff/api.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';

const TALKED: readonly CanvassResult[] = ['canvassed', 'refused', 'language_barrier'];

export function toneOf(result: CanvassResult): Tone {
  if (result === 'canvassed') return 'good';
  return TALKED.includes(result) ? 'accent' : 'warn';
}

/** The doors of a turf in walk order, and what was found at each. */
export function WalkTable({
  doors,
  light,
}: {
  readonly doors: readonly TurfDoorView[];
  light(id: string | undefined): void;
}) {
  const words = useWords(canvassWords);
  const levels: { readonly [level: string]: string } = words.levels;
  return (
    <div className="table-frame">
      <table className="table table-cards walk-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              {words.order}
            </th>
            <th scope="col">{words.address}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.note}</th>
          </tr>
        </thead>
        <tbody>
          {doors.map((door, index) => {
            const { id, address, note, result, supportLevel, at, by, visitNote, isHeld } = door;
            return (
              <tr key={id} onPointerEnter={() => light(id)} onPointerLeave={() => light(undefined)}>
                <td className="number muted">{index + 1}</td>
                <td className="walk-address">{address}</td>
                <td>
                  {result === undefined ? (
                    <span className="muted">{isHeld ? words.onTheWay : words.todo}</span>
                  ) : (
                    <span className="badges">
                      <Badge tone={toneOf(result)}>{words.results[result]}</Badge>
                      {supportLevel === undefined ? null : (
                        <span>{levels[String(supportLevel)]}</span>
                      )}
                    </span>
                  )}
                </td>
                <td className="muted">
                  {at === undefined ? null : <Time at={at} isShort />}
                  {by === undefined ? null : ` · ${by.name}`}
                </td>
                <td className="muted">
                  {[note, visitNote].filter((part) => part !== undefined).join(' · ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
