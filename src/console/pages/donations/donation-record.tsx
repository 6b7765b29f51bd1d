import type { ReactNode } from 'react';
import type { DonationView } from '../../../staff/api.js';
import { Badge } from '../../ui/badge.js';
import { Icon } from '../../ui/icon.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { useMoney } from '../../ui/use-money.js';
import { donationWords } from '../../words/donation-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Everything that the campaign account has to say of a donation, and what of it is missing. */
export function DonationRecord({ view }: { readonly view: DonationView }) {
  const words = useWords(donationWords);
  const { language } = useLanguage();
  const money = useMoney();
  const { donor, declared, currency, country, agentSince } = view;
  const named = (code: string | undefined): string | undefined =>
    code === undefined
      ? undefined
      : (new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code);
  const dated = (on: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(on));
  // The election is named by its day, where there is one.
  const [day] = /\d{4}-\d\d-\d\d$/.exec(view.election) ?? [];
  const methods: Readonly<Record<string, string>> = words.methods;
  const isFilledIn = Object.keys(donor).length > 0;
  const said = (isSaid: boolean) => (
    <Badge tone={isSaid ? 'good' : 'bad'}>{isSaid ? words.yes : words.no}</Badge>
  );
  const address = [
    donor.street,
    [donor.postal_code, donor.city].filter((part) => part !== undefined).join(' '),
    named(donor.country),
  ].filter((part) => part !== undefined && part !== '');
  return (
    <Section
      title={words.record}
      text={country === 'fr' ? words.recordText : words.recordTextElsewhere}
    >
      {view.missing.length === 0 ? null : (
        <p className="alert-line">
          <Icon name="alert" />
          <span>{words.missing(view.missing.map((field) => words.fields[field]).join(', '))}</span>
        </p>
      )}
      <div className="card rows donation-record">
        <Facts
          title={words.donor}
          rows={[
            ...(isFilledIn ? [] : [[words.identity, words.nobodyYet] as const]),
            [words.fields.last_name, donor.last_name],
            [words.fields.first_name, donor.first_name],
            [words.fields.nationality, named(donor.nationality)],
            [
              words.address,
              address.length === 0 ? undefined : address.map((line) => <p key={line}>{line}</p>),
            ],
            [words.fields.employer, donor.employer],
            [words.fields.occupation, donor.occupation],
          ]}
        />
        <Facts
          title={words.payment}
          rows={[
            [words.amount, money(view.cents, currency)],
            [words.keptNow, view.returnedCents === 0 ? undefined : money(view.keptCents, currency)],
            [words.paidAt, view.paidAt === undefined ? undefined : <Time at={view.paidAt} />],
            [words.method, view.method === '' ? undefined : (methods[view.method] ?? view.method)],
            [words.gateway, view.gateway],
            [words.paymentId, view.payment === '' ? undefined : <code>{view.payment}</code>],
          ]}
        />
        <Facts
          title={words.declaration}
          rows={[
            [
              country === 'fr' ? words.eligible : words.eligibleElsewhere,
              said(declared.isEligible),
            ],
            [words.ownMoney, said(declared.isOwnMoney)],
            [
              words.attested,
              declared.attestedAt === undefined ? undefined : (
                <>
                  <Time at={declared.attestedAt} />
                  <blockquote>{declared.wording}</blockquote>
                </>
              ),
            ],
          ]}
        />
        <Facts
          title={words.agent}
          rows={[
            [words.candidate, view.candidate === '' ? undefined : view.candidate],
            [
              words.agent,
              view.agent === '' ? undefined : (
                <>
                  {view.agent}
                  {agentSince === '' ? null : (
                    <span className="muted">
                      {', '}
                      {words.agentSince(dated(agentSince))}
                    </span>
                  )}
                </>
              ),
            ],
            [words.election, day === undefined ? undefined : dated(day)],
          ]}
        />
      </div>
    </Section>
  );
}

function Facts({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: ReactNode])[];
}) {
  return (
    <div className="donation-facts">
      <h3>{title}</h3>
      <dl className="facts">
        {rows.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  );
}
