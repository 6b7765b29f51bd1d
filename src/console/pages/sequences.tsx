import { Link, useLocation } from 'wouter';
import type { SequenceRowView } from '../../staff/api.js';
import { useSession } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { useApi } from '../use-api.js';
import { sequenceWords } from '../words/sequence-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { startOfKey, useStart } from './sequences/use-start.js';
import './sequences/sequences.css';

/** Every sequence, with how many people stand where in it. */
export function Sequences() {
  const words = useWords(sequenceWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const { data, error, mutate } = useApi('GET /sequences', {});
  const make = may('messages.send') ? (
    <Button look="primary" icon="plus" onClick={() => go('/sequences/new')}>
      {words.make}
    </Button>
  ) : null;
  return (
    <Page title={words.title} text={words.text} actions={make}>
      {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
      {data === undefined && error === undefined ? <Skeleton lines={6} /> : null}
      {data?.items.length === 0 ? (
        <Empty icon="history" title={words.none} text={words.noneText} />
      ) : null}
      {data === undefined || data.items.length === 0 ? null : <Table items={data.items} />}
    </Page>
  );
}

function Table({ items }: { readonly items: readonly SequenceRowView[] }) {
  const words = useWords(sequenceWords);
  return (
    <div className="table-frame">
      <table className="table table-cards sequences-table">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" className="number">
              {words.within}
            </th>
            <th scope="col" className="number">
              {words.finished}
            </th>
            <th scope="col" className="number">
              {words.left}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: SequenceRowView }) {
  const words = useWords(sequenceWords);
  const { language } = useLanguage();
  const tellStart = useStart();
  const { id, name, state, start, steps } = row;
  const { data } = useApi('GET /sequences/:id', { id });
  const number = new Intl.NumberFormat(language);
  const left = data === undefined ? 0 : sum(Object.values(data.totals.left));
  const shown = (count: number | undefined): string =>
    count === undefined ? '…' : number.format(count);
  return (
    <tr>
      <td>
        <div className="who-words">
          <Link href={`/sequences/${id}`}>{name}</Link>
          <span>
            {words.begins} {tellStart(startOfKey(start))} · {words.steps(steps)}
          </span>
        </div>
      </td>
      <td>
        <Badge tone={state === 'active' ? 'good' : 'warn'}>{words.states[state]}</Badge>
      </td>
      <td className="number" data-label={words.within}>
        {shown(data?.totals.within)}
      </td>
      <td className="number" data-label={words.finished}>
        {shown(data?.totals.finished)}
      </td>
      <td className="number" data-label={words.left}>
        {shown(data === undefined ? undefined : left)}
      </td>
    </tr>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}
