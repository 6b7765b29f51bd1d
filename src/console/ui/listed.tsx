import type { ReactNode } from 'react';
import { Failure } from './failure.js';
import { More } from './more.js';
import { Skeleton } from './skeleton.js';

/** A list that is read part by part: grey lines while it comes, why it did not, what is said of none, and more. */
export function Listed({
  list,
  lines,
  empty,
  children,
}: {
  readonly list: {
    readonly items: readonly unknown[];
    readonly error: unknown;
    readonly isLoading: boolean;
    readonly hasMore: boolean;
    readonly isAdding: boolean;
    more(): void;
    again(): void;
  };
  readonly lines: number;
  /** In place of the list when it has nothing. */
  readonly empty: ReactNode;
  /** The list; absent while it has nothing. */
  readonly children: ReactNode;
}) {
  const isEmpty = list.items.length === 0;
  return (
    <>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={lines} /> : null}
      {!list.isLoading && list.error === undefined && isEmpty ? empty : null}
      {isEmpty ? null : children}
      <More list={list} />
    </>
  );
}
