import './flow-editor.css';
import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'wouter';
import type { FlowSurroundings, FlowView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Workbench } from './workbench.js';

type Loaded = { readonly view: FlowView; readonly surroundings: FlowSurroundings };

/** The page of one flow. */
export function FlowEditor() {
  const { name = '' } = useParams();
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<unknown>();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isGone = false;
    setLoaded(undefined);
    setFailure(undefined);
    Promise.all([call('GET /flows/:name', { name }), call('GET /flows/surroundings', {})]).then(
      ([view, surroundings]) => !isGone && setLoaded({ view, surroundings }),
      (error: unknown) => !isGone && setFailure(error),
    );
    return () => {
      isGone = true;
    };
  }, [name, count]);
  const again = useCallback(() => setCount((before) => before + 1), []);
  if (failure !== undefined) return <Failure error={failure} again={again} />;
  if (loaded === undefined) {
    return (
      <div className="page" aria-busy="true">
        <Skeleton lines={8} />
      </div>
    );
  }
  return <Workbench key={`${name} ${count}`} {...loaded} reload={again} />;
}
