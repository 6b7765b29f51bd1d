import { Link, useLocation } from 'wouter';
import type { SegmentRow } from '../../staff/api.js';
import { useSession } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { Time } from '../ui/time.js';
import { useApi } from '../use-api.js';
import { segmentWords } from '../words/segment-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { NEW_SEGMENT } from './segments/new-segment.js';

/** Every segment, with how many are in it now. */
export function Segments() {
  const words = useWords(segmentWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const { data, error, mutate } = useApi('GET /segments', {});
  const make = may('segments.write') ? (
    <Button look="primary" icon="plus" onClick={() => go(`/segments/${NEW_SEGMENT}`)}>
      {words.make}
    </Button>
  ) : null;
  return (
    <Page title={words.title} text={words.text} actions={make}>
      {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
      {data === undefined && error === undefined ? <Skeleton lines={6} /> : null}
      {data?.items.length === 0 ? (
        <Empty icon="segment" title={words.none} text={words.noneText} />
      ) : null}
      {data === undefined || data.items.length === 0 ? null : <Table items={data.items} />}
    </Page>
  );
}

function Table({ items }: { readonly items: readonly SegmentRow[] }) {
  const words = useWords(segmentWords);
  return (
    <div className="table-frame">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className="number">
              {words.people}
            </th>
            <th scope="col">{words.uses}</th>
            <th scope="col">{words.saved}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: SegmentRow }) {
  const words = useWords(segmentWords);
  const { name, title, rules, uses, isFaulty, author, at } = row;
  return (
    <tr>
      <td>
        <div className="who-words">
          <Link href={`/segments/${name}`}>{title}</Link>
          <span>{rules === 0 ? words.everybody : words.rules(rules)}</span>
        </div>
      </td>
      <td className="number">
        {isFaulty ? <Badge tone="bad">{words.faulty}</Badge> : <Count name={name} />}
      </td>
      <td>
        {uses.length === 0 ? (
          <span className="muted">{words.unused}</span>
        ) : (
          <span className="badges">
            {uses.slice(0, 3).map((use) => (
              <Badge key={`${use.type} ${use.id}`}>
                {words.kinds[use.type]} · {use.name}
              </Badge>
            ))}
            {uses.length > 3 ? <Badge>+{uses.length - 3}</Badge> : null}
          </span>
        )}
      </td>
      <td className="muted">
        <Time at={at} isShort /> · {author}
      </td>
    </tr>
  );
}

function Count({ name }: { readonly name: string }) {
  const { language } = useLanguage();
  const { data } = useApi('GET /segments/:name/count', { name });
  if (data === undefined) return <span className="muted">…</span>;
  return new Intl.NumberFormat(language).format(data.count);
}
