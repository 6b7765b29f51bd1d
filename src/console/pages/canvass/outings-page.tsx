import { useState } from 'react';
import { Link } from 'wouter';
import type { OutingView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { Icon } from '../../ui/icon.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Tabs } from '../../ui/tabs.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi, useList } from '../../use-api.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { CanvassViews } from './canvass-views.js';
import './canvass.css';

/** How often it is asked whether there are more to look at. */
const VIEWS = ['all', 'odd'] as const;
const LIVE_MS = 10_000;

/** Each stretch of canvassing, what is odd about it, and how to take one back. */
export function OutingsPage() {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const [isOdd, setOdd] = useState(false);
  const list = useList('GET /canvass/outings', isOdd ? { language, odd: 'true' } : { language });
  const live = useApi('GET /canvass/outings', { language, limit: 1 }, { everyMs: LIVE_MS });
  const odd = live.data?.odd ?? 0;
  const [asked, setAsked] = useState<OutingView>();
  const isEmpty = !list.isLoading && list.error === undefined && list.items.length === 0;
  return (
    <Page title={words.outings} text={words.outingsText} actions={<CanvassViews here="outings" />}>
      <Tabs
        label={words.outings}
        of={VIEWS}
        chosen={isOdd ? 'odd' : 'all'}
        choose={(view) => setOdd(view === 'odd')}
        name={(view) => (view === 'odd' ? words.oddOutings(odd) : words.allOutings)}
      />
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading && list.items.length === 0 ? <Skeleton lines={8} /> : null}
      {isEmpty ? (
        <Empty
          icon={isOdd ? 'check' : 'clock'}
          title={isOdd ? words.noOdd : words.noOutings}
          text={isOdd ? words.noOddText : words.noVisitsText}
        />
      ) : null}
      <ul className="outings">
        {list.items.map((outing) => (
          <OutingRow key={outing.id} outing={outing} rollBack={() => setAsked(outing)} />
        ))}
      </ul>
      <More list={list} />
      <RollBackDialog
        outing={asked}
        close={() => setAsked(undefined)}
        done={() => {
          list.again();
          void live.mutate();
        }}
      />
    </Page>
  );
}

function useVolunteer(): (outing: OutingView) => string {
  const words = useWords(canvassWords);
  return ({ canvasser }) => (canvasser.id === 'erased' ? words.erased : canvasser.name);
}

function OutingRow({ outing, rollBack }: { readonly outing: OutingView; rollBack(): void }) {
  const words = useWords(canvassWords);
  const { may } = useSession();
  const nameOf = useVolunteer();
  const { turfs, doors, minutes, doorsPerHour, figures, alerts } = outing;
  const facts = [
    words.doors(doors),
    words.minutes(minutes),
    ...(doorsPerHour === undefined ? [] : [words.pace(doorsPerHour)]),
    ...(figures.contactRate === undefined
      ? []
      : [`${words.contacts} ${words.percent(figures.contactRate)}`]),
    ...(figures.conversionRate === undefined
      ? []
      : [`${words.supporters} ${words.percent(figures.conversionRate)}`]),
  ];
  return (
    <li className="card outing">
      <Avatar name={nameOf(outing)} />
      <div className="outing-words">
        <p className="outing-head">
          <strong>{nameOf(outing)}</strong>
          <span className="muted">
            <Time at={figures.firstAt} />
          </span>
        </p>
        <p className="outing-turfs">
          {turfs.map(({ id, name }) => (
            <Link key={id} href={`/canvass/turfs/${id}`}>
              {name}
            </Link>
          ))}
        </p>
        <p className="area-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {alerts.map((alert) => (
          <p key={alert} className="outing-alert">
            <Icon name="alert" size={16} />
            <span>{alert}</span>
          </p>
        ))}
      </div>
      {may('canvass.write') ? (
        <Button
          size="small"
          icon="undo"
          aria-label={`${words.rollBack}, ${nameOf(outing)}`}
          onClick={rollBack}
        >
          {words.rollBack}
        </Button>
      ) : null}
    </li>
  );
}

function RollBackDialog({
  outing,
  close,
  done,
}: {
  readonly outing: OutingView | undefined;
  close(): void;
  done(): void;
}) {
  const words = useWords(canvassWords);
  const toast = useToast();
  const nameOf = useVolunteer();
  const { run, isBusy } = useAction();
  if (outing === undefined) return null;
  const rollBack = (): void =>
    void run(async () => {
      const { visits } = await call('POST /canvass/outings/:id/rollback', { id: outing.id });
      toast(words.rolledBack(visits));
      done();
      close();
    });
  return (
    <Confirm
      isOpen
      close={close}
      title={words.rollBackTitle(nameOf(outing))}
      back={words.cancel}
      action={words.rollBack}
      act={rollBack}
      isBusy={isBusy}
    >
      <p>{words.rollBackText(outing.figures.visits, outing.doors)}</p>
      {outing.alerts.map((alert) => (
        <p key={alert} className="outing-alert">
          <Icon name="alert" size={16} />
          <span>{alert}</span>
        </p>
      ))}
    </Confirm>
  );
}
