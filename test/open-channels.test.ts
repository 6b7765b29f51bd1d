import { Router } from 'express';
import { describe, expect, jest, test } from '@jest/globals';
import type { Channel, Host, OpenedChannel } from '../src/channels/channel.js';
import { readSettings } from '../src/config.js';
import { createLog } from '../src/log.js';
import { createThrottle } from '../src/outreach/throttle.js';
import { openChannels, type ChannelsOptions } from '../src/open-channels.js';

const options: ChannelsOptions = {
  settings: readSettings({}, '/nowhere'),
  log: createLog('silent'),
  secret: 'x'.repeat(32),
  host: () => {
    throw new Error('Nothing comes in here.');
  },
  keyboards: {
    get: async () => undefined,
    put: async () => undefined,
  },
  lastHeard: {
    get: async () => undefined,
    put: async () => true,
    forget: async () => undefined,
  },
  references: {
    get: async () => undefined,
    put: async () => true,
  },
  library: () => {
    throw new Error('Nothing is said here.');
  },
  mail: {
    send: async () => ({ type: 'sent' }),
    throttle: createThrottle(1),
    reader: async () => 'nobody',
  },
  throttle: (_, perSecond) => createThrottle(perSecond),
  lease: () => {
    throw new Error('Nothing is leased here.');
  },
  changed: () => undefined,
};

const nothing = async (): Promise<never> => Promise.reject(new Error('Nothing comes in here.'));
const host: Omit<Host, 'tell'> = {
  receive: nothing,
  reachable: nothing,
  status: nothing,
  moved: nothing,
  optedOut: nothing,
  now: () => 0,
};

function channel(name: string): Channel {
  const none = { buttons: 0, buttonLabel: 0, listRows: 0, listLabel: 0, oneMessageATurn: true };
  return {
    name,
    limits: { text: 100, ...none },
    exact: false,
    send: async () => ({ type: 'sent' }),
    showTyping: () => undefined,
  };
}

function opened(name: string, parts: Partial<OpenedChannel> = {}): () => OpenedChannel {
  return () => ({ channel: channel(name), close: async () => undefined, ...parts });
}

describe('the channels that are set', () => {
  test('leave out those that are not turned on', () => {
    const open = openChannels(options, [() => undefined, opened('pigeon')]);
    expect(open.channels.map(({ name }) => name)).toEqual(['pigeon']);
  });

  test('load Microsoft’s library only once a bot of it is turned on', async () => {
    const load = jest.fn(() => ({}));
    await jest.isolateModulesAsync(async () => {
      jest.doMock('botbuilder', load);
      const fresh = await import('../src/open-channels.js');
      expect(fresh.openChannels(options).channels).toEqual([]);
      expect(load).not.toHaveBeenCalled();
      const botFramework = { appId: 'an app', password: 'its secret' };
      const on = fresh.openChannels({
        ...options,
        settings: { ...options.settings, botFramework },
        host: () => ({ ...host, tell: () => undefined }),
      });
      expect(on.channels.map(({ name }) => name)).toEqual(['botframework']);
      await on.start();
      expect(load).toHaveBeenCalledTimes(1);
      await on.close();
    });
    jest.dontMock('botbuilder');
  });

  test('bring their own doors', () => {
    const router = Router();
    const open = openChannels(options, [
      opened('pigeon', { routes: new Map([['/pigeon', router]]) }),
      opened('drum'),
    ]);
    expect([...open.webhooks]).toEqual([['/pigeon', router]]);
  });

  test('start without one that cannot', async () => {
    const started = jest.fn(async () => undefined);
    const fails = async (): Promise<void> => Promise.reject(new Error('no loft'));
    const open = openChannels(options, [
      opened('pigeon', { start: fails }),
      opened('drum', { start: started }),
    ]);
    await open.start();
    expect(started).toHaveBeenCalledTimes(1);
  });

  test('say what keeps them from working', () => {
    const open = openChannels(options, [
      opened('pigeon', { notReady: () => 'pigeon: no loft' }),
      opened('drum', { notReady: () => undefined }),
    ]);
    expect(open.notReady()).toEqual(['pigeon: no loft']);
  });

  test('are all closed', async () => {
    const close = jest.fn(async () => undefined);
    await openChannels(options, [opened('pigeon', { close }), opened('drum', { close })]).close();
    expect(close).toHaveBeenCalledTimes(2);
  });
});
