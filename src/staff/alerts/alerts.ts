import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertView, Permission } from '../api.js';
import { keepFresh } from '../figures/keep-fresh.js';

/** Somewhere that is looked for what is wrong. */
export type AlertSource = {
  /** Who may see what it tells: those who may cure it. */
  readonly permission: Permission;
  /** What was looked at is not looked at again within so many milliseconds. */
  readonly freshMs: number;
  look(): Promise<readonly AlertView[]>;
};

export type Alerts = {
  /** What somebody with these permissions should look at. */
  list(
    may: (permission: Permission) => boolean,
  ): Promise<{ items: readonly AlertView[]; at: string; isCounting: boolean }>;
};

/** How long a source that was never looked at is waited for. */
const WAIT_MS = 250;

/** Tells alerts without holding anybody up: what takes long is told with the age it has. */
export function createAlerts(
  sources: readonly AlertSource[],
  { report, now }: { report(error: unknown): void; now(): number },
): Alerts {
  const read = sources.map(({ permission, freshMs, look }) => ({
    permission,
    read: keepFresh({ make: look, freshMs, report, now }),
  }));
  return {
    async list(may) {
      const asked = read.filter(({ permission }) => may(permission));
      const found = await Promise.all(
        asked.map((source) =>
          Promise.race([
            source.read().catch((error: unknown) => {
              report(error);
              return undefined;
            }),
            sleep(WAIT_MS, undefined, { ref: false }),
          ]),
        ),
      );
      const known = found.filter((one) => one !== undefined);
      return {
        items: known.flatMap(({ value }) => [...value]),
        at: new Date(Math.min(now(), ...known.map(({ at }) => at))).toISOString(),
        isCounting: known.length < asked.length || known.some(({ isOld }) => isOld),
      };
    },
  };
}
