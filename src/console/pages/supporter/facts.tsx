import type { SupporterView } from '../../../staff/api.js';
import { Badge } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { channelWords } from '../../words/channel-words.js';
import { fieldWords, nameField, tellValue } from '../../words/field-words.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useWords } from '../../words/use-words.js';

/** What is known, as names and values. */
export function Facts({ view }: { readonly view: SupporterView }) {
  const words = useWords(supporterWords);
  const fields = useWords(fieldWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const levels: Readonly<Record<number, string>> = words.levels;
  const place = [view.postalCode, view.place['commune_name'] ?? view.town]
    .filter((part) => part !== undefined)
    .join(' ');
  const rows: (readonly [string, React.ReactNode])[] = [
    [
      words.email,
      view.email === undefined ? undefined : (
        <>
          {view.email}{' '}
          {view.emailConfirmedAt === undefined ? (
            <Badge tone="warn">{words.unconfirmed}</Badge>
          ) : (
            <Badge tone="good">{words.confirmed}</Badge>
          )}
        </>
      ),
    ],
    [words.phone, view.phone],
    [words.place, place === '' ? undefined : place],
    [words.language, fields.values[view.language] ?? view.language],
    [words.support, view.supportLevel === undefined ? undefined : levels[view.supportLevel]],
    [
      words.tags,
      view.tags.length === 0 ? undefined : (
        <span className="badges">
          {view.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    ],
    [words.segments, view.segments.length === 0 ? undefined : view.segments.join(', ')],
    ...[...view.preferences, ...view.fields].map(
      ({ name, value }) =>
        [nameField(`fields.${name}`, fields).label, tellValue(name, value, fields)] as const,
    ),
  ];
  return (
    <section className="section">
      <h2>{words.profile}</h2>
      <dl className="facts">
        {rows.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {view.addresses.map(({ channel, address, reachable, since }) => (
          <div key={`${channel}:${address}`}>
            <dt>{channels[channel] ?? channel}</dt>
            <dd>
              {reachable ? null : <Badge tone="bad">{words.unreachable}</Badge>}{' '}
              <code>{address.length > 20 ? `${address.slice(0, 18)}…` : address}</code>{' '}
              <span className="muted">
                <Time at={since} isShort />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
