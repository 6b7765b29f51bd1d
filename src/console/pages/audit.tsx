import { useState } from 'react';
import type { AuditEntry } from '../../staff/api.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { Select } from '../ui/field.js';
import { More } from '../ui/more.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { Time } from '../ui/time.js';
import { useList } from '../use-api.js';
import { actionNames, auditWords } from '../words/audit-words.js';
import { useWords } from '../words/use-words.js';

const EVERYTHING = 'everything';

/** Who did what, and who looked at whom. */
export function AuditLog() {
  const words = useWords(auditWords);
  const names = useWords(actionNames);
  const [action, setAction] = useState(EVERYTHING);
  const list = useList('GET /audit', action === EVERYTHING ? {} : { action });
  const options = Object.entries(names)
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Page title={words.title} text={words.text}>
      <div className="filters">
        <Select
          label={words.action}
          isLabelHidden
          value={action}
          onChoose={setAction}
          options={[{ value: EVERYTHING, label: words.all }, ...options]}
        />
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={8} /> : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 ? (
        <Empty icon="list" title={words.none} text={words.noneText} />
      ) : null}
      {list.items.length === 0 ? null : <AuditTable items={list.items} />}
      <More list={list} />
    </Page>
  );
}

function AuditTable({ items }: { readonly items: readonly AuditEntry[] }) {
  const words = useWords(auditWords);
  const names: Readonly<Record<string, string>> = useWords(actionNames);
  return (
    <div className="table-frame">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{words.action}</th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.about}</th>
            <th scope="col">{words.at}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, at, action, who, outcome, supporter, about }) => (
            <tr key={id}>
              <td>
                <span className="badges">
                  {names[action] ?? action}
                  {outcome === 'done' ? null : (
                    <Badge tone={outcome === 'refused' ? 'bad' : 'warn'}>
                      {words.outcomes[outcome]}
                    </Badge>
                  )}
                </span>
              </td>
              <td>{who.name === '' ? words.nobody : who.name}</td>
              <td className="muted">
                <code>{(supporter ?? about ?? '–').slice(0, 8)}</code>
              </td>
              <td className="muted end">
                <Time at={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
