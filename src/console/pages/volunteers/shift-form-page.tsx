import { useParams, useSearch } from 'wouter';
import type { ShiftDraft, ShiftOptions } from '../../../staff/api.js';
import { Failure } from '../../ui/failure.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { ShiftForm } from './shift-form.js';
import './volunteers.css';

/** Writes a new shift, perhaps like one there was (`?from=`). */
export function NewShift() {
  const from = new URLSearchParams(useSearch()).get('from');
  return <Loaded key={from} name={from ?? undefined} isNew />;
}

/** Changes one. */
export function EditShift() {
  const { name = '' } = useParams();
  return <Loaded key={name} name={name} isNew={false} />;
}

function Loaded({ name, isNew }: { readonly name: string | undefined; readonly isNew: boolean }) {
  const words = useWords(shiftWords);
  const options = useApi('GET /shift-options', {});
  const shift = useApi('GET /shifts/:name', name === undefined ? undefined : { name });
  const error = options.error ?? shift.error;
  const isReady = options.data !== undefined && (name === undefined || shift.data !== undefined);
  const title = isNew ? words.newTitle : words.editTitle;
  if (error !== undefined || !isReady || options.data === undefined) {
    return (
      <Page title={title}>
        {error === undefined ? <Skeleton lines={10} /> : <Failure error={error} />}
      </Page>
    );
  }
  const view = shift.data;
  const draft = view?.draft ?? emptyDraft(options.data);
  return (
    <Page title={title}>
      <ShiftForm
        options={options.data}
        // A copy has its own time, which is still to be written.
        begun={isNew && view !== undefined ? { ...draft, starts: '', ends: '' } : draft}
        leaderName={view?.leader?.name ?? ''}
        edited={isNew ? undefined : view}
      />
    </Page>
  );
}

function emptyDraft({ languages, timezone }: ShiftOptions): ShiftDraft {
  return {
    title: Object.fromEntries(languages.map((language) => [language, ''])),
    task: 'leaflets',
    place: { name: '', address: '', postalCode: '', point: '' },
    timezone,
    starts: '',
    ends: '',
    capacity: 10,
    skills: [],
    languages: [],
    checkIn: ['button', 'code', 'location'],
    leader: '',
  };
}
