import { useState } from 'react';
import { lastDays } from '../../last-days.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { Select } from '../../ui/field.js';
import { More } from '../../ui/more.js';
import { Skeleton } from '../../ui/skeleton.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { useApi, useList } from '../../use-api.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const PERIODS = ['30', '90', '365'] as const;
type Period = (typeof PERIODS)[number];

/** The hours that volunteers gave in a time, those who gave most first. */
export function Hours() {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const [period, setPeriod] = useState<Period>('30');
  const days = lastDays(Number(period), session.campaign.timezone);
  const sums = useApi('GET /volunteers/hours', { ...days, limit: 1 }, { keepPrevious: true });
  const list = useList('GET /volunteers/hours', days);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <>
      <div className="list-head hours-head">
        <p className="muted">{words.hoursText}</p>
        <Select<Period>
          label={words.period}
          isLabelHidden
          value={period}
          onChoose={setPeriod}
          options={PERIODS.map((value) => ({ value, label: words.periods[value] }))}
        />
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={6} /> : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 ? (
        <Empty icon="clock" title={words.noHours} text={words.noHoursText} />
      ) : null}
      {list.items.length === 0 || sums.data === undefined ? null : (
        <>
          <dl className="figures hours-figures">
            <div className="card figure">
              <dt>{words.hours}</dt>
              <dd>{words.hoursOf(number.format(sums.data.hours))}</dd>
            </div>
            <div className="card figure">
              <dt>{words.volunteers}</dt>
              <dd>{number.format(sums.data.people)}</dd>
            </div>
            <div className="card figure">
              <dt>{words.shifts}</dt>
              <dd>{number.format(sums.data.shifts)}</dd>
            </div>
          </dl>
          <div className="table-frame">
            <table className="table hours-table">
              <thead>
                <tr>
                  <th scope="col">{words.volunteer}</th>
                  <th scope="col" className="number">
                    {words.shifts}
                  </th>
                  <th scope="col" className="number">
                    {words.hours}
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.items.map(({ supporter, name, shifts, hours }, index) => {
                  const nobody = supporter === undefined ? words.erased : words.nameless;
                  const shown = name === '' ? nobody : name;
                  return (
                    <tr key={supporter ?? `erased ${index}`}>
                      <td>
                        <span className="who">
                          <Avatar name={name} size="small" />
                          <SupporterLink id={supporter}>{shown}</SupporterLink>
                        </span>
                      </td>
                      <td className="number">{number.format(shifts)}</td>
                      <td className="number">{words.hoursOf(number.format(hours))}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
      <More list={list} />
    </>
  );
}
