import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a child has said so far. */
export type Said = Record<string, unknown>;

/** A process of its own that opens a store; see child.ts. */
export type Child = {
  readonly said: Said[];
  /** Resolves when the child has said something with this field. */
  heard(field: string): Promise<Said>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Lets it close its store and end. */
  end(): Promise<void>;
};

/** Starts a child from source. */
export function startChild(...args: string[]): Child {
  const root = join(__dirname, '..', '..', '..');
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'child.ts'), ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: Said[] = [];
  const waiting: Array<{ field: string; resolve: (value: Said) => void }> = [];
  const over = untilOver(child);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value = readLine(line);
    if (!value) return;
    said.push(value);
    for (const wish of waiting) if (wish.field in value) wish.resolve(value);
  });
  return {
    said,
    heard(field) {
      const known = said.find((value) => field in value);
      if (known) return Promise.resolve(known);
      const answer = new Promise<Said>((resolve) => waiting.push({ field, resolve }));
      return Promise.race([
        answer,
        over.then(() => Promise.reject(new Error(`The child ended before it said ${field}.`))),
      ]);
    },
    async kill() {
      child.kill('SIGKILL');
      await over;
    },
    async end() {
      child.stdin.end();
      await over;
    },
  };
}

async function untilOver(child: ChildProcess): Promise<void> {
  await once(child, 'close');
}

// The last line of a killed process may be cut.
function readLine(line: string): Said | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
