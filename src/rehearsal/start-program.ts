import { createServer } from 'node:net';
import { startProcess, type OurProcess } from './our-processes.js';

/** The program at work. */
export type OurProgram = {
  readonly url: string;
  /** Those that may be killed. */
  readonly processes: readonly OurProcess[];
  stop(): Promise<void>;
};

/** Starts the program: one process that does all, or a store, one for the web and two workers. */
export async function startProgram(
  settings: Readonly<Record<string, string>>,
  folder: string,
  isSplit: boolean,
): Promise<OurProgram> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const web = { ...settings, PORT: String(port), PUBLIC_URL: url };
  const processes: OurProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const one of [...processes].reverse()) await one.stop();
  };
  const add = async (name: string, of: Readonly<Record<string, string>>): Promise<void> => {
    processes.push(await startProcess({ name, script: 'main.js', settings: of, folder }));
  };
  try {
    if (!isSplit) {
      await add('all', web);
      return { url, processes, stop };
    }
    const store = { name: 'store', script: 'cli.js', args: ['store'], settings, folder } as const;
    processes.push(await startProcess(store));
    await add('web', { ...web, ROLE: 'web' });
    const worker = { ...settings, PORT: '0', PUBLIC_URL: url, ROLE: 'worker' };
    await add('worker-1', worker);
    await add('worker-2', worker);
    return { url, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
