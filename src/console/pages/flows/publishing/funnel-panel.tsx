import { useState } from 'react';
import { IconButton } from '../../../ui/button.js';
import { Empty } from '../../../ui/empty.js';
import { Failure } from '../../../ui/failure.js';
import { Select } from '../../../ui/field.js';
import { Skeleton } from '../../../ui/skeleton.js';
import { useApi } from '../../../use-api.js';
import { editorWords } from '../../../words/editor-words.js';
import { publishWords } from '../../../words/publish-words.js';
import { useLanguage, useWords } from '../../../words/use-words.js';

const PERIODS = ['7', '30', '90'] as const;

/** How people went through the flow, step by step. */
export function FunnelPanel({
  name,
  order,
  select,
  close,
}: {
  readonly name: string;
  /** What the steps say and ask, in order. */
  readonly order: readonly string[];
  select(words: string): void;
  close(): void;
}) {
  const words = useWords(publishWords);
  const { close: closeWord } = useWords(editorWords);
  const { language } = useLanguage();
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  const { data, error, mutate } = useApi(
    'GET /flows/:name/funnel',
    { name, days: Number(days) },
    { keepPrevious: true },
  );
  const rows = [...(data?.rows ?? [])].sort(
    (a, b) => placeIn(order, a.step) - placeIn(order, b.step),
  );
  const most = Math.max(1, ...rows.map(({ came }) => came));
  const number = new Intl.NumberFormat(language);
  return (
    <section className="step-panel" aria-label={words.funnel}>
      <header className="panel-head">
        <h2>{words.funnel}</h2>
        <IconButton icon="close" label={closeWord} onClick={close} />
      </header>
      <div className="panel-body">
        <Select
          label={words.period}
          value={days}
          options={PERIODS.map((value) => ({ value, label: words.days(Number(value)) }))}
          onChoose={(chosen) => setDays(chosen)}
        />
        {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
        {data === undefined && error === undefined ? <Skeleton lines={6} /> : null}
        {data !== undefined && rows.length === 0 ? (
          <Empty icon="filter" title={words.noFunnel} text={words.noFunnelText} />
        ) : null}
        {rows.length === 0 ? null : (
          <>
            <p className="muted">{words.funnelOf(data?.supporters ?? 0)}</p>
            <table className="funnel">
              <thead>
                <tr>
                  <th scope="col">{words.step}</th>
                  <th scope="col" className="number">
                    {words.came}
                  </th>
                  <th scope="col" className="number">
                    {words.left}
                  </th>
                  <th scope="col" className="number">
                    {words.median}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ step, came, left, medianS }) => (
                  <tr key={step}>
                    <th scope="row">
                      <button type="button" className="problem-place" onClick={() => select(step)}>
                        {step}
                      </button>
                      <progress className="funnel-bar" max={most} value={came} aria-hidden="true" />
                    </th>
                    <td className="number">{number.format(came)}</td>
                    <td className="number">{left === 0 ? '' : number.format(left)}</td>
                    <td className="number">
                      {medianS === undefined ? '' : spanText(medianS, language)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </div>
    </section>
  );
}

function placeIn(order: readonly string[], step: string): number {
  const at = order.indexOf(step);
  return at < 0 ? order.length : at;
}

function spanText(seconds: number, language: string): string {
  const [value, unit] =
    seconds < 90
      ? [seconds, 'second' as const]
      : seconds < 5_400
        ? [Math.round(seconds / 60), 'minute' as const]
        : seconds < 129_600
          ? [Math.round(seconds / 3_600), 'hour' as const]
          : [Math.round(seconds / 86_400), 'day' as const];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    value,
  );
}
