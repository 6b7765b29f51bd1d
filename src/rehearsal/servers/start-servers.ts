import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { News, Order, ServersOptions } from './orders.js';

/** The simulated networks, in a process of their own. */
export type Servers = {
  readonly urls: Extract<News, { readonly type: 'ready' }>['urls'];
  /** Reminders they took in so far. */
  accepted(): number;
  /** People who wrote and have no answer yet. */
  unanswered(): number;
  tell(order: Exclude<Order, { readonly type: 'end' }>): void;
  /** Closes them, and answers what they counted. */
  end(): Promise<Extract<News, { readonly type: 'ended' }>['tallies']>;
  kill(): void;
};

/** Starts them; rejects when the process ends before it is ready. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const child = fork(join(__dirname, 'servers-process.js'), [JSON.stringify(options)], {
    execArgv: [],
    env: {},
  });
  let counted = { accepted: 0, unanswered: 0 };
  const waiting = new Map<News['type'], (news: News) => void>();
  child.on('message', (news: News) => {
    if (news.type === 'counted') counted = news;
    else waiting.get(news.type)?.(news);
  });
  const died = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The simulated networks ended (${code}).`)));
  });
  // It ends when it is told to, too.
  died.catch(() => undefined);
  const hear = <T extends News['type']>(type: T): Promise<Extract<News, { readonly type: T }>> => {
    const heard = new Promise<Extract<News, { readonly type: T }>>((resolve) => {
      waiting.set(type, (news) => {
        if (isOf(news, type)) resolve(news);
      });
    });
    return Promise.race([heard, died]);
  };
  const { urls } = await hear('ready');
  return {
    urls,
    accepted: () => counted.accepted,
    unanswered: () => counted.unanswered,
    tell: (order) => void child.send(order),
    async end() {
      const ended = hear('ended');
      child.send({ type: 'end' } satisfies Order);
      return (await ended).tallies;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function isOf<T extends News['type']>(
  news: News,
  type: T,
): news is Extract<News, { readonly type: T }> {
  return news.type === type;
}
