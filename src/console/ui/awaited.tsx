import { Failure } from './failure.js';
import { Skeleton } from './skeleton.js';

/** In place of what is not there yet: grey lines, or why it could not be read. */
export function Awaited({
  error,
  again,
  lines,
}: {
  readonly error: unknown;
  again(): void;
  readonly lines: number;
}) {
  if (error !== undefined) return <Failure error={error} again={again} />;
  return <Skeleton lines={lines} />;
}
