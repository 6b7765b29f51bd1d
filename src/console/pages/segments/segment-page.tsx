import { useParams } from 'wouter';
import { useSession } from '../../session.js';
import { Failure } from '../../ui/failure.js';
import { Page } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { segmentWords } from '../../words/segment-words.js';
import { useWords } from '../../words/use-words.js';
import { NEW_SEGMENT } from './new-segment.js';
import { SegmentEditor } from './segment-editor.js';

const EMPTY = { name: '', title: '', combinator: 'and', rules: [] } as const;

/** One segment, or one that is being made. */
export function SegmentPage() {
  const words = useWords(segmentWords);
  const { name = '' } = useParams();
  const { may } = useSession();
  const isNew = name === NEW_SEGMENT;
  const { data, error, mutate } = useApi('GET /segments/:name', isNew ? undefined : { name });
  const fields = useApi('GET /segment-fields', {});
  const failed = error ?? fields.error;
  if (failed !== undefined) {
    return (
      <Page title={words.title}>
        <Failure error={failed} again={() => void mutate()} />
      </Page>
    );
  }
  if (fields.data === undefined || (data === undefined && !isNew)) {
    return (
      <Page title={words.title}>
        <Skeleton lines={8} />
      </Page>
    );
  }
  return (
    <SegmentEditor
      key={`${name} ${data?.row.at ?? ''}`}
      segment={data?.segment ?? EMPTY}
      uses={data?.row.uses ?? []}
      options={fields.data}
      isNew={isNew}
      mayWrite={may('segments.write')}
    />
  );
}
