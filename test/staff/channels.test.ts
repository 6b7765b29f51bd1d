import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  TELEGRAM_LIMITS,
  type Channel,
  type OpenedChannel,
  type SendResult,
} from '../../src/channels/channel.js';
import { readSettings } from '../../src/config.js';
import { openTables, type Tables } from '../../src/program/open-tables.js';
import { staffChannels } from '../../src/program/staff-channels.js';
import { tellOfProcess } from '../../src/program/tell-of-process.js';
import { watchChannels } from '../../src/program/watch-channels.js';
import { lookAtChannels } from '../../src/staff/alerts/look-at-channels.js';
import { standOf } from '../../src/staff/channels/stand-of.js';
import type { ChannelState, ProcessRow } from '../../src/store/processes.js';
import { freely } from '../channels/freely.js';
import { createLibrary } from '../../src/engine/library.js';
import { COMPILED } from './open-outreach.js';
import { openStaff, type OpenStaff } from './open-staff.js';

const NOW = Date.parse('2032-02-03T11:00:00Z');

function state(channel: string, more: Partial<ChannelState> = {}): ChannelState {
  return { channel, state: 'ready', failed: 0, sent: 0, waiting: 0, under_way: 0, ...more };
}

function running(id: string, channels: readonly ChannelState[], more: Partial<ProcessRow> = {}) {
  return {
    _id: id,
    host: 'host',
    pid: 1,
    role: 'all',
    version: '1',
    node: '20',
    memory_bytes: 1,
    started_at: new Date(NOW),
    at: new Date(NOW),
    channels,
    ...more,
  } as const satisfies ProcessRow;
}

describe('a channel in several processes', () => {
  test('is as it is where it is worst, and adds up what it did', () => {
    const told = standOf('telegram', [
      running('a', [
        state('telegram', { sent: 3, waiting: 1, last_in: new Date(5), last_out: new Date(9) }),
      ]),
      running('b', [
        state('telegram', {
          state: 'failing',
          reason: 'telegram: cannot be reached',
          sent: 4,
          under_way: 2,
          failed: 2,
          failed_at: new Date(7),
          failed_by: 'rejected',
          last_in: new Date(8),
        }),
      ]),
    ]);
    expect(told).toMatchObject({
      state: 'failing',
      reason: 'telegram: cannot be reached',
      sent: 7,
      waiting: 3,
      failed: 2,
      failedAt: new Date(7).toISOString(),
      failedBy: 'rejected',
      lastInAt: new Date(8).toISOString(),
      lastOutAt: new Date(9).toISOString(),
    });
  });

  test('is that of the process that has the session, while the others stand by', () => {
    const standby = running('web', [state('whatsapp', { state: 'standby' })]);
    const waits = running('worker', [state('whatsapp', { state: 'waiting' })]);
    expect(standOf('whatsapp', [standby, waits]).state).toBe('waiting');
    expect(standOf('whatsapp', [standby]).state).toBe('opening');
  });

  test('is failing where no process has it, and that nobody sends is an alert', () => {
    const web = running('web', [state('web')], { role: 'web' });
    expect(lookAtChannels(['web', 'telegram'], [web])).toEqual([
      {
        kind: 'channel',
        count: 1,
        about: 'telegram',
        reason: expect.stringContaining('no running'),
      },
      { kind: 'no_worker', count: 1 },
    ]);
    expect(lookAtChannels(['web'], [running('all', [state('web')])])).toEqual([]);
  });
});

describe('what is watched of a channel', () => {
  let at = NOW;
  const answers: SendResult[] = [];
  const channel: Channel = {
    name: 'telegram',
    limits: TELEGRAM_LIMITS,
    exact: false,
    send: async () => answers.shift() ?? { type: 'sent' },
    showTyping: () => undefined,
  };
  const watch = watchChannels({
    throttles: new Map([['telegram', { load: () => ({ waiting: 5, underWay: 2 }) }]]),
    now: () => at,
  });
  const watched = watch.channel(channel);
  const send = () =>
    watched.send('a', { id: '1', at: 0, type: 'text', text: 'Bonjour', language: 'fr' }, freely);

  test('is when it last took and gave something, and how much it gave in a minute', async () => {
    expect(watch.state('telegram')).toMatchObject({ sent: 0, waiting: 5, under_way: 2 });
    const receive = watch.receive('telegram', async () => 'taken');
    await receive({ channel: 'telegram', address: 'a', id: '1', at, input: { type: 'opened' } });
    at += 1_000;
    await send();
    await send();
    at += 30_000;
    await send();
    expect(watch.state('telegram')).toMatchObject({
      state: 'ready',
      last_in: new Date(NOW),
      last_out: new Date(at),
      sent: 3,
    });
    at += 30_000;
    expect(watch.state('telegram').sent).toBe(1);
    at += 61_000;
    expect(watch.state('telegram').sent).toBe(0);
  });

  test('is what failed by a fault of the channel, not what waits or whom nobody reaches', async () => {
    answers.push(
      { type: 'failed', reason: 'throttled' },
      { type: 'failed', reason: 'unreachable' },
      { type: 'failed', reason: 'misconfigured' },
    );
    for (let sends = 0; sends < 3; sends += 1) await send();
    expect(watch.state('telegram')).toMatchObject({
      failed: 1,
      failed_by: 'misconfigured',
      failed_at: new Date(at),
    });
  });

  test.each([
    [{}, 'ready'],
    [{ notReady: () => 'telegram: not started' }, 'opening'],
    [{ notReady: () => 'telegram: cannot be reached' }, 'failing'],
    [{ login: () => ({ type: 'standby' }) }, 'standby'],
    [{ notReady: () => 'not logged in', login: () => ({ type: 'waiting', code: 'x' }) }, 'waiting'],
    [{ notReady: () => 'logged out', login: () => ({ type: 'logged_out' }) }, 'logged_out'],
  ] as const satisfies readonly (readonly [Pick<OpenedChannel, 'notReady' | 'login'>, string])[])(
    'is its state %#',
    (opened, expected) => {
      expect(watch.state('whatsapp', opened).state).toBe(expected);
    },
  );
});

describe('the routes of channels', () => {
  let staff: OpenStaff;
  let tables: Tables;
  const library = createLibrary({ ...COMPILED, flows: COMPILED.flows.values() });
  const sent: string[] = [];
  const secrets = {
    TELEGRAM_BOT_TOKEN: '123456:aVerySecretTokenOfTheCampaignItself',
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: 'a-very-secret-webhook',
    WHATSAPP_TRANSPORT: 'web',
    WHATSAPP_I_ACCEPT_THE_POLICY: 'yes',
    SMTP_URL: 'smtp://campaign:very-secret@mail.example',
    MAIL_FROM: 'campagne@exemple.fr',
    PUBLIC_URL: 'https://valbrume.example',
    SECRET_KEY: 'a-very-secret-key-of-thirty-two-characters',
  };
  const email: Channel = {
    name: 'email',
    limits: TELEGRAM_LIMITS,
    exact: false,
    async send(address, _message, mayLeave) {
      const permit = mayLeave();
      if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
      sent.push(address);
      return { type: 'sent' };
    },
    showTyping: () => undefined,
  };

  beforeAll(async () => {
    staff = await openStaff((connection) => {
      tables = openTables(connection, 'a secret', () => staff?.now() ?? Date.now());
      return staffChannels({
        settings: readSettings(secrets, '/nonexistent'),
        tables,
        channels: new Map([['email', email]]),
        store: { kind: 'embedded', describe: async () => ({ documents: 7, bytes: 9 }) },
        owner: 'web',
        library: () => library,
        now: () => staff.now(),
      });
    });
  });
  afterAll(() => staff.close());

  test('show in one process what another has: its code while it waits, and no more once it is scanned', async () => {
    const token = await staff.tokenOf('admin');
    let code: string | undefined = '2@code';
    const worker = tellOfProcess({
      processes: tables.processes,
      owner: 'worker',
      role: 'worker',
      version: '0.1.0',
      channels: () => [state('whatsapp', { state: code === undefined ? 'ready' : 'waiting' })],
      code: () => code,
      report: (error) => {
        throw error;
      },
      now: staff.now,
    });
    const ask = async () => (await staff.ask('GET /whatsapp', undefined, { token })).body;
    const until = async (wanted: string) => {
      for (;;) {
        const body = await ask();
        if (body.state === wanted) return body;
      }
    };
    expect(await ask()).toMatchObject({ transport: 'web', state: 'failing' });
    worker.start();
    const waiting = await until('waiting');
    expect(waiting.squares.length).toBeGreaterThan(20);
    expect(waiting.squares[0]).toMatch(/^0+$/);
    // Everybody who looked is in the log, once.
    await ask();
    const entries = await staff.tables.audit.table.find({ action: 'readWhatsApp' });
    expect(entries).toHaveLength(1);

    code = undefined;
    worker.hurry();
    expect(await until('ready')).not.toHaveProperty('squares');
    await worker.stop();
    expect(await ask()).toMatchObject({ state: 'failing' });
  });

  test('tell how all do, where networks call, and never a secret', async () => {
    await tables.processes.tell(
      running('web', [state('web'), state('telegram', { sent: 4 })], { at: new Date(staff.now()) }),
    );
    const token = await staff.tokenOf('admin');
    const { body } = await staff.ask('GET /channels', undefined, { token });
    const system = await staff.ask('GET /system', undefined, { token });
    const views = Object.fromEntries(
      body.items.map((one: { channel: string }) => [one.channel, one]),
    );
    expect(views['telegram']).toMatchObject({
      state: 'ready',
      how: 'webhook',
      sent: 4,
      perSecond: 30,
      webhook: 'https://valbrume.example/telegram/webhook',
    });
    expect(views['botframework']).toMatchObject({ state: 'off' });
    expect(system.body).toMatchObject({
      store: { kind: 'embedded', documents: 7, bytes: 9 },
      mail: { isSent: true, from: 'campagne@exemple.fr' },
      gateway: { name: 'sandbox', isTrial: true },
      processes: [{ id: 'web', isThis: true }],
    });
    for (const answer of [body, system.body]) {
      expect(JSON.stringify(answer)).not.toMatch(/secret/i);
    }
  });

  test('forget a process that fell silent', async () => {
    const token = await staff.tokenOf('admin');
    staff.ahead(60_000);
    const { body } = await staff.ask('GET /system', undefined, { token });
    expect(body.processes).toEqual([]);
    const channels = await staff.ask('GET /channels', undefined, { token });
    expect(channels.body.items[0]).toMatchObject({ channel: 'web', state: 'failing' });
  });

  test('send a test to whoever asks, and to nobody on a channel that is off', async () => {
    const browser = await staff.begin();
    const sendTo = (channel: string) =>
      staff.ask(`POST /channels/${channel}/test`, { language: 'fr' }, { browser });
    expect((await sendTo('email')).body).toEqual({ type: 'sent', isTheirs: false });
    expect(sent).toEqual(['claire@exemple.fr']);
    expect((await sendTo('telegram')).body).toEqual({ type: 'not_there' });
    expect((await sendTo('botframework')).status).toBe(404);
    const token = await staff.tokenOf('admin');
    const program = await staff.ask('POST /channels/email/test', { language: 'fr' }, { token });
    expect(program.status).toBe(403);
  });
});
