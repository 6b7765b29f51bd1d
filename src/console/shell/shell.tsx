import { Suspense, useEffect, useRef, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { PAGES } from '../pages.js';
import { useSession } from '../session.js';
import { Empty } from '../ui/empty.js';
import { Guarded } from '../ui/guarded.js';
import { Page } from '../ui/page.js';
import { PageSkeleton } from '../ui/skeleton.js';
import { shellWords } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { BottomBar } from './bottom-bar.js';
import { Drawer } from './drawer.js';
import { Navigation } from './navigation.js';
import { Shortcuts } from './shortcuts.js';

/** What stands around every page: where one can go, and who one is. */
export function Shell() {
  const words = useWords(shellWords);
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const pages = PAGES.filter(({ permission }) => permission === undefined || may(permission));
  const main = useRef<HTMLElement>(null);
  useTitleAndFocus(main);
  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {words.skip}
      </a>
      <aside className="side">
        <Navigation pages={pages} />
      </aside>
      <main id="main" className="main" tabIndex={-1} ref={main}>
        <Guarded>
          <Suspense fallback={<PageSkeleton />}>
            <Switch>
              {pages.map(({ path, view: View }) => (
                <Route key={path} path={path}>
                  <View />
                </Route>
              ))}
              <Route>
                <Page title={words.notFound}>
                  <Empty icon="search" title={words.notFoundText} />
                </Page>
              </Route>
            </Switch>
          </Suspense>
        </Guarded>
      </main>
      <BottomBar pages={pages} openMenu={() => setOpen(true)} />
      <Drawer isOpen={isOpen} close={() => setOpen(false)}>
        <Navigation pages={pages} />
      </Drawer>
      <Shortcuts pages={pages} />
    </div>
  );
}

/** A new page is told: its name in the title, and the focus where it begins. */
function useTitleAndFocus(main: React.RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path, main]);
}
