import { Link } from 'wouter';
import type { SupporterRow } from '../../../staff/api.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { channelWords } from '../../words/channel-words.js';
import { supportersWords } from '../../words/supporters-words.js';
import { useWords } from '../../words/use-words.js';

/** Tags shown of one; the profile has all. */
const MOST_TAGS = 3;

/** Supporters, one a line; a line leads to the profile. */
export function SupportersTable({ items }: { readonly items: readonly SupporterRow[] }) {
  const words = useWords(supportersWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  return (
    <div className="table-frame">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.town}</th>
            <th scope="col">{words.channels}</th>
            <th scope="col">{words.tags}</th>
            <th scope="col" className="end">
              {words.heard}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.id}>
              <td>
                <Link href={`/supporters/${row.id}`} className="who who-link">
                  <Avatar name={row.name === '' ? (row.email ?? '') : row.name} />
                  <span className="who-words">
                    <span>{row.name === '' ? words.nameless : row.name}</span>
                    <span>{row.email ?? row.phone ?? row.id.slice(0, 8)}</span>
                  </span>
                </Link>
              </td>
              <td className="muted">{row.town ?? ''}</td>
              <td>
                <span className="badges">
                  {row.channels.map((channel) => (
                    <Badge key={channel}>{channels[channel] ?? channel}</Badge>
                  ))}
                  {row.isWithTeam ? <Badge tone="accent">{words.withTeam}</Badge> : null}
                </span>
              </td>
              <td>
                <span className="badges">
                  {row.tags.slice(0, MOST_TAGS).map((tag) => (
                    <Badge key={tag}>{tag}</Badge>
                  ))}
                  {row.tags.length > MOST_TAGS ? (
                    <span className="muted">+{row.tags.length - MOST_TAGS}</span>
                  ) : null}
                </span>
              </td>
              <td className="muted end">
                <Time at={row.heardAt ?? row.createdAt} isShort />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
