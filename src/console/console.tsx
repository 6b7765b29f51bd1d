import { lazy, Suspense } from 'react';
import { useLocation } from 'wouter';
import { SessionProvider, useWho } from './session.js';
import { Shell } from './shell/shell.js';
import { Failure } from './ui/failure.js';
import { Splash } from './ui/splash.js';

const Enter = lazy(async () => ({ default: (await import('./pages/enter.js')).Enter }));

/** Doors that open without a session: an invitation, and a link that signs in. */
const DOORS = ['/join', '/enter'];

/** The console: its doors for whoever is not in, and all pages for whoever is. */
export function Console() {
  const who = useWho();
  const [path] = useLocation();
  if (DOORS.includes(path) || who.type === 'signed_out') {
    return (
      <Suspense fallback={<Splash />}>
        <Enter />
      </Suspense>
    );
  }
  switch (who.type) {
    case 'asking':
      return <Splash />;
    case 'failed':
      return (
        <main className="alone">
          <Failure error={who.error} again={who.again} />
        </main>
      );
    case 'signed_in':
      return (
        <SessionProvider session={who.session}>
          <Shell />
        </SessionProvider>
      );
    default:
      return who satisfies never;
  }
}
