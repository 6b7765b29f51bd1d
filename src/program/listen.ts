import type { Server } from 'node:http';
import type { Settings } from '../config.js';

/** How long a stop waits for answers under way. */
const LAST_ANSWERS_MS = 3_000;

/** A server that listens. */
export type Listening = {
  /** Where, for people: the address that is set, with the port really given when any was asked for. */
  readonly url: string;
  /** Takes no more requests, and waits for the answers under way. */
  close(): Promise<void>;
};

/** Listens where the settings say; rejects when that cannot be. */
export async function listen(
  server: Server,
  { port, host, publicUrl }: Pick<Settings, 'port' | 'host' | 'publicUrl'>,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const given = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    url: port === 0 ? publicUrl.replace(/:0$/, `:${given}`) : publicUrl,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // What a client holds open without asking anything, or asks too slowly, is not waited for.
        setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
      }),
  };
}
