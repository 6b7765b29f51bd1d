import type { CDPSession, Page } from 'playwright-core';

/** What one thing done to a page cost its main thread: all CPU until the next, and the longest task, in ms. */
export type Cost = { readonly cpuMs: number; readonly longestMs: number };

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds of CPU; absent where the platform does not tell. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
const MARK = 'portevoix-step';

/**
 * Does things to a page one after another, `restMs` apart, and tells from a performance trace what each
 * cost the page's main thread, with all that it set off: drawing, answers of workers and of the server.
 */
export async function watchMainThread(
  page: Page,
  steps: Iterable<() => Promise<void>>,
  restMs: number,
): Promise<readonly Cost[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    // The protocol calls them objects of no shape; this is the shape that traces have.
    events.push(...(value as unknown as readonly TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  for (const step of steps) {
    await mark(page);
    await step();
    await page.waitForTimeout(restMs);
  }
  await mark(page);
  await endTrace(session);
  await session.detach();
  return costsIn(events);
}

async function mark(page: Page): Promise<void> {
  await page.evaluate(`performance.mark('${MARK}')`);
}

async function endTrace(session: CDPSession): Promise<void> {
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
}

function costsIn(events: readonly TraceEvent[]): readonly Cost[] {
  const marks = events.filter(({ name }) => name === MARK).sort((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (first === undefined) throw new Error('The trace has no marks of the page.');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      name === 'RunTask' && ph === 'X' && pid === first.pid && tid === first.tid,
  );
  return marks.slice(1).map(({ ts: to }, index) => {
    const from = marks[index]?.ts ?? 0;
    const own = tasks
      .filter(({ ts }) => ts > from && ts < to)
      .map(({ tdur }) => (tdur ?? 0) / 1_000);
    return { cpuMs: own.reduce((sum, one) => sum + one, 0), longestMs: Math.max(0, ...own) };
  });
}
