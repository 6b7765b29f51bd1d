import { readFileSync } from 'node:fs';

/** Megabytes of this process, without pages of files that the kernel may drop at any moment. */
export function ownMemory(): number {
  const [, kilobytes] = /RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1_024;
}
