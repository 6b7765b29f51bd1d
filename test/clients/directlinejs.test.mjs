import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createSupporter, requireOurs, server, words } from './supporter.mjs';

const require = createRequire(import.meta.url);
const sockets = [];
const { WebSocket } = requireOurs('ws');

// Microsoft's client is written for browsers: it looks for these.
globalThis.XMLHttpRequest = require('xhr2');
globalThis.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
  }
};
const { DirectLine } = require('botframework-directlinejs');

// A client that finds no server tries for a quarter of an hour.
const limit = { timeout: 60_000 };

/** Talks through the sample flow with the client and gives back every activity it received. */
async function talk(options, onMessage = () => undefined) {
  const line = new DirectLine({
    domain: server,
    conversationStartProperties: { locale: 'fr-FR' },
    // It waits 3 to 15 s before it reconnects; 3 s is enough here.
    random: () => 0,
    ...options,
  });
  const supporter = createSupporter();
  const received = [];
  const posted = [];
  const post = (activity) =>
    new Promise((resolve, reject) => {
      line.postActivity({ from: { id: 'me' }, ...activity }).subscribe(resolve, reject);
    });
  try {
    await new Promise((resolve, reject) => {
      line.activity$.subscribe((activity) => {
        received.push(activity);
        if (activity.type !== 'message' || activity.from.role !== 'bot') return;
        onMessage(activity);
        const answer = supporter.answer(activity);
        if (answer.over) resolve();
        if ('over' in answer) return;
        const message =
          answer.press === undefined
            ? { type: 'message', text: answer.type }
            : { type: 'message', text: answer.press.text, value: answer.press.value };
        const clientActivityID = String(posted.length);
        post({ ...message, channelData: { clientActivityID } }).then(
          (id) => posted.push(id),
          reject,
        );
      }, reject);
    });
    return { received, posted };
  } finally {
    line.end();
    for (const socket of sockets.splice(0)) socket.terminate();
  }
}

function assertComplete({ received, posted }) {
  const messages = received.filter(({ type }) => type === 'message');
  const ids = messages.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an activity came twice');
  const ours = messages.filter(({ from }) => from.role === 'bot');
  assert.ok(ours.every(({ locale }) => locale === 'fr'));
  assert.equal(ours.filter(({ text }) => text === words.email.ask).length, 1);
  assert.equal(ours.filter(({ text }) => text === words.email.retry).length, 1);
  const echoed = messages.filter(({ from }) => from.role === 'user');
  assert.deepEqual(
    echoed.map(({ id }) => id),
    posted,
  );
  assert.ok(echoed.some(({ text }) => text === 'pas-une-adresse'));
}

async function generate() {
  const answer = await fetch(`${server}/tokens/generate`, { method: 'POST' });
  return answer.json();
}

test(
  'botframework-directlinejs talks through the sample flow over a WebSocket',
  limit,
  async () => {
    const { token } = await generate();
    assertComplete(await talk({ token, webSocket: true }));
  },
);

test('botframework-directlinejs talks through the sample flow by polling', limit, async () => {
  const { token } = await generate();
  assertComplete(await talk({ token, webSocket: false, pollingInterval: 200 }));
});

test('botframework-directlinejs needs no token to begin', limit, async () => {
  assertComplete(await talk({ webSocket: true }));
});

test('botframework-directlinejs comes back when its WebSocket is cut', limit, async () => {
  const { token } = await generate();
  let cut = 0;
  const conversation = await talk({ token, webSocket: true }, ({ text }) => {
    if (text === words.email.retry && cut++ === 0) sockets.at(-1).terminate();
  });
  assert.equal(cut, 1);
  assertComplete(conversation);
});
