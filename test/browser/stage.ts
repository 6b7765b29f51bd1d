import { createServer } from 'node:http';
import express from 'express';
import { createSite } from '../../src/site/server/site.js';
import { createFakeDirectLine, type Script } from '../site/fake-direct-line.js';
import { SAMPLE } from '../site/sample-campaign.js';

export type Stage = {
  readonly url: string;
  readonly fake: ReturnType<typeof createFakeDirectLine>;
  close(): Promise<void>;
};

/** Serves the campaign's page and the widget, with a bot that follows a script. */
export async function openStage(assetsDir: string, script: Script): Promise<Stage> {
  const fake = createFakeDirectLine(script);
  const app = express();
  app.use(fake.app);
  app.use(createSite({ campaign: () => SAMPLE, assetsDir }));
  const { server, url } = await listenLocally(app);
  fake.attach(server);
  return {
    url,
    fake,
    async close() {
      fake.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts an HTTP server on a free port of this machine. */
export async function listenLocally(app: express.Express) {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { server, url: `http://127.0.0.1:${port}` };
}
