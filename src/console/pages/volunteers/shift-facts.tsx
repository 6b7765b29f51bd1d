import type { ReactNode } from 'react';
import type { ShiftView } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Fill } from './fill.js';

/** When, where and for whom a shift is, beside who comes. */
export function ShiftFacts({ view }: { readonly view: ShiftView }) {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const { draft, leader, role, place, capacity, taken } = view;
  const skills: Readonly<Record<string, string>> = words.skills;
  const checkIns: Readonly<Record<string, string>> = words.checkIns;
  const languages = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const listed = (values: readonly string[]): string | undefined =>
    values.length === 0
      ? undefined
      : new Intl.ListFormat(language, { type: 'conjunction' }).format(values);
  const free = capacity - taken;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [words.task, words.tasks[view.task]],
    [
      words.placeName,
      <>
        <p>{place.name}</p>
        {place.address === '' ? null : <p>{place.address}</p>}
        <a href={view.map} target="_blank" rel="noreferrer">
          {words.map} <Icon name="external" size={14} />
        </a>
      </>,
    ],
    [
      words.leader,
      leader === undefined ? (
        <span className="muted">{words.leaderNone}</span>
      ) : (
        <SupporterLink id={leader.id}>
          {leader.name === '' ? words.nameless : leader.name}
        </SupporterLink>
      ),
    ],
    [words.skillsTitle, listed(draft.skills.map((one) => skills[one] ?? one))],
    [words.languages, listed(draft.languages.map((one) => languages.of(one) ?? one))],
    [words.checkIn, listed(draft.checkIn.map((one) => checkIns[one] ?? one))],
  ];
  return (
    <div className="shift-side">
      <section className="card card-body shift-fill">
        {view.state === 'open' ? <p>{free > 0 ? words.free(free) : words.full}</p> : null}
        <Fill shift={view} />
      </section>
      <section className="card card-body shift-facts">
        {role === undefined ? null : (
          <p className="muted shift-role">
            <Icon name="shield" size={16} />
            <span>{words.needsRole(words.roles[role])}</span>
          </p>
        )}
        <dl>
          {rows.map(([name, value]) =>
            value === undefined ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </section>
    </div>
  );
}
