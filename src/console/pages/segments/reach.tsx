import { useState } from 'react';
import type { Group, OutputOf, SampleRow } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Avatar } from '../../ui/avatar.js';
import { Button } from '../../ui/button.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import type { Asked } from '../../use-asked.js';
import { segmentWords } from '../../words/segment-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** How many a segment means now, and some of them. */
export function Reach({
  group,
  live,
}: {
  readonly group: Group;
  readonly live: Asked<OutputOf<'POST /segment-counts'>>;
}) {
  const words = useWords(segmentWords);
  const { language } = useLanguage();
  const { run, isBusy } = useAction();
  const [sample, setSample] = useState<{ of: Group; people: readonly SampleRow[] }>();
  const count = live.data?.count;
  const people = sample?.of === group ? sample.people : undefined;
  return (
    <section className="card card-body reach" aria-live="polite" aria-busy={live.isWaiting}>
      {count === undefined ? (
        <p className="muted">{live.data === undefined ? words.counting : words.cannotCount}</p>
      ) : (
        <p className={live.isWaiting ? 'reach-count reach-old' : 'reach-count'}>
          <strong>{new Intl.NumberFormat(language).format(count)}</strong>
          <span>
            {words.countOf(count).replace(/^\S+\s/, '')} {words.now}
          </span>
        </p>
      )}
      {people === undefined ? (
        <Button
          size="small"
          isBusy={isBusy}
          disabled={count === undefined || count === 0}
          onClick={() =>
            void run(async () => {
              const found = await call('POST /segment-samples', { segment: group });
              setSample({ of: group, people: found.people });
            })
          }
        >
          {words.showSample}
        </Button>
      ) : (
        <ul className="sample" aria-label={words.sampleTitle}>
          {people.length === 0 ? <li className="muted">{words.sampleNone}</li> : null}
          {people.map(({ id, name, place, since }) => (
            <li key={id} className="who">
              <Avatar name={name ?? place ?? '?'} size="small" />
              <span className="who-words">
                <span>{name === undefined || name === '' ? words.nameless : name}</span>
                <span>
                  {place === undefined ? '' : `${place} · `}
                  {words.since} <Time at={since} isShort />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
