import { useState } from 'react';
import { Link, useParams } from 'wouter';
import type { FiguresView, OutputOf, TurfRowView } from '../../../staff/api.js';
import { call, urlOf } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/failure.js';
import { Icon } from '../../ui/icon.js';
import { Page, Section } from '../../ui/page.js';
import { PageSkeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { DoneBar } from './area-list.js';
import { useAreaName } from './area-name.js';
import { AssignDialog } from './assign-dialog.js';
import { SilenceLine } from './silence-line.js';
import { TurfBadge } from './turf-list.js';
import { WalkMap } from './walk-map.js';
import { WalkTable } from './walk-table.js';
import './canvass.css';

/** How often a turf is looked at again. */
const LIVE_MS = 5_000;

/** One turf: who walks it, how far they are, and its doors in walk order. */
export function TurfPage() {
  const { id } = useParams<{ id: string }>();
  const words = useWords(canvassWords);
  const { data, error, mutate } = useApi(
    'GET /canvass/turfs/:id',
    { id },
    { keepPrevious: true, everyMs: LIVE_MS },
  );
  if (data === undefined && error !== undefined) {
    return (
      <Page title={words.turfs}>
        <Failure error={error} again={() => void mutate()} />
      </Page>
    );
  }
  if (data === undefined) return <PageSkeleton />;
  return <Shown shown={data} changed={() => void mutate()} />;
}

function Shown({
  shown,
  changed,
}: {
  readonly shown: OutputOf<'GET /canvass/turfs/:id'>;
  changed(): void;
}) {
  const words = useWords(canvassWords);
  const nameOf = useAreaName();
  const { turf, doors, figures, outline, silence } = shown;
  const [lit, setLit] = useState<string>();
  return (
    <Page
      title={turf.name}
      text={[...turf.stations.map(nameOf), words.doors(turf.doors), words.metres(turf.metres)].join(
        ' · ',
      )}
      actions={<TurfMoves turf={turf} isSilent={silence !== undefined} changed={changed} />}
    >
      <div className="canvass-turf">
        <Link href="/canvass" className="canvass-back">
          <Icon name="left" size={16} /> {words.back}
        </Link>
        <SilenceLine silence={silence} />
        {turf.help === undefined || turf.state === 'done' ? null : (
          <p className="alert-line" role="note">
            <Icon name="alert" />
            <span>
              {words.help(turf.help.by.name)} · <Time at={turf.help.at} />
            </span>
          </p>
        )}
        <div className="turf-top">
          <Progress turf={turf} figures={figures} changed={changed} />
          <div className="turf-map">
            <WalkMap outline={outline} doors={doors} lit={lit} />
          </div>
        </div>
        <Section title={words.walk} text={words.walkText}>
          <WalkTable doors={doors} light={setLit} />
        </Section>
      </div>
    </Page>
  );
}

function Progress({
  turf,
  figures,
  changed,
}: {
  readonly turf: TurfRowView;
  readonly figures: FiguresView | undefined;
  changed(): void;
}) {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const { canvassers, reservedFor, done, doors } = turf;
  const rate = (share: number | undefined): string =>
    share === undefined ? '–' : words.percent(share);
  return (
    <div className="card card-body turf-progress">
      <p className="turf-state">
        <TurfBadge turf={turf} />
        <span>
          {canvassers.length > 0
            ? words.walkedBy(canvassers.map(({ name }) => name).join(', '))
            : reservedFor === undefined
              ? ''
              : words.keptFor(reservedFor.name)}
        </span>
      </p>
      <div>
        <p className="turf-done">
          <strong>{words.doorsDone(done, doors)}</strong>
          <span className="muted">{words.percent(doors === 0 ? 0 : done / doors)}</span>
        </p>
        <DoneBar done={done} all={doors} />
      </div>
      <dl className="turf-figures">
        <div>
          <dt>{words.visits}</dt>
          <dd>{number.format(figures?.visits ?? 0)}</dd>
        </div>
        <div>
          <dt>{words.contactRate}</dt>
          <dd>{rate(figures?.contactRate)}</dd>
        </div>
        <div title={words.conversionHint}>
          <dt>{words.conversionRate}</dt>
          <dd>{rate(figures?.conversionRate)}</dd>
        </div>
      </dl>
      <Leader turf={turf} changed={changed} />
    </div>
  );
}

/** Who is told when somebody needs help. */
function Leader({ turf, changed }: { readonly turf: TurfRowView; changed(): void }) {
  const words = useWords(canvassWords);
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="turf-leader">
      <p>
        <span className="muted">{words.leader}</span>
        <span>{turf.leader?.name ?? words.noLeader}</span>
      </p>
      {may('canvass.write') ? (
        <Button
          size="small"
          aria-label={`${words.chooseLeader}, ${words.leader}`}
          onClick={() => setOpen(true)}
        >
          {words.chooseLeader}
        </Button>
      ) : null}
      <AssignDialog
        part="leads"
        isOpen={isOpen}
        close={() => setOpen(false)}
        turf={turf}
        assigned={changed}
      />
    </div>
  );
}

/** What can be done with a turf. */
function TurfMoves({
  turf,
  isSilent,
  changed,
}: {
  readonly turf: TurfRowView;
  readonly isSilent: boolean;
  changed(): void;
}) {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const { may } = useSession();
  const [isAssigning, setAssigning] = useState(false);
  const [isReleasing, setReleasing] = useState(false);
  const { id, state, canvassers, reservedFor } = turf;
  const isTaken = canvassers.length > 0;
  const canWrite = may('canvass.write');
  return (
    <>
      {isSilent ? null : (
        <a
          className="button button-plain button-medium"
          href={urlOf('GET /canvass/turfs/:id/print', { id, language })}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="file" size={18} />
          <span>{words.print}</span>
        </a>
      )}
      {canWrite && (isTaken || reservedFor !== undefined) ? (
        <Button icon="undo" onClick={() => setReleasing(true)}>
          {isTaken ? words.takeBack : words.release}
        </Button>
      ) : null}
      {canWrite && state !== 'done' ? (
        <Button look="primary" icon="team" disabled={isSilent} onClick={() => setAssigning(true)}>
          {isTaken || reservedFor !== undefined ? words.assignAgain : words.assign}
        </Button>
      ) : null}
      <AssignDialog
        part="walks"
        isOpen={isAssigning}
        close={() => setAssigning(false)}
        turf={turf}
        assigned={changed}
      />
      <ReleaseDialog
        isOpen={isReleasing}
        close={() => setReleasing(false)}
        turf={turf}
        released={changed}
      />
    </>
  );
}

function ReleaseDialog({
  isOpen,
  close,
  turf,
  released,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly turf: TurfRowView;
  released(): void;
}) {
  const words = useWords(canvassWords);
  const toast = useToast();
  const { run, isBusy } = useAction();
  const names = turf.canvassers.map(({ name }) => name).join(', ');
  const isTaken = turf.canvassers.length > 0;
  const release = (): void =>
    void run(async () => {
      await call('POST /canvass/turfs/:id/release', { id: turf.id });
      toast(words.released);
      released();
      close();
    });
  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={isTaken ? words.takeBackTitle : words.releaseTitle}
      actions={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button look="primary" isBusy={isBusy} onClick={release}>
            {isTaken ? words.takeBack : words.release}
          </Button>
        </>
      }
    >
      <p>{isTaken ? words.takeBackText(names) : words.releaseText}</p>
    </Dialog>
  );
}
