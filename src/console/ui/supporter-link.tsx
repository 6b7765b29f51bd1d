import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSession } from '../session.js';

/** Somebody's name, leading to their profile where whoever looks may see it; without an id they were erased. */
export function SupporterLink({
  id,
  className,
  children,
}: {
  readonly id: string | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { may } = useSession();
  if (id === undefined || !may('supporters.read')) {
    return <span className={className}>{children}</span>;
  }
  return (
    <Link href={`/supporters/${id}`} className={className}>
      {children}
    </Link>
  );
}
