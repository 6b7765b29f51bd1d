import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { MessageOptions, SequenceDraft } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Failure } from '../../ui/failure.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { emptySequence } from './empty-sequence.js';
import { SequenceForm } from './sequence-form.js';
import '../messages/messages.css';
import './sequences.css';

/** Writes a sequence: a new one, or one after the model of another. */
export function NewSequence() {
  const words = useWords(sequenceWords);
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const model = search.get('from') ?? undefined;
  const options = useApi('GET /message-options', {});
  const [begun, setBegun] = useState<SequenceDraft>();
  const [failure, setFailure] = useState<unknown>();
  const known = options.data;
  const { copyOf } = words;
  useEffect(() => {
    if (known === undefined || begun !== undefined) return;
    begin(model, known, copyOf).then(setBegun, setFailure);
  }, [known, model, begun, copyOf]);
  const error = options.error ?? failure;
  if (known === undefined || begun === undefined) {
    return (
      <Page title={words.newTitle}>
        {error === undefined ? <Skeleton lines={10} /> : <Failure error={error} />}
      </Page>
    );
  }
  return <SequenceForm begun={begun} options={known} done={(id) => go(`/sequences/${id}`)} />;
}

async function begin(
  model: string | undefined,
  options: MessageOptions,
  copyOf: (name: string) => string,
): Promise<SequenceDraft> {
  if (model === undefined) return emptySequence(options);
  const { draft } = await call('GET /sequences/:id', { id: model });
  return { ...draft, name: copyOf(draft.name) };
}
