import type { ReactNode } from 'react';
import type { SystemView } from '../../../staff/api.js';
import { Badge } from '../../ui/badge.js';
import { Section } from '../../ui/page.js';
import { Secret } from '../../ui/secret.js';
import { Time } from '../../ui/time.js';
import { channelsWords } from '../../words/channels-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const NETWORKS: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  x: 'X',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
};

/** Mail, store, gateway, versions, and the processes that run. */
export function SystemSection({ system }: { readonly system: SystemView }) {
  const words = useWords(channelsWords);
  const size = useSize();
  const { language } = useLanguage();
  const { store, mail, gateway, posts } = system;
  const documents = new Intl.NumberFormat(language).format(store.documents);
  return (
    <>
      <Section title={words.system}>
        <dl className="card system">
          <Fact name={words.mail} isGood={mail.isSent}>
            {mail.isSent ? words.mailSent(mail.from) : words.mailWritten}
          </Fact>
          <Fact name={words.store} isGood>
            {words.storeOf(
              store.kind === 'embedded' ? words.embedded : 'MongoDB',
              documents,
              size(store.bytes),
            )}
          </Fact>
          <Fact name={words.gateway} isGood={!gateway.isTrial}>
            {gateway.isTrial ? words.trial : 'Stripe'}
          </Fact>
          <Fact name={words.posts}>
            {posts.map((name) => NETWORKS[name] ?? name).join(', ') || words.none}
          </Fact>
          <Fact name={words.address}>{system.publicUrl}</Fact>
          <Fact name={words.timezone}>{system.timezone}</Fact>
          <Fact name={words.version}>Portevoix {system.version}</Fact>
        </dl>
        {gateway.webhook === undefined ? null : (
          <Secret value={gateway.webhook} label={`Stripe · ${words.webhook}`} />
        )}
      </Section>
      <Section title={words.processes}>
        {system.processes.length === 0 ? (
          <p className="muted">{words.stale}</p>
        ) : (
          <Processes processes={system.processes} />
        )}
      </Section>
    </>
  );
}

function Fact({
  name,
  isGood,
  children,
}: {
  readonly name: string;
  readonly isGood?: boolean;
  readonly children: ReactNode;
}) {
  const mark = isGood === undefined ? '' : isGood ? ' is-good' : ' is-trial';
  return (
    <div className={`system-fact${mark}`}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Processes({ processes }: { readonly processes: SystemView['processes'] }) {
  const words = useWords(channelsWords);
  const size = useSize();
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={words.processes}>
      <table className="table processes">
        <thead>
          <tr>
            <th scope="col">{words.process}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.version}</th>
            <th scope="col" className="number">
              {words.memory}
            </th>
            <th scope="col" className="number">
              {words.since}
            </th>
          </tr>
        </thead>
        <tbody>
          {processes.map((one) => (
            <tr key={one.id}>
              <td>
                {one.host} · {one.pid} {one.isThis ? <Badge>{words.here}</Badge> : null}
              </td>
              <td>{words.roles[one.role]}</td>
              <td>
                {one.version} <span className="muted">(Node {one.node})</span>
              </td>
              <td className="number">{size(one.memoryBytes)}</td>
              <td className="number">
                <Time at={one.startedAt} isShort />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useSize(): (bytes: number) => string {
  const { language } = useLanguage();
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 0,
  });
  return (bytes) => format.format(bytes / 1e6);
}
