/** Grey lines where text will be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}

/** In place of a whole page that is being fetched. */
export function PageSkeleton() {
  return (
    <div className="page" aria-busy="true">
      <div className="page-body">
        <Skeleton lines={8} />
      </div>
    </div>
  );
}
