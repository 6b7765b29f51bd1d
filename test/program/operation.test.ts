import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { freePort, launch, type Launched } from './launch.js';
import { openVisitor } from './visitor.js';

const root = join(__dirname, '..', '..');

/** One program for the whole file, at its most talkative; the last test stops it. */
let launched: Launched;
beforeAll(async () => {
  launched = await launch({ LOG_LEVEL: 'trace' });
});
afterAll(() => launched?.remove());

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs the program until it ends by itself. */
function runToEnd(
  settings: Record<string, string>,
): Promise<{ status: number | null; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...settings },
    });
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('close', (status) => resolve({ status, err }));
  });
}

test('tells where it listens, that it is alive and ready, and what it counts', async () => {
  const { url, output, dataDir } = launched;
  expect(output()).toContain(`${url}/`);
  expect(output()).toContain(dataDir);
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', missing: [] });
  const visitor = await openVisitor(url);
  await visitor.say('oui');
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^portevoix_turns_total\{event="opened"\} 1$/m);
  expect(metrics).toMatch(/^portevoix_turns_total\{event="said"\} 1$/m);
  expect(statSync(dataDir).mode & 0o077).toBe(0);
});

test('learns nothing at a first start of what came learned with the build', async () => {
  const { dataDir } = launched;
  expect(existsSync(join(root, 'dist', 'models'))).toBe(true);
  // What is learned is kept here.
  expect(existsSync(join(dataDir, 'understanding'))).toBe(false);
});

test('sends the headers that keep a page safe', async () => {
  const { url } = launched;
  const { headers } = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('set-cookie')).toBeNull();
});

test('logs no word, address or token of a supporter, even at its most talkative', async () => {
  const { url, output } = launched;
  const visitor = await openVisitor(url);
  for (const text of [
    'oui',
    'lea.secret@exemple.org',
    '75011',
    'xyzzy-mot-rare',
    '1',
    'oui',
    'STOP',
  ]) {
    await visitor.say(text);
  }
  await visitor.waitFor((all) => all.length > 10);
  for (const secret of ['lea.secret', 'xyzzy', '75011', visitor.token, visitor.conversation]) {
    expect(output()).not.toContain(secret);
  }
});

test('stops cleanly while people talk to it, and goes on where it was', async () => {
  const visitor = await openVisitor(launched.url);
  const answer = await fetch(
    `${launched.url}/directline/v3/directline/conversations/${visitor.conversation}`,
    { headers: { authorization: `Bearer ${visitor.token}` } },
  );
  const { streamUrl } = (await answer.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl);
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => resolve(code));
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const saying = visitor.say('oui');
  await launched.kill('SIGTERM');
  expect(launched.exitCode()).toBe(0);
  expect(await closed).toBe(1001);
  await launched.restart();
  await saying;
  const messages = await visitor.waitFor(
    (all) => all.at(-1)?.channelData?.portevoix?.answer === 'email',
  );
  expect(messages.filter(({ text }) => text === 'oui')).toHaveLength(1);
  expect(launched.output()).not.toMatch(/"level":(50|60)/);
});

test('says in one sentence why it cannot start', async () => {
  const { url, dataDir } = launched;
  const port = new URL(url).port;
  const taken = await runToEnd({ PORT: port, DATA_DIR: dataDir });
  expect(taken.status).toBe(1);
  expect(taken.err).toMatch(/taken by another program.*PORT/);
  expect(taken.err).not.toMatch(/\n\s+at /);

  const wrong = await runToEnd({ PORT: 'http', ROLE: 'king' });
  expect(wrong.status).toBe(1);
  expect(wrong.err).toMatch(/PORT[^]*ROLE/);
  expect(wrong.err).not.toMatch(/\n\s+at /);
}, 60_000);

test('refuses to start on broken flows with every problem, and nothing of its inside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'broken-'));
  folders.push(folder);
  cpSync(join(root, 'flows'), join(folder, 'flows'), { recursive: true });
  writeFileSync(
    join(folder, 'flows', 'welcome.yaml'),
    'title: First\nsteps:\n  - say: hello\n    next: nowhere\n',
  );
  const ran = await runToEnd({
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    FLOWS_DIR: join(folder, 'flows'),
  });
  expect(ran.status).toBe(1);
  expect(ran.err).toMatch(/welcome\.yaml:4:\d+ error unknown-step/);
  expect(ran.err).not.toMatch(/\n\s+at /);
}, 60_000);

test('stops cleanly however long a client holds a connection without asking anything', async () => {
  const silent = connect(Number(new URL(launched.url).port), '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'connect');
  await launched.kill('SIGTERM');
  expect(launched.exitCode()).toBe(0);
  silent.destroy();
});
