import { useState, type FormEvent } from 'react';
import { useSWRConfig } from 'swr';
import { Link, useLocation } from 'wouter';
import type { ShiftDraft, ShiftOptions, ShiftProblemRow, ShiftView } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAsked } from '../../use-asked.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { useRefusal } from './use-refusal.js';
import { WhatFields } from './what-fields.js';
import { WhenFields } from './when-fields.js';
import { WhereFields } from './where-fields.js';
import { WhoFields } from './who-fields.js';

/** What parts of the form get: the draft, what is wrong with a field, and how to change it. */
export type ShiftFields = {
  readonly draft: ShiftDraft;
  readonly options: ShiftOptions;
  errorOf(field: string): string | undefined;
  set(part: Partial<ShiftDraft>): void;
};

/** The form of a shift; what is wrong stands beside each field. */
export function ShiftForm({
  options,
  begun,
  leaderName,
  edited,
}: {
  readonly options: ShiftOptions;
  readonly begun: ShiftDraft;
  readonly leaderName: string;
  /** The shift that is changed; absent: a new one. */
  readonly edited: ShiftView | undefined;
}) {
  const words = useWords(shiftWords);
  const toast = useToast();
  const say = useRefusal();
  const { mutate } = useSWRConfig();
  const [, go] = useLocation();
  const [draft, setDraft] = useState(begun);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiFailure>();
  const checked = useAsked('POST /shift-checks', { draft });
  const problems = checked.data?.problems ?? [];
  const told = useProblem([
    ...problems.filter(({ code }) => isTried || code !== 'missing'),
    ...(failure?.fields ?? []).map(overOf),
  ]);
  const isAwaited = edited !== undefined && edited.taken + edited.waiting > 0;
  const back = edited === undefined ? '/volunteers' : `/volunteers/shifts/${edited.name}`;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setFailure(undefined);
    setBusy(true);
    try {
      const { name } =
        edited === undefined
          ? await call('POST /shifts', { draft })
          : await call('PUT /shifts/:name', {
              name: edited.name,
              draft,
              version: edited.version,
            });
      toast(edited === undefined ? words.opened : words.saved);
      await mutate(() => true);
      go(`/volunteers/shifts/${name}`);
    } catch (error) {
      if (error instanceof ApiFailure) setFailure(error);
      else toast(say(error), true);
    } finally {
      setBusy(false);
    }
  }

  const fields: ShiftFields = {
    draft,
    options,
    errorOf: told,
    set(part) {
      setFailure(undefined);
      setDraft((before) => ({ ...before, ...part }));
    },
  };
  return (
    <form className="shift-form" onSubmit={(event) => void save(event)} noValidate>
      <Section title={words.what}>
        <WhatFields {...fields} />
      </Section>
      <Section title={words.when}>
        <WhenFields {...fields} isFixed={isAwaited} />
      </Section>
      <Section title={words.where}>
        <WhereFields {...fields} />
      </Section>
      <Section title={words.whoTitle}>
        <WhoFields {...fields} leaderName={leaderName} />
      </Section>
      {failure === undefined ? null : (
        <p className="form-failure" role="alert">
          {say(failure)}
        </p>
      )}
      <div className="form-actions">
        <Link href={back} className="button">
          <span>{words.close}</span>
        </Link>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {edited === undefined ? words.open : words.save}
        </Button>
      </div>
    </form>
  );
}

/** What only the server knows, as the others are told. */
function overOf({ path: field, message }: ApiFailure['fields'][number]): ShiftProblemRow {
  const code = message === 'is over already' ? 'over' : 'refused';
  return { field, severity: 'error', code, message };
}

/** What is wrong with a field, in a sentence; what has none here is told as the checker says it. */
function useProblem(problems: readonly ShiftProblemRow[]): (field: string) => string | undefined {
  const { problems: words } = useWords(shiftWords);
  const { language } = useLanguage();
  const known: Readonly<Record<string, string>> = words;
  return (field) => {
    const [problem] = problems.filter((one) => one.field === field && one.code !== 'refused');
    if (problem === undefined) return undefined;
    const { code, message } = problem;
    const said = known[`${field} ${code}`] ?? known[code];
    return said ?? (language === 'en' ? `${message}.` : `« ${message} »`);
  };
}
