import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { launch } from '../../test/program/launch.js';
import { fillCampaign, NAMED } from './console/fill-campaign.js';
import { cpuSeconds } from './measure/cpu-seconds.js';
import { percentiles, writePercentiles } from './measure/percentiles.js';

/*
 * How long the console waits for each list of a campaign with many supporters, on the embedded store:
 * one request after another over HTTP, as a browser sends them, and the CPU of the program for each.
 *
 *   npm run bench -- console [--supporters 100000] [--times 40] [--keep FOLDER] [--json]
 */
const { values } = parseArgs({
  options: {
    supporters: { type: 'string', default: '100000' },
    times: { type: 'string', default: '40' },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);

type Asked = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };

async function main(): Promise<void> {
  const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'portevoix-console-'));
  const { first } = await fillCampaign(dataDir, Number(values.supporters));
  const program = await launch({ DATA_DIR: dataDir, RATE_LIMITS: 'off' });
  try {
    const ask = await signIn(program.url, program.output);
    if (!values.json) {
      console.log(`${'milliseconds'.padEnd(44)}    p50    p95    p99  worst    CPU each`);
    }
    const routes: readonly Asked[] = [...listsOf(first), ...(await nextPages(ask))];
    for (const route of routes) await measure(ask, program.pid(), route);
  } finally {
    await program.remove();
    if (values.keep === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Every list of the API, some of them searched and filtered. */
function listsOf(supporter: string): readonly Asked[] {
  const gets = [
    '/dashboard',
    '/supporters',
    `/supporters?q=${NAMED.common}`,
    `/supporters?q=${NAMED.rare}`,
    '/supporters?q=camille.77',
    '/supporters?q=camille%20martin',
    '/supporters?tag=volunteer',
    '/supporters?tag=driver',
    '/supporters/filters',
    `/supporters/${supporter}`,
    `/supporters/${supporter}/timeline`,
    `/supporters/${supporter}/consents`,
    '/inbox?view=all',
    '/inbox?view=waiting',
    `/inbox?view=all&q=${NAMED.common}`,
    '/inbox?view=all&channel=web',
    '/inbox?view=all&channel=discord',
    '/inbox/counts',
    '/inbox/agents',
    '/audit',
    '/audit?action=PUT%20%2Fsupporters%2F%3Aid',
    '/segments',
    '/messages',
    '/messages?state=done',
    '/messages/message-0/progress',
    '/message-options',
    '/sequences',
    '/posts',
    '/flows',
    '/flows/welcome/history',
    '/flows/welcome/funnel?days=30',
    '/duplicates',
    '/team',
    '/tokens',
  ];
  const rule = { field: 'language', operator: '=', value: 'en' };
  const segment = { combinator: 'and', rules: [rule] };
  return [
    ...gets.map((path): Asked => ({ method: 'GET', path })),
    { method: 'POST', path: '/segment-counts', body: { segment } },
    { method: 'POST', path: '/segment-samples', body: { segment } },
  ];
}

/** The same lists, further down. */
async function nextPages(ask: Ask): Promise<readonly Asked[]> {
  const paths = ['/supporters?', '/inbox?view=all&', '/audit?'];
  return Promise.all(
    paths.map(async (path): Promise<Asked> => {
      const answer = await ask({ method: 'GET', path: path.slice(0, -1) });
      const { next } = (await answer.json()) as { next?: string };
      return { method: 'GET', path: `${path}before=${encodeURIComponent(next ?? '')}` };
    }),
  );
}

type Ask = (asked: Asked) => Promise<Response>;

/** The one-time token that the start prints, which may come after it is ready. */
async function linkIn(output: () => string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const token = /\/staff\/join#(\S+)/.exec(output())?.[1];
    if (token !== undefined) return token;
    await sleep(100);
  }
  throw new Error(`The start printed no link: ${output()}`);
}

/** Signs in as the administrator of a folder that was kept, or makes the first, and answers their requests. */
async function signIn(url: string, output: () => string): Promise<Ask> {
  const account = { email: 'claire@exemple.fr', password: 'une riviere sous la neige' };
  const post = (path: string, body: unknown) =>
    fetch(`${url}/staff/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  let joined = await post('sign-in', account);
  if (!joined.ok) {
    joined = await post('join', { token: await linkIn(output), name: 'Claire', ...account });
  }
  if (!joined.ok) throw new Error(`Nobody could join: ${await joined.text()}`);
  const cookie = joined.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const session = await fetch(`${url}/staff/api/session`, { headers: { cookie } });
  const { csrf } = (await session.json()) as { csrf?: string };
  return ({ method, path, body }) =>
    fetch(`${url}/staff/api${path}`, {
      method,
      headers: {
        cookie,
        'content-type': 'application/json',
        ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

async function measure(ask: Ask, pid: number, asked: Asked): Promise<void> {
  const name = `${asked.method} ${asked.path.slice(0, 38)}`;
  const took: number[] = [];
  let size = 0;
  const before = cpuSeconds(pid);
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    const answer = await ask(asked);
    const text = await answer.text();
    if (!answer.ok) return console.log(`${name.padEnd(44)} ${answer.status} ${text.slice(0, 100)}`);
    size = text.length;
    took.push(performance.now() - began);
  }
  const cpuMs = ((cpuSeconds(pid) - before) * 1_000) / times;
  const ms = percentiles(took);
  console.log(
    values.json
      ? JSON.stringify({ route: name, ms, cpuMs, bytes: size })
      : `${name.padEnd(44)}${writePercentiles(ms)}  ${cpuMs.toFixed(1).padStart(6)}  ${size} bytes`,
  );
}

void main();
