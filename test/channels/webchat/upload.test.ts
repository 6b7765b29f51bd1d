import { afterEach, describe, expect, test } from '@jest/globals';
import type { ConversationResponse } from '../../../src/channels/webchat/protocol.js';
import { startChat, type RunningChat } from './running-chat.js';

const MB = 1024 * 1024;
const ACTIVITY = 'application/vnd.microsoft.activity';
/** Whatever begins with this is a picture here. */
const picture = (size = 100): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(1).with(0, 0x89);

let running: RunningChat;
afterEach(() => running.close());

async function upload(
  body: FormData | Uint8Array<ArrayBuffer> | string,
  headers: Record<string, string> = {},
  opened?: ConversationResponse,
): Promise<{ status: number; body: { id?: string; error?: { code: string; message: string } } }> {
  running ??= await startChat();
  const { conversationId, token } = opened ?? (await running.open());
  const response = await running.request(`/conversations/${conversationId}/upload?userId=x`, {
    method: 'POST',
    token,
    body,
    headers,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

function form(
  files: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[],
  activity?: unknown,
): FormData {
  const made = new FormData();
  if (activity !== undefined) {
    made.append('activity', new Blob([JSON.stringify(activity)], { type: ACTIVITY }));
  }
  for (const [name, bytes] of files) made.append('file', new Blob([bytes]), name);
  return made;
}

describe('an upload', () => {
  test('of a picture is an input, its bytes can be fetched, and its name is shown', async () => {
    running = await startChat();
    const opened = await running.open();
    const { conversationId } = opened;
    const activity = { type: 'message', channelData: { clientActivityID: 'c1' } };
    const answer = await upload(form([['rue.png', picture()]], activity), {}, opened);
    expect(answer).toEqual({
      status: 200,
      body: { id: expect.stringMatching(`^${conversationId}\\|u-`) },
    });
    const inbound = running.inbounds.at(-1);
    expect(inbound?.input).toEqual({
      type: 'sent',
      media: 'photo',
      name: 'rue.png',
      id: `${answer.body.id}.0`,
    });
    expect(inbound?.echo).toMatchObject({
      attachments: [{ contentType: 'image/png', name: 'rue.png' }],
    });
    const id = `${answer.body.id}.0`;
    expect(await running.chat.fetchFile?.(id, 100)).toEqual({
      bytes: picture(),
      contentType: 'image/png',
    });
    expect(await running.chat.fetchFile?.(id, 99)).toBe('too_large');
    await running.chat.dropFile?.(id);
    expect(await running.chat.fetchFile?.(id, 100)).toBeUndefined();
  });

  test('with words about it is read as text, with the files', async () => {
    running = await startChat();
    const both = form(
      [
        ['a.png', picture()],
        ['b.png', picture()],
      ],
      { type: 'message', text: 'la rue Haute' },
    );
    const { body } = await upload(both);
    expect(running.inbounds.at(-1)?.input).toEqual({
      type: 'said',
      text: 'la rue Haute',
      files: [
        { media: 'photo', id: `${body.id}.0`, name: 'a.png' },
        { media: 'photo', id: `${body.id}.1`, name: 'b.png' },
      ],
    });
  });

  test('may be the bytes alone, with their name in a header', async () => {
    running = await startChat();
    const headers = {
      'content-type': 'image/jpeg',
      'content-disposition': 'name="file"; filename="rue.jpg"',
    };
    const { status } = await upload(picture(), headers);
    expect(status).toBe(200);
    expect(running.inbounds.at(-1)?.input).toMatchObject({ type: 'sent', name: 'rue.jpg' });
  });

  test('posted again under its id is taken once', async () => {
    running = await startChat();
    const opened = await running.open();
    const activity = { type: 'message', channelData: { clientActivityID: 'same' } };
    const ids = [];
    for (let tries = 0; tries < 2; tries += 1) {
      ids.push((await upload(form([['a.png', picture()]], activity), {}, opened)).body.id);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(running.inbounds.slice(1).map(({ id }) => id)).size).toBe(1);
  });

  test('of 2 MB is taken, and of more refused when all of it has come', async () => {
    running = await startChat();
    expect((await upload(form([['a.png', picture(2 * MB)]]))).status).toBe(200);
    for (const body of [
      form([['a.png', picture(2 * MB + 1)]]),
      form([
        ['a.png', picture(MB)],
        ['b.png', picture(MB + 1)],
      ]),
      picture(3 * MB),
    ]) {
      const { status, body: refusal } = await upload(body);
      expect([status, refusal.error?.code]).toEqual([413, 'TooLarge']);
    }
  });

  test('is known by its bytes, not by what it claims to be', async () => {
    running = await startChat();
    const page = new Blob(['<script>alert(1)</script>'], { type: 'image/png' });
    const disguised = new FormData();
    disguised.append('file', page, 'a.png');
    const { status, body } = await upload(disguised);
    expect([status, body.error?.code]).toEqual([415, 'NotSupported']);
    expect(body.error?.message).toContain('PDF');
    expect(running.inbounds.map(({ input }) => input.type)).toEqual(['opened']);
  });

  test.each([
    ['no file', form([], { type: 'message' }), {}],
    ['an empty file', form([['a.png', new Uint8Array()]]), {}],
    ['a message that is no JSON', withActivity('{'), {}],
    ['a message that is a list', withActivity('[]'), {}],
    ['another activity', form([['a.png', picture()]], { type: 'event' }), {}],
    ['a broken form', 'nothing', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['names of operators', form([['a.png', picture()]], { $where: 1 }), {}],
    ['eleven files', form(Array.from({ length: 11 }, () => ['a.png', picture()] as const)), {}],
  ])('with %s is refused', async (_what, body, headers) => {
    running = await startChat();
    const { status, body: refusal } = await upload(body, headers);
    expect([status, refusal.error?.code]).toEqual([400, 'BadArgument']);
    expect(running.reported).toEqual([]);
  });

  test('is for the holder of the conversation only', async () => {
    running = await startChat();
    const [mine, other] = [await running.open(), await running.open()];
    const { conversationId } = mine;
    const { status } = await upload(picture(), {}, { ...other, conversationId });
    expect(status).toBe(403);
  });

  test('is refused after very many from one client, for a while', async () => {
    running = await startChat();
    const opened = await running.open();
    const statuses = [];
    for (let n = 0; n < 31; n += 1) {
      statuses.push((await upload(picture(), {}, opened)).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    running.pass(600_000);
    expect((await upload(picture(), {}, opened)).status).toBe(200);
  });
});

function withActivity(text: string): FormData {
  const made = form([['a.png', picture()]]);
  made.append('activity', new Blob([text], { type: ACTIVITY }));
  return made;
}
