import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** What a process took until it ended. */
export type Watched = {
  readonly status: number | null;
  readonly seconds: number;
  /** Seconds of CPU. */
  readonly cpu: number;
  /** The most megabytes of its own, and with the pages of files that it mapped. */
  readonly own: number;
  readonly whole: number;
};

/** Looks at a process until it ends. */
export async function watchProcess(child: ChildProcess): Promise<Watched> {
  const began = performance.now();
  let [own, whole, cpu] = [0, 0, 0];
  const keepMost = async (): Promise<void> => {
    const seen = await look(child.pid ?? 0);
    own = Math.max(own, seen.own);
    whole = Math.max(whole, seen.whole);
    cpu = Math.max(cpu, seen.cpu);
  };
  const watching = setInterval(() => void keepMost(), 50);
  await once(child, 'close');
  clearInterval(watching);
  return { status: child.exitCode, seconds: (performance.now() - began) / 1_000, cpu, own, whole };
}

/** Megabytes and seconds of CPU; zeros once the process is gone. */
async function look(pid: number): Promise<{ own: number; whole: number; cpu: number }> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const stat = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    const megabytes = (field: string): number =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
    return {
      own: megabytes('RssAnon'),
      whole: megabytes('VmHWM'),
      cpu: (Number(stat[11]) + Number(stat[12])) / 100,
    };
  } catch {
    return { own: 0, whole: 0, cpu: 0 };
  }
}
