import { createContext, useContext, type ReactNode } from 'react';
import { useSWRConfig } from 'swr';
import type { Permission, SessionView } from '../staff/api.js';
import { call, keepCsrf, type ApiFailure } from './client.js';
import { useApi } from './use-api.js';

type Access = {
  readonly session: SessionView;
  may(permission: Permission): boolean;
  /** Takes in what the account looks like now. */
  renew(session: SessionView): void;
  signOut(): Promise<void>;
};

const Session = createContext<Access | undefined>(undefined);

/** Who is signed in; only below the shell. */
export function useSession(): Access {
  const access = useContext(Session);
  if (access === undefined) throw new Error('Nobody is signed in here.');
  return access;
}

export type Asked =
  | { readonly type: 'asking' }
  | { readonly type: 'signed_out' }
  | { readonly type: 'failed'; readonly error: ApiFailure; again(): void }
  | { readonly type: 'signed_in'; readonly session: SessionView };

/** Asks who is signed in. */
export function useWho(): Asked {
  const { data, error, mutate } = useApi('GET /session', {});
  if (error?.status === 401) return { type: 'signed_out' };
  if (data !== undefined) {
    keepCsrf(data.csrf);
    return { type: 'signed_in', session: data };
  }
  if (error !== undefined) return { type: 'failed', error, again: () => void mutate() };
  return { type: 'asking' };
}

/** Takes in a session that has just begun. */
export function useBegin(): (session: SessionView) => Promise<void> {
  const { mutate } = useSWRConfig();
  return async (session) => {
    keepCsrf(session.csrf);
    await mutate(['GET /session', {}], session, { revalidate: false });
  };
}

/** Gives everything below the session. */
export function SessionProvider({
  session,
  children,
}: {
  readonly session: SessionView;
  readonly children: ReactNode;
}) {
  const { mutate } = useSWRConfig();
  const begin = useBegin();
  const access: Access = {
    session,
    may: (permission) => session.permissions.includes(permission),
    renew: (next) => void begin(next),
    async signOut() {
      await call('POST /sign-out', {});
      // Nothing of what was read stays in memory for whoever comes next.
      await mutate(() => true, undefined, { revalidate: false });
      window.location.assign('/staff');
    },
  };
  return <Session value={access}>{children}</Session>;
}
