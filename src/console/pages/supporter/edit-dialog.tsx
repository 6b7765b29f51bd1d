import { useState, type FormEvent } from 'react';
import type { InputOf, SupporterView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Select, TextField } from '../../ui/field.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

type Props = {
  readonly view: SupporterView;
  readonly isOpen: boolean;
  close(): void;
  changed(view: SupporterView): void;
};

/** Corrects what is known. */
export function EditDialog(props: Props) {
  const words = useWords(supporterWords);
  return (
    <Dialog isOpen={props.isOpen} close={props.close} title={words.edit}>
      <EditForm {...props} />
    </Dialog>
  );
}

function EditForm({ view, close, changed }: Props) {
  const words = useWords(supporterWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const { run, isBusy, failure, failureText } = useAction();
  const toast = useToast();
  const before = {
    firstName: view.firstName ?? '',
    lastName: view.lastName ?? '',
    email: view.email ?? '',
    phone: view.phone ?? '',
    postalCode: view.postalCode ?? '',
    language: view.language,
    supportLevel: view.supportLevel === undefined ? '' : String(view.supportLevel),
    tags: view.tags.join(', '),
  };
  const [form, setForm] = useState(before);
  const set = (name: keyof typeof before) => (value: string) =>
    setForm((now) => ({ ...now, [name]: value }));
  const wrongs: Readonly<Record<string, string>> = words.wrong;
  const wrong = (path: string): string | undefined =>
    failure?.fields.some((field) => field.path === path) === true ? wrongs[path] : undefined;
  const languageNames = new Intl.DisplayNames([language], { type: 'language' });

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      changed(await call('PATCH /supporters/:id', { id: view.id, ...changesOf(before, form) }));
      toast(words.saved);
      close();
    }, 'quiet');
  }

  return (
    <form className="form" onSubmit={(event) => void save(event)} noValidate>
      {failureText === undefined ? null : (
        <p className="form-failure" role="alert">
          {failureText}
        </p>
      )}
      <div className="pair">
        <TextField
          label={words.firstName}
          value={form.firstName}
          onChange={(event) => set('firstName')(event.target.value)}
        />
        <TextField
          label={words.lastName}
          value={form.lastName}
          onChange={(event) => set('lastName')(event.target.value)}
        />
      </div>
      <TextField
        label={words.email}
        type="email"
        error={wrong('email')}
        value={form.email}
        onChange={(event) => set('email')(event.target.value)}
      />
      <div className="pair">
        <TextField
          label={words.phone}
          type="tel"
          error={wrong('phone')}
          value={form.phone}
          onChange={(event) => set('phone')(event.target.value)}
        />
        <TextField
          label={words.postalCode}
          error={wrong('postalCode')}
          value={form.postalCode}
          onChange={(event) => set('postalCode')(event.target.value)}
        />
      </div>
      <div className="pair">
        <Select
          label={words.language}
          value={form.language}
          onChoose={set('language')}
          options={session.campaign.languages.map((value) => ({
            value,
            label: languageNames.of(value) ?? value,
          }))}
        />
        <Select
          label={words.support}
          value={form.supportLevel}
          onChoose={set('supportLevel')}
          options={[
            ...(before.supportLevel === '' ? [{ value: '', label: '–' }] : []),
            ...Object.entries(words.levels).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      <TextField
        label={words.tags}
        hint={words.tagsHint}
        error={wrong('tags')}
        value={form.tags}
        onChange={(event) => set('tags')(event.target.value)}
      />
      <div className="form-actions">
        <Button look="primary" type="submit" isBusy={isBusy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

type Form = Readonly<
  Record<
    | 'firstName'
    | 'lastName'
    | 'email'
    | 'phone'
    | 'postalCode'
    | 'language'
    | 'supportLevel'
    | 'tags',
    string
  >
>;

/** Only what was changed, so that what the supporter says meanwhile stays. */
function changesOf(before: Form, form: Form): Omit<InputOf<'PATCH /supporters/:id'>, 'id'> {
  const texts = ['firstName', 'lastName', 'email', 'phone', 'postalCode', 'language'] as const;
  const changed = texts.filter((name) => form[name] !== before[name]);
  return {
    ...Object.fromEntries(changed.map((name) => [name, form[name]])),
    ...(form.supportLevel === before.supportLevel
      ? {}
      : { supportLevel: Number(form.supportLevel) }),
    ...(form.tags === before.tags
      ? {}
      : { tags: form.tags.split(/[,\s]+/).filter((tag) => tag !== '') }),
  };
}
