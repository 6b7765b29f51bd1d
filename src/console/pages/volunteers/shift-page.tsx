import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'wouter';
import type { ShiftListRow, ShiftView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { dayOn } from '../../last-days.js';
import { useSession } from '../../session.js';
import { Awaited } from '../../ui/awaited.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { useFresh } from '../../use-fresh.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { PlaceDialog } from './place-dialog.js';
import { ShiftFacts } from './shift-facts.js';
import { ShiftTime, useTitle } from './shift-time.js';
import { Signups } from './signups.js';
import { useRefusal } from './use-refusal.js';
import './volunteers.css';

/** One shift: when and where, who comes, who waits, and what staff do about it. */
export function ShiftPage() {
  const words = useWords(shiftWords);
  const { name = '' } = useParams();
  const { data, error, mutate } = useApi('GET /shifts/:name', { name });
  useFilling(data, () => void mutate());
  if (error !== undefined || data === undefined) {
    return (
      <Page title={words.title}>
        <Awaited error={error} again={() => void mutate()} lines={10} />
      </Page>
    );
  }
  return <Shown view={data} changed={(next) => void mutate(next, { revalidate: false })} />;
}

/** Reads a shift anew once its numbers, which name nobody, are others than before. */
function useFilling(view: ShiftView | undefined, again: () => void): void {
  const { session } = useSession();
  const day =
    view === undefined ? undefined : dayOn(Date.parse(view.starts), session.campaign.timezone);
  const its = useApi('GET /shifts', day === undefined ? undefined : { from: day, until: day });
  useFresh(() => void its.mutate());
  const row = its.data?.items.find(({ name }) => name === view?.name);
  const latest = useRef(again);
  latest.current = again;
  const shown = useRef<string>(undefined);
  shown.current = view === undefined ? undefined : numbersOf(view);
  const numbers = row === undefined ? undefined : numbersOf(row);
  useEffect(() => {
    if (numbers !== undefined && numbers !== shown.current) latest.current();
  }, [numbers]);
}

function numbersOf({ state, taken, waiting, confirmed, came, missed }: ShiftListRow): string {
  return [state, taken, waiting, confirmed, came, missed].join(' ');
}

function Shown({ view, changed }: { readonly view: ShiftView; changed(view: ShiftView): void }) {
  const words = useWords(shiftWords);
  const { may } = useSession();
  const titleOf = useTitle();
  const toast = useToast();
  const { run, isBusy } = useAction(useRefusal());
  const [open, setOpen] = useState<'place' | 'cancel'>();
  const mayWrite = may('volunteers.write');
  const isOpen = view.state === 'open';
  const of = (...states: readonly string[]) =>
    view.signups.filter(({ state }) => states.includes(state));
  const awaited = of('invited', 'scheduled', 'confirmed').length;
  const cancel = (): void =>
    void run(async () => {
      changed(await call('POST /shifts/:name/cancel', { name: view.name }));
      toast(words.cancelled);
      setOpen(undefined);
    });
  return (
    <Page
      title={titleOf(view.title)}
      actions={
        mayWrite ? (
          <>
            {isOpen ? (
              <Button look="quiet" icon="close" onClick={() => setOpen('cancel')}>
                {words.cancelShift}
              </Button>
            ) : null}
            <Link href={`/volunteers/new?from=${view.name}`} className="button">
              <Icon name="copy" size={18} />
              <span>{words.copy}</span>
            </Link>
            {isOpen ? (
              <Link href={`/volunteers/shifts/${view.name}/edit`} className="button">
                <Icon name="edit" size={18} />
                <span>{words.edit}</span>
              </Link>
            ) : null}
            {view.isUpcoming ? (
              <Button look="primary" icon="plus" onClick={() => setOpen('place')}>
                {words.place}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      <p className="trail">
        <Link href="/volunteers">{words.title}</Link>
        <Icon name="right" size={16} />
        <ShiftTime shift={view} hasDay />
        {isOpen ? null : (
          <Badge tone={view.state === 'cancelled' ? 'bad' : 'neutral'}>
            {words.states[view.state]}
          </Badge>
        )}
      </p>
      <div className="beside shift-beside">
        <div className="signup-lists">
          {view.signups.length === 0 ? (
            <Empty icon="people" title={words.nobody} text={words.nobodyText} />
          ) : null}
          <Signups
            title={words.who}
            view={view}
            changed={changed}
            signups={of('scheduled', 'confirmed', 'completed', 'no_show')}
          />
          <Signups title={words.list} view={view} changed={changed} signups={of('invited')} />
          <Signups title={words.gaveUp} view={view} changed={changed} signups={of('declined')} />
        </div>
        <ShiftFacts view={view} />
      </div>
      <PlaceDialog
        view={view}
        isOpen={open === 'place'}
        close={() => setOpen(undefined)}
        changed={changed}
      />
      <Confirm
        isOpen={open === 'cancel'}
        close={() => setOpen(undefined)}
        title={words.cancelTitle}
        back={words.close}
        action={words.cancelShift}
        act={cancel}
        isBusy={isBusy}
      >
        <p>{awaited === 0 ? words.cancelNobody : words.cancelText(words.people(awaited))}</p>
      </Confirm>
    </Page>
  );
}
