import { useState } from 'react';
import { Failure } from '../ui/failure.js';
import { PageSkeleton } from '../ui/skeleton.js';
import { useApi } from '../use-api.js';
import { SiteEditor } from './site/site-editor.js';

/** The campaign's page, to be written, looked at and published. */
export function Site() {
  const { data, error, mutate } = useApi('GET /site', {});
  const [begun, setBegun] = useState(0);
  if (data === undefined) {
    return error === undefined ? (
      <PageSkeleton />
    ) : (
      <Failure error={error} again={() => void mutate()} />
    );
  }
  return (
    <SiteEditor
      key={begun}
      view={data}
      again={async () => {
        await mutate();
        setBegun((times) => times + 1);
      }}
      look={() => void mutate()}
    />
  );
}
